"""What a single made-up person or company looks like."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, date, datetime
from random import Random

import phonenumbers
import pytest

from profiles.demo import tax_ids
from profiles.demo.people import NOBODY, Person, Population
from profiles.demo.regions import COUNTRIES, region

TODAY = date(2026, 6, 15)
RESERVED = re.compile(r"(^|\.)example\.(com|net|org)$")


def population(code: str, seed: int = 3) -> Population:
    return Population(region(code), Random(seed), today=TODAY, first_person=1, first_household=1)


def people(code: str, count: int = 4000) -> list[Person]:
    drawn: list[Person] = []
    source = population(code)
    while len(drawn) < count:
        drawn += source.draw()
    return drawn


@pytest.mark.parametrize("code", [*sorted(COUNTRIES), "DE", "SG", "KE", "BR"])
def test_phones_are_possible_numbers_of_the_region_and_nearly_all_are_valid(code: str) -> None:
    parsed = [phonenumbers.parse(one.phone) for one in people(code, 1500)]
    assert all(phonenumbers.is_possible_number(number) for number in parsed)
    valid = sum(phonenumbers.is_valid_number_for_region(number, code) for number in parsed)
    assert valid / len(parsed) > 0.97


@pytest.mark.parametrize("code", sorted(COUNTRIES))
def test_no_e_mail_can_reach_anybody(code: str) -> None:
    domains = {one.email.partition("@")[2] for one in people(code) if one.email}
    assert [domain for domain in domains if not RESERVED.search(domain)] == []


def test_an_e_mail_is_made_of_the_name_of_its_owner() -> None:
    owned = [one for one in people("TH") if one.email and one.company is None and one.household is None]
    assert len(owned) > 2000
    assert all(one.given.slug[:1] in one.email.partition("@")[0] for one in owned)
    assert sum(one.given.slug in one.email for one in owned) / len(owned) > 0.85


@pytest.mark.parametrize("code", sorted(COUNTRIES))
def test_people_are_of_an_age_to_be_customers(code: str) -> None:
    ages = [(TODAY - one.born_on).days / 365.25 for one in people(code) if one.born_on]
    assert min(ages) >= 8
    assert max(ages) <= 90
    adults = Counter(int(age // 20) for age in ages)
    assert adults[1] > adults[3] > adults[4]


def test_parents_are_older_than_their_children() -> None:
    source = population("ZA")
    homes = [home for home in (source.draw() for _ in range(4000)) if len(home) > 1]
    assert len(homes) > 100
    for head, *others in homes:
        assert head.born_on is not None
        for other in others:
            assert other.born_on is not None
            assert abs(head.born_on.year - other.born_on.year) < 20 or head.born_on < other.born_on


@pytest.mark.parametrize("code", sorted(COUNTRIES))
def test_common_names_are_much_commoner_than_rare_ones(code: str) -> None:
    given = Counter(one.given.native for one in people(code, 8000) if one.given is not NOBODY)
    ranked = [times for _, times in given.most_common()]
    assert len(ranked) > 100
    assert ranked[0] >= 5 * ranked[len(ranked) // 2]


def test_a_given_name_that_goes_with_one_family_name_keeps_it() -> None:
    families = {one.family.roman for one in people("BD", 8000) if one.given.roman.endswith("Mizanur")}
    assert families == {"Rahman"}


def test_towns_postcodes_and_states_belong_together() -> None:
    for one in people("TH", 1500):
        assert re.fullmatch(r"[1-9]\d{4}", one.home.postal_code)
        assert (one.home.state == "กรุงเทพมหานคร") == one.home.postal_code.startswith("10") or (
            one.home.state == "สมุทรปราการ"
        )
        assert (one.home.state == "กรุงเทพมหานคร") == (one.latin_home.state == "Bangkok")


@pytest.mark.parametrize("code", sorted(COUNTRIES))
def test_companies_have_names_of_their_own_and_no_birth_date(code: str) -> None:
    firms = [one for one in people(code, 12_000) if one.company]
    assert 0.04 <= len(firms) / 12_000 <= 0.09
    for script in ("native", "roman"):
        names = Counter(getattr(one.company, script) for one in firms)
        assert {name: times for name, times in names.items() if times > 1} == {}
    assert all(one.born_on is None and one.given is NOBODY for one in firms)


@pytest.mark.parametrize(
    "maker", [tax_ids.thai, tax_ids.bangladeshi, tax_ids.south_african, tax_ids.japanese]
)
def test_tax_ids_differ_and_have_one_length(maker: object) -> None:
    assert callable(maker)
    made = [str(maker(number)) for number in range(1, 5000)]
    assert len(set(made)) == len(made)
    assert len({len(one) for one in made}) == 1


def test_a_thai_tax_id_ends_on_its_check_digit() -> None:
    # The published rule: digits weighted 13 down to 2, 11 minus the remainder, its last digit.
    for number in (1, 77, 4096):
        digits = [int(digit) for digit in tax_ids.thai(number)]
        total = sum(digit * (13 - place) for place, digit in enumerate(digits[:12]))
        assert (11 - total % 11) % 10 == digits[12]


def test_a_japanese_corporate_number_begins_with_its_check_digit() -> None:
    # A number that is published as an example by the tax agency: 8 + 700110005901.
    digits = "700110005901"
    total = sum(int(d) * (1 if place % 2 == 0 else 2) for place, d in enumerate(reversed(digits)))
    assert 9 - total % 9 == 8
    made = tax_ids.japanese(5)
    total = sum(int(d) * (1 if place % 2 == 0 else 2) for place, d in enumerate(reversed(made[1:])))
    assert int(made[0]) == 9 - total % 9


def test_an_unknown_country_without_phones_is_refused() -> None:
    with pytest.raises(ValueError, match="no mobile phones"):
        region("AQ")


def test_nobody_is_in_the_future() -> None:
    assert datetime.now(UTC).date() >= max(one.born_on for one in people("US") if one.born_on)
