"""The same person, written down a second time: what typing, memory and other scripts do to a record."""

# ruff: noqa: PLR2004 (how often something happens to made-up people is its own name)

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from profiles.demo.names import Strand
from profiles.demo.nicknames import SHORT, hiragana
from profiles.demo.people import Person
from profiles.demo.record import Naming, Record
from profiles.demo.skew import by_weight
from profiles.demo.spellings import misspelt
from profiles.demo.writing import Pen

Change = Callable[["Copyist", Person, Record], Record]

HONORIFICS = {
    "thai": {"male": ("คุณ", "นาย"), "female": ("คุณ", "นางสาว", "นาง")},
    "bengali": {"male": ("জনাব ",), "female": ("মিসেস ", "মোছাঃ ")},
    "latin": {"male": ("Mr ", "Mr. "), "female": ("Mrs ", "Ms ", "Miss ")},
}
OTHER_SCRIPT_SHARE = 0.4
OTHER_SOURCE_SHARE = 0.8
TWO_CHANGES_SHARE = 0.4


class Copyist:
    """Writes a person a second time, as another source with one or two mistakes would."""

    def __init__(self, pen: Pen) -> None:
        self.pen = pen
        self.rng = pen.rng
        self.population = pen.population

    def copy(self, person: Person, first: Record, at: datetime) -> Record:
        """Return another record of ``person`` that still has something in common with the ``first``."""
        chance, bits = self.rng.random, self.rng.getrandbits
        native = first.naming.is_native
        if person.strand.script != "latin" and chance() < OTHER_SCRIPT_SHARE:
            native = not native
        source = ""
        if not person.company and chance() < OTHER_SOURCE_SHARE:
            while (source := self.pen.sources[bits(8)]) == first.source:
                pass
        copy = self.pen.write(person, at, source=source, native=native)
        if person.company:
            return _anchored(self._company(copy), first)
        change = CHANGES[bits(8)]
        copy = change(self, person, copy)
        if chance() < TWO_CHANGES_SHARE and (other := CHANGES[bits(8)]) is not change:
            copy = other(self, person, copy)
        return _anchored(copy, first)

    def _company(self, copy: Record) -> Record:
        """Write the legal form another way, or leave it out."""
        name = copy.naming.name
        for long, short in LEGAL_FORMS:
            if long in name:
                name = " ".join(name.replace(long, short if self.rng.random() < 0.6 else "").split())
                break
        else:
            name = name.upper()
        return copy._replace(naming=copy.naming._replace(name=name))


LEGAL_FORMS = (
    ("บริษัท ", "บจก."),
    (" จำกัด", ""),
    (" Co., Ltd.", " Company Limited"),
    (" (Pty) Ltd", " Pty"),
    ("株式会社", "(株)"),
    (" K.K.", " Co."),
    ("মেসার্স ", "M/S "),
    (" লিমিটেড", " লিঃ"),
    (" Ltd", " Limited"),
    (" LLC", " Inc"),
)


def _anchored(copy: Record, first: Record) -> Record:
    """Give the copy the first record's phone or e-mail when nothing else ties the two together."""
    mine, theirs = copy.contact, first.contact
    if (mine.email and mine.email == theirs.email) or (mine.phone and mine.phone == theirs.phone):
        return copy
    same_birth = copy.born_on is not None and copy.born_on == first.born_on
    same_home = mine.address is not None and mine.address == theirs.address
    if copy.naming.name == first.naming.name and (same_birth or same_home):
        return copy
    if theirs.phone:
        return copy._replace(contact=mine._replace(phone=theirs.phone))
    return copy._replace(contact=mine._replace(email=theirs.email))


def renamed(record: Record, strand: Strand, first: str, last: str) -> Record:
    """Return the record under another first and last name."""
    naming = record.naming
    family_first = naming.is_native and strand.family_first
    name = " ".join(part for part in ((last, first) if family_first else (first, last)) if part)
    return record._replace(naming=Naming(naming.is_native, name, naming.display_name, first, last))


def _script(record: Record) -> str:
    return record.script if record.naming.is_native else "latin"


def _misspell(self: Copyist, person: Person, record: Record) -> Record:
    first, last = record.naming.first_name, record.naming.last_name
    if self.rng.random() < 0.5:
        first = misspelt(self.rng, first, record.script, record.naming.is_native)
    else:
        last = misspelt(self.rng, last, record.script, record.naming.is_native)
    return renamed(record, person.strand, first, last)


def _nickname(self: Copyist, person: Person, record: Record) -> Record:
    native, names = record.naming.is_native, person.strand.nicknames
    called = SHORT.get(person.given.native, "")
    if names:
        nickname = names[person.sex][int(self.rng.random() * len(names[person.sex]))]
        called = nickname.native if native else nickname.roman
    elif native and person.given.reading:
        called = hiragana(person.given.reading)
    return renamed(record, person.strand, called, record.naming.last_name) if called else record


def _swap(self: Copyist, person: Person, record: Record) -> Record:
    return renamed(record, person.strand, record.naming.last_name, record.naming.first_name)


def _first_name_only(self: Copyist, person: Person, record: Record) -> Record:
    return renamed(record, person.strand, record.naming.first_name, "")


def _initial(self: Copyist, person: Person, record: Record) -> Record:
    if record.naming.is_native and record.script != "latin":
        return record
    return renamed(record, person.strand, f"{record.naming.first_name[0]}.", record.naming.last_name)


def _honorific(self: Copyist, person: Person, record: Record) -> Record:
    titles = HONORIFICS.get(_script(record), {}).get(person.sex, ())
    if not titles:
        return record
    title = titles[int(self.rng.random() * len(titles))]
    return renamed(record, person.strand, title + record.naming.first_name, record.naming.last_name)


def _letter_case(self: Copyist, person: Person, record: Record) -> Record:
    change = str.upper if self.rng.random() < 0.5 else str.lower
    return renamed(record, person.strand, change(record.naming.first_name), change(record.naming.last_name))


def _new_phone(self: Copyist, person: Person, record: Record) -> Record:
    return record._replace(contact=record.contact._replace(phone=self.population.new_phone()))


def _new_email(self: Copyist, person: Person, record: Record) -> Record:
    year = person.born_on.year if person.born_on else record.created_at.year
    email = self.population.new_email(person.given, person.family, year)
    return record._replace(contact=record.contact._replace(email=email))


def _plus_tag(self: Copyist, person: Person, record: Record) -> Record:
    if not record.contact.email:
        return record
    local, _, domain = record.contact.email.partition("@")
    tag = ("shop", "news", "line", "promo")[self.rng.getrandbits(2)]
    return record._replace(contact=record.contact._replace(email=f"{local}+{tag}@{domain}"))


def _birth_date(self: Copyist, person: Person, record: Record) -> Record:
    born = person.born_on
    if born is None:
        return record
    if born.day <= 12 and born.day != born.month and self.rng.random() < 0.6:
        return record._replace(born_on=date(born.year, born.day, born.month))
    return record._replace(born_on=date(born.year - 1, born.month, min(born.day, 28)))


def _moved(self: Copyist, person: Person, record: Record) -> Record:
    home, latin_home = self.population.new_home(person.strand)
    at_home = record.naming.is_native and record.script == self.population.region.script
    return record._replace(contact=record.contact._replace(address=home if at_home else latin_home))


def _gaps(self: Copyist, person: Person, record: Record) -> Record:
    contact = record.contact
    if contact.email and contact.phone:
        contact = contact._replace(email="") if self.rng.random() < 0.5 else contact._replace(phone="")
    return record._replace(contact=contact._replace(address=None), born_on=None)


CHANGES: list[Change] = by_weight(
    [
        (_misspell, 24.0),
        (_nickname, 10.0),
        (_swap, 6.0),
        (_first_name_only, 7.0),
        (_initial, 5.0),
        (_honorific, 8.0),
        (_letter_case, 5.0),
        (_new_phone, 12.0),
        (_new_email, 7.0),
        (_plus_tag, 5.0),
        (_birth_date, 5.0),
        (_moved, 6.0),
        (_gaps, 12.0),
    ],
    bits=8,
)
