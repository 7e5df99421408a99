"""How a source writes a person down: which fields it asks for, in which script, under which id."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from profiles.choices import LifecycleStage, ProfileStatus
from profiles.demo.companies import Company
from profiles.demo.people import Person, Population
from profiles.demo.record import Contact, ExternalId, Firm, Naming, Record, Standing
from profiles.demo.skew import by_weight
from profiles.demo.tags import TAG_SETS

NATIVE_AT_HOME, NATIVE_ABROAD = 0.88, 0.5
SECOND_ID_SHARE = 0.22
GENDER_SHARE = 0.7
NICKNAME_SHARE = 0.7
TAX_ID_SHARE, WEBSITE_SHARE = 0.75, 0.6
INACTIVE_SHARE = 0.04
OTHER_EMAIL_SHARE, OTHER_PHONE_SHARE = 0.05, 0.08
ACTIVE, INACTIVE = ProfileStatus.ACTIVE.value, ProfileStatus.INACTIVE.value
COMPANY_SOURCES = by_weight([("ERP", 50.0), ("CRM", 34.0), ("MANUAL", 9.0), ("Website", 7.0)], bits=8)


class Filled(NamedTuple):
    """How often a source holds a field."""

    email: float
    phone: float
    address: float
    birth_date: float


FILLED = {
    "ERP": Filled(0.72, 0.93, 0.9, 0.45),
    "CRM": Filled(0.9, 0.88, 0.5, 0.3),
    "LINE": Filled(0.3, 0.55, 0.08, 0.12),
    "FACEBOOK": Filled(0.62, 0.3, 0.05, 0.2),
    "Website": Filled(1.0, 0.7, 0.55, 0.35),
    "MANUAL": Filled(0.5, 0.95, 0.4, 0.25),
}
KINDS = {"ERP": "CUSTOMER", "CRM": "CONTACT", "LINE": "USER", "FACEBOOK": "USER", "Website": "USER"}
TABLES = {"ERP": "customers", "CRM": "contacts", "LINE": "users", "FACEBOOK": "users", "Website": "accounts"}
STAGES = by_weight(
    [
        (LifecycleStage.SUBSCRIBER.value, 33.0),
        (LifecycleStage.LEAD.value, 16.0),
        (LifecycleStage.PROSPECT.value, 12.0),
        (LifecycleStage.FIRST_BUYER.value, 15.0),
        (LifecycleStage.REPEAT_BUYER.value, 11.0),
        (LifecycleStage.LOYAL.value, 5.0),
        (LifecycleStage.VIP.value, 2.0),
        (LifecycleStage.INACTIVE.value, 6.0),
    ],
    bits=8,
)
TIERS = {
    LifecycleStage.FIRST_BUYER.value: by_weight([("", 70.0), ("Bronze", 30.0)], bits=6),
    LifecycleStage.REPEAT_BUYER.value: by_weight([("", 35.0), ("Bronze", 40.0), ("Silver", 25.0)], bits=6),
    LifecycleStage.LOYAL.value: by_weight([("", 8.0), ("Silver", 50.0), ("Gold", 42.0)], bits=6),
    LifecycleStage.VIP.value: by_weight([("Gold", 45.0), ("Platinum", 55.0)], bits=6),
    LifecycleStage.INACTIVE.value: by_weight([("", 80.0), ("Bronze", 20.0)], bits=6),
}
# The exponent of a uniform draw between the first day and today: below one means that most were here lately.
ACTIVITY = dict.fromkeys(LifecycleStage.values, 1.0) | {
    LifecycleStage.SUBSCRIBER.value: 2.5,
    LifecycleStage.REPEAT_BUYER.value: 0.6,
    LifecycleStage.LOYAL.value: 0.35,
    LifecycleStage.VIP.value: 0.25,
    LifecycleStage.INACTIVE.value: 4.0,
}
# Days since the first visit that a stage takes; with fewer, a customer is as far as the days allow.
TENURE = {
    LifecycleStage.REPEAT_BUYER.value: 60,
    LifecycleStage.LOYAL.value: 180,
    LifecycleStage.VIP.value: 270,
    LifecycleStage.INACTIVE.value: 430,
}
BEFORE = {
    LifecycleStage.VIP.value: LifecycleStage.LOYAL.value,
    LifecycleStage.LOYAL.value: LifecycleStage.REPEAT_BUYER.value,
    LifecycleStage.REPEAT_BUYER.value: LifecycleStage.FIRST_BUYER.value,
    LifecycleStage.INACTIVE.value: LifecycleStage.FIRST_BUYER.value,
}
# Days of silence behind those who left, and behind those a colleague put away.
SILENT, PUT_AWAY, PUT_AWAY_TENURE = 370, 150, 240
LANGUAGES = {
    "thai": "th",
    "bengali": "bn",
    "japanese": "ja",
    "afrikaans": "af",
    "zulu": "zu",
    "xhosa": "xh",
    "sotho": "st",
    "german": "de",
    "french": "fr",
    "spanish": "es",
    "italian": "it",
    "dutch": "nl",
    "polish": "pl",
}


class Pen:
    """Writes records of a region; numbers ids and members in the order of writing."""

    def __init__(
        self, population: Population, *, until: datetime, members: dict[int, int], first_serial: int
    ) -> None:
        region = population.region
        self.population = population
        self.region = region
        self.rng = population.rng
        self.until = until
        self._members = members
        self._serial = first_serial - 1
        self.sources = by_weight([(source, float(share)) for source, share in region.sources.items()], bits=8)

    def write(self, person: Person, at: datetime, *, source: str = "", native: bool | None = None) -> Record:
        """Return the record a source, any source when none is named, makes of ``person`` at ``at``."""
        bits, chance = self.rng.getrandbits, self.rng.random
        self._serial += 1
        company, strand = person.company, person.strand
        source = source or (COMPANY_SOURCES if company else self.sources)[bits(8)]
        if native is None:
            native = chance() < (NATIVE_AT_HOME if strand.script == self.region.script else NATIVE_ABROAD)
        standing = self._standing(at, company is not None)
        return Record(
            number=self._serial,
            person=person.number,
            household=person.household,
            strand=strand.key,
            script=strand.script,
            gender=person.sex if chance() < GENDER_SHARE else "",
            naming=self.naming(person, native, source),
            contact=self._contact(person, native, source),
            born_on=person.born_on if chance() < FILLED[source].birth_date else None,
            firm=self._firm(person.number, company) if company else None,
            source=source,
            external_ids=self._external_ids(source),
            standing=standing,
            attributes=attributes(person, native),
            created_at=at,
            active_at=at + self._lasting(at, standing) * chance() ** ACTIVITY[standing.stage],
        )

    def _lasting(self, at: datetime, standing: Standing) -> timedelta:
        """Return how long a customer of ``at`` can have been active: till today, unless they left."""
        silent = SILENT if standing.stage == LifecycleStage.INACTIVE.value else 0
        if standing.status == INACTIVE:
            silent = max(silent, PUT_AWAY)
        return self.until - at - timedelta(days=silent)

    def naming(self, person: Person, native: bool, source: str) -> Naming:
        """Return the name in the person's own script or in Latin letters."""
        if person.company:
            full = person.company.native if native else person.company.roman
            return Naming(native, full, person.company.short if native else full, "", "")
        given, family = person.given, person.family
        first, last = (given.native, family.native) if native else (given.roman, family.roman)
        name = f"{last} {first}" if native and person.strand.family_first else f"{first} {last}"
        return Naming(native, name, self._display_name(person, native, source), first, last)

    def _display_name(self, person: Person, native: bool, source: str) -> str:
        """Return what people call themselves in a chat, and else the given name."""
        nicknames = person.strand.nicknames
        if nicknames and source == "LINE" and self.rng.random() < NICKNAME_SHARE:
            names = nicknames[person.sex]
            nickname = names[int(self.rng.random() * len(names))]
            return nickname.native if native else nickname.roman
        called = person.family if person.strand.family_first else person.given
        return called.native if native else called.roman

    def _contact(self, person: Person, native: bool, source: str) -> Contact:
        chance, filled = self.rng.random, FILLED[source]
        email = person.email if chance() < filled.email else ""
        phone = person.phone if not email or chance() < filled.phone else ""
        at_home = native and person.strand.script == self.region.script
        has_address = person.company is not None or chance() < filled.address
        address = person.home if at_home else person.latin_home
        other_email = other_phone = ""
        if email and not person.company and chance() < OTHER_EMAIL_SHARE:
            other_email = self.population.new_email(
                person.given, person.family, person.born_on.year if person.born_on else 0
            )
        if phone and chance() < OTHER_PHONE_SHARE:
            other_phone = self.population.new_phone()
        return Contact(email, other_email, phone, other_phone, address if has_address else None)

    def _firm(self, number: int, company: Company) -> Firm:
        chance = self.rng.random
        tax_id = self.region.tax_id(number) if chance() < TAX_ID_SHARE else ""
        website = f"https://{company.slug}.example.com" if chance() < WEBSITE_SHARE else ""
        return Firm(tax_id, company.industry, company.size, website)

    def _standing(self, at: datetime, is_company: bool) -> Standing:
        bits = self.rng.getrandbits
        days = (self.until - at).days
        stage = STAGES[bits(8)]
        while days < TENURE.get(stage, 0):
            stage = BEFORE[stage]
        tier = TIERS[stage][bits(6)] if stage in TIERS and not is_company else ""
        is_put_away = self.rng.random() < INACTIVE_SHARE and days >= PUT_AWAY_TENURE
        status = INACTIVE if is_put_away else ACTIVE
        member_id = self._member_id(at.year) if tier else None
        return Standing(status, stage, tier, member_id, TAG_SETS[stage, is_company][bits(8)])

    def _member_id(self, year: int) -> str:
        number = self._members[year] = self._members.get(year, 0) + 1
        return f"MEM-{year}-{number:04d}"

    def _external_ids(self, source: str) -> tuple[ExternalId, ...]:
        own = (self.external_id(source),) if source in KINDS else ()
        if self.rng.random() >= SECOND_ID_SHARE:
            return own
        other = self.sources[self.rng.getrandbits(8)]
        return own if other == source or other not in KINDS else (*own, self.external_id(other))

    def external_id(self, source: str) -> ExternalId:
        """Return an id as ``source`` makes them."""
        if source == "LINE":
            own = f"U{self.rng.getrandbits(128):032x}"
        elif source == "FACEBOOK":
            own = f"{2_000_000_000_000_000 + self.rng.getrandbits(52)}"
        elif source == "ERP":
            own = f"C{100_000 + self._serial}"
        elif source == "CRM":
            own = f"CRM-{100_000 + self._serial}"
        else:
            own = f"web-{self._serial:07d}"
        return ExternalId(source, KINDS[source], own, f"{source}:{TABLES[source]}.{own}")


def attributes(person: Person, native: bool) -> dict[str, str]:
    """Return what has no column of its own."""
    strand = person.strand
    language = LANGUAGES.get(strand.key.partition("_")[0], "en")
    if person.company or not native or not person.given.reading:
        return {"preferredLanguage": language}
    return {"preferredLanguage": language, "nameReading": f"{person.family.reading} {person.given.reading}"}
