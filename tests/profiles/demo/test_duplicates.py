"""The same person entered twice: recognisable, and different in the ways real records are."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from random import Random

import pytest

from profiles.demo.record import Record
from profiles.demo.regions import COUNTRIES
from profiles.demo.spellings import misspelt, slip
from profiles.demo.stream import Stream

UNTIL = datetime(2026, 6, 15, 9, 30, tzinfo=UTC)


def pairs(region: str, count: int = 8_000) -> Iterator[tuple[Record, Record]]:
    """Each later record of a person with that person's first."""
    first: dict[int, Record] = {}
    for record in Stream(count, region=region, seed=11, until=UNTIL):
        if record.person in first:
            yield first[record.person], record
        else:
            first[record.person] = record


def are_tied(one: Record, other: Record) -> bool:
    mine, theirs = one.contact, other.contact
    same_value = (mine.email and mine.email == theirs.email) or (mine.phone and mine.phone == theirs.phone)
    same_fact = (one.born_on and one.born_on == other.born_on) or (
        mine.address and mine.address == theirs.address
    )
    return bool(same_value or (same_fact and one.naming.name == other.naming.name))


@pytest.mark.parametrize("region", sorted(COUNTRIES))
def test_a_duplicate_has_something_in_common_with_the_first_record(region: str) -> None:
    found = list(pairs(region))
    assert len(found) > 500
    assert [(one.naming.name, two.naming.name) for one, two in found if not are_tied(one, two)] == []


@pytest.mark.parametrize("region", sorted(COUNTRIES))
def test_duplicates_come_later_and_mostly_from_another_source(region: str) -> None:
    found = [(one, two) for one, two in pairs(region) if one.firm is None]
    assert all(one.created_at <= two.created_at for one, two in found)
    assert sum(one.source != two.source for one, two in found) / len(found) > 0.7


def kinds(one: Record, two: Record) -> Iterator[str]:
    """Say in which ways the second record differs."""
    mine, theirs, here, there = one.naming, two.naming, one.contact, two.contact
    if mine.is_native is not theirs.is_native:
        yield "other script"
    elif (mine.first_name, mine.last_name) == (theirs.last_name, theirs.first_name):
        yield "swapped"
    elif mine.name != theirs.name:
        yield "other spelling"
    if mine.last_name and not theirs.last_name:
        yield "no family name"
    if here.phone and there.phone and here.phone != there.phone:
        yield "other phone"
    if "+" in there.email.partition("@")[0]:
        yield "tagged e-mail"
    if one.born_on and two.born_on and one.born_on != two.born_on:
        yield "other birth date"
    if here.email and not there.email:
        yield "no e-mail"


@pytest.mark.parametrize("region", ["TH", "BD", "JP"])
def test_duplicates_differ_in_every_way_they_do_in_life(region: str) -> None:
    found = [(one, two) for one, two in pairs(region, 20_000) if one.firm is None]
    counts = Counter(kind for one, two in found for kind in kinds(one, two))
    assert set(counts) == {
        "other script",
        "swapped",
        "other spelling",
        "no family name",
        "other phone",
        "tagged e-mail",
        "other birth date",
        "no e-mail",
    }
    assert counts["other script"] > len(found) * 0.2
    assert min(counts.values()) >= 3


@pytest.mark.parametrize("region", ["TH", "BD", "JP"])
def test_a_misspelt_name_is_still_text_that_can_be_shown(region: str) -> None:
    for _, copy in pairs(region):
        for part in filter(None, (copy.naming.name, copy.naming.first_name, copy.naming.last_name)):
            assert part == unicodedata.normalize("NFC", part) == part.strip()
            assert unicodedata.category(part[0])[0] in "LN" or part.startswith("(株)"), part


def test_a_slip_keeps_the_first_letter_and_changes_little() -> None:
    for seed in range(200):
        wrong = slip(Random(seed), "Thanaphon")
        assert wrong[0] == "T"
        assert abs(len(wrong) - 9) <= 1
    assert slip(Random(1), "Ann") == "Ann"


def test_another_spelling_replaces_what_readers_take_for_the_same() -> None:
    found = {misspelt(Random(seed), "ณัฐพงษ์", "thai", True) for seed in range(60)}
    assert {"นัฐพงษ์", "ณัฐพงศ์"} <= found
    assert misspelt(Random(1), "มาลี", "thai", True) == "มาลี"
