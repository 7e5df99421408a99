"""The people behind the records: who they are, whatever the sources make of it."""

# ruff: noqa: PLR2004 (how often something happens to made-up people is its own name)

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from random import Random
from typing import NamedTuple

from profiles.demo import companies
from profiles.demo.companies import Company
from profiles.demo.names import Name, Strand
from profiles.demo.region import PLACE_BITS, STRAND_BITS, Numbers, Region
from profiles.demo.skew import Seen, by_weight
from profiles.demo.streets import Address

HOUSEHOLD_SHARE = 0.045  # of draws; a household has about three people, so 12 % of people live in one
COMPANY_SHARE = 0.065
EMAIL_SHARE = 0.88
YOUNG_UNTIL = 42
CHILD_UNTIL = 16
YOUNGEST = 8
NOBODY = Name("", "", "")

_BANDS = {
    (18, 25): 12.0,
    (25, 35): 24.0,
    (35, 45): 22.0,
    (45, 55): 18.0,
    (55, 65): 13.0,
    (65, 75): 8.0,
    (75, 88): 3.0,
}
AGES = by_weight(
    [(age, share / (end - start)) for (start, end), share in _BANDS.items() for age in range(start, end)],
    bits=10,
)
CHILDREN = by_weight([(0, 25.0), (1, 38.0), (2, 29.0), (3, 8.0)], bits=6)
# Names reserved for examples: no mail to them can reach anybody.
DOMAINS = by_weight(
    [
        ("mail.example.com", 34.0),
        ("inbox.example.com", 18.0),
        ("post.example.net", 14.0),
        ("mail.example.net", 11.0),
        ("webmail.example.org", 9.0),
        ("home.example.org", 7.0),
        ("mobile.example.com", 4.0),
        ("example.org", 3.0),
    ],
    bits=8,
)
LocalPart = Callable[[str, str, int], str]
LOCAL_PARTS: list[LocalPart] = by_weight(
    [
        (lambda first, last, year: f"{first}.{last}", 30.0),
        (lambda first, last, year: f"{first}{last}", 12.0),
        (lambda first, last, year: f"{first}.{last[:1]}", 12.0),
        (lambda first, last, year: f"{first[:1]}{last}", 8.0),
        (lambda first, last, year: f"{first}{year % 100:02d}", 10.0),
        (lambda first, last, year: f"{first}.{last}{year % 100:02d}", 10.0),
        (lambda first, last, year: f"{first}_{last}", 6.0),
        (lambda first, last, year: f"{last}.{first}", 6.0),
        (lambda first, last, year: f"{first}{last[:1]}{year}", 6.0),
    ],
    bits=8,
)


class Person(NamedTuple):
    """One person or company and the truth about it; ``number`` is the same on every record of it."""

    number: int
    household: int | None
    strand: Strand
    sex: str
    given: Name
    family: Name
    born_on: date | None
    email: str
    phone: str
    home: Address
    latin_home: Address
    company: Company | None


class Population:
    """Draws people of one region; two strangers never share an e-mail address or a phone."""

    def __init__(
        self, region: Region, rng: Random, *, today: date, first_person: int, first_household: int
    ) -> None:
        self.region = region
        self.rng = rng
        self.emails = Seen()
        self.phones = Seen()
        self._companies = Seen(bits=22)
        self._today = today.toordinal()
        self._number = first_person - 1
        self._household = first_household - 1

    def draw(self) -> list[Person]:
        """Return the next person, company or whole household."""
        chance = self.rng.random()
        if chance < HOUSEHOLD_SHARE:
            return self._draw_household()
        strand = self.region.people.everybody[self.rng.getrandbits(STRAND_BITS)]
        if chance < HOUSEHOLD_SHARE + COMPANY_SHARE:
            return [self._draw_company(strand)]
        return [self._draw_person(strand, AGES[self.rng.getrandbits(10)])]

    def new_phone(self) -> str:
        """Return a mobile number nobody has."""
        return self._phone(self.region.mobile)

    def new_email(self, given: Name, family: Name, year: int) -> str:
        """Return an address nobody has, made of a name as people make them."""
        bits = self.rng.getrandbits
        local = LOCAL_PARTS[bits(8)](given.slug, family.slug, year)
        domain = DOMAINS[bits(8)]
        email = f"{local}@{domain}"
        while not self.emails.add(email):
            email = f"{local}{int(self.rng.random() * 1000)}@{domain}"
        return email

    def new_home(self, strand: Strand) -> tuple[Address, Address]:
        """Return a home, and its address in the local script and in Latin letters."""
        region, rng = self.region, self.rng
        place = region.places_of(strand.key)[rng.getrandbits(PLACE_BITS)]
        postcode = region.postcode(rng, place)
        native, latin = region.street(rng, place.streets[int(rng.random() * len(place.streets))])
        home = Address(native, place.city, place.state, region.country, postcode)
        if native is latin:
            return home, home
        return home, Address(latin, place.roman_city, place.roman_state, region.country, postcode)

    def _draw_person(self, strand: Strand, age: int, sex: str = "", family: Name | None = None) -> Person:
        rng = self.rng
        sex = sex or ("female" if rng.random() < 0.52 else "male")
        key = (sex, age < YOUNG_UNTIL)
        given = strand.given[key][rng.getrandbits(strand.given_bits)]
        family = family or given.family or strand.family[key][rng.getrandbits(strand.family_bits)]
        while family.slug == given.slug:
            family = strand.family[key][rng.getrandbits(strand.family_bits)]
        born_on = date.fromordinal(self._today - int((age + rng.random()) * 365.25))
        email = self.new_email(given, family, born_on.year) if rng.random() < EMAIL_SHARE else ""
        home, latin_home = self.new_home(strand)
        self._number += 1
        return Person(
            self._number,
            None,
            strand,
            sex,
            given,
            family,
            born_on,
            email,
            self.new_phone(),
            home,
            latin_home,
            None,
        )

    def _draw_company(self, strand: Strand) -> Person:
        rng = self.rng
        company = companies.draw(rng, self.region, strand, self._companies)
        inbox = ("info", "sales", "contact", "office")[rng.getrandbits(2)]
        email = f"{inbox}@{company.slug}.example.com"
        if not self.emails.add(email):
            email = f"{inbox}@{company.slug}{self._number}.example.com"
        home, latin_home = self.new_home(strand)
        phone = self._phone(self.region.office) if rng.random() < 0.7 else self.new_phone()
        self._number += 1
        return Person(
            self._number, None, strand, "", NOBODY, NOBODY, None, email, phone, home, latin_home, company
        )

    def _draw_household(self) -> list[Person]:
        """Return a couple, or a parent, with their children: a family name and a home in common."""
        rng = self.rng
        strand = self.region.people.families[rng.getrandbits(STRAND_BITS)]
        age = 28 + int(rng.random() * 38)
        head = self._draw_person(strand, age)
        self._household += 1
        members = [head]
        children = CHILDREN[rng.getrandbits(6)]
        if children == 0 or rng.random() < 0.85:
            partner_age = max(22, age + int(rng.gauss(0, 4)))
            partner = self._relative(members, partner_age, "male" if head.sex == "female" else "female")
            members.append(self._sharing(head, partner, phone=0.1, email=0.07))
        for _ in range(children):
            child_age = age - 22 - int(rng.random() * 14)
            if child_age >= YOUNGEST:
                child = self._relative(members, child_age, "")
                minor = child_age < CHILD_UNTIL
                phone, email = (0.7, 0.8) if minor else (0.08, 0.04)
                members.append(self._sharing(head, child, phone=phone, email=email))
        if len(members) == 1:
            return members
        return [self._settled(member, head) for member in members]

    def _relative(self, members: list[Person], age: int, sex: str) -> Person:
        """Return somebody of the family name whose given name nobody in the house has."""
        names = {member.given.slug for member in members}
        while True:
            relative = self._draw_person(members[0].strand, age, sex, members[0].family)
            if relative.given.slug not in names:
                return relative

    def _sharing(self, head: Person, member: Person, *, phone: float, email: float) -> Person:
        if self.rng.random() < phone:
            member = member._replace(phone=head.phone)
        return member._replace(email=head.email) if self.rng.random() < email else member

    def _settled(self, member: Person, head: Person) -> Person:
        return member._replace(household=self._household, home=head.home, latin_home=head.latin_home)

    def _phone(self, numbers: Numbers) -> str:
        while not self.phones.add(phone := numbers.draw(self.rng)):
            pass
        return phone
