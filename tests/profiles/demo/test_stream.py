"""The made-up people: repeatable, of many scripts, with known households and duplicates."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from itertools import islice

import pytest

from cdp.models import Tenant
from profiles.demo.record import Record
from profiles.demo.regions import COUNTRIES
from profiles.demo.stream import SPAN, Start, Stream
from profiles.records import ProfileRecord

UNTIL = datetime(2026, 6, 15, 9, 30, tzinfo=UTC)
SIZE = 6_000


def made(region: str, *, seed: int = 1, count: int = SIZE, start: Start | None = None) -> list[Record]:
    return list(Stream(count, region=region, seed=seed, until=UNTIL, start=start or Start()))


@pytest.fixture(scope="module", params=sorted(COUNTRIES))
def region(request: pytest.FixtureRequest) -> str:
    """Each country in turn."""
    return str(request.param)


@pytest.fixture(scope="module")
def records(region: str) -> list[Record]:
    """Some thousand records of the country."""
    return made(region)


@pytest.fixture(scope="module")
def people(records: list[Record]) -> dict[int, list[Record]]:
    """The records of each person, the first one first."""
    found: dict[int, list[Record]] = defaultdict(list)
    for record in records:
        found[record.person].append(record)
    return dict(found)


def test_the_same_seed_makes_the_same_records() -> None:
    assert made("TH", count=400) == made("TH", count=400)


def test_another_seed_and_another_region_make_others() -> None:
    names = [[record.naming.name for record in made(*args, count=50)] for args in (("TH",), ("ZA",))]
    other_seed = [record.naming.name for record in made("TH", seed=2, count=50)]
    assert names[0] != names[1]
    assert names[0] != other_seed


def test_as_many_come_as_are_asked_for(records: list[Record]) -> None:
    assert len(records) == SIZE
    assert [record.number for record in records] == list(range(1, SIZE + 1))


def test_a_tenth_of_the_records_are_duplicates(people: dict[int, list[Record]]) -> None:
    assert 0.08 <= (SIZE - len(people)) / SIZE <= 0.15


def test_an_eighth_of_the_people_live_in_households(people: dict[int, list[Record]]) -> None:
    share = sum(found[0].household is not None for found in people.values()) / len(people)
    assert 0.08 <= share <= 0.16


def test_a_household_shares_a_name_and_an_address(people: dict[int, list[Record]]) -> None:
    families: dict[int, list[Record]] = defaultdict(list)
    for first, *_ in people.values():
        if first.household is not None:
            families[first.household].append(first)
    together = [members for members in families.values() if len(members) > 1]
    assert len(together) > SIZE / 100
    for members in together:
        for script in (True, False):
            alike = [member for member in members if member.naming.is_native is script]
            assert len({member.naming.last_name for member in alike}) <= 1
            assert len({member.contact.address for member in alike if member.contact.address}) <= 1
            assert len({member.naming.first_name for member in alike}) == len(alike)


def test_every_script_occurs(records: list[Record]) -> None:
    assert set(Counter(record.script for record in records)) == {"thai", "bengali", "japanese", "latin"}


@pytest.mark.parametrize(
    ("script", "start", "end"),
    [("thai", 0x0E00, 0x0E7F), ("bengali", 0x0980, 0x09FF), ("japanese", 0x3005, 0xFAFF)],
)
def test_native_names_are_written_in_their_script_and_the_others_in_latin(
    records: list[Record], script: str, start: int, end: int
) -> None:
    for record in records:
        if record.script != script or record.firm:
            continue
        letters = [sign for sign in record.naming.name if sign not in " .-'"]
        if record.naming.is_native:
            assert all(start <= ord(sign) <= end for sign in letters), record.naming.name
        else:
            assert all(ord(sign) < 0x180 for sign in letters), record.naming.name


def test_records_come_in_over_three_years_more_of_them_lately(records: list[Record]) -> None:
    times = [record.created_at for record in records]
    assert times == sorted(times)
    assert UNTIL - SPAN - timedelta(days=1) <= times[0] <= UNTIL - SPAN + timedelta(days=30)
    assert UNTIL - timedelta(days=3) <= times[-1] <= UNTIL
    middle = UNTIL - SPAN / 2
    assert sum(time > middle for time in times) > SIZE * 0.55
    assert all(record.created_at <= record.active_at <= UNTIL for record in records)


def test_strangers_share_neither_e_mail_nor_phone_nor_member_id(people: dict[int, list[Record]]) -> None:
    owners: dict[str, set[int]] = defaultdict(set)
    for person, found in people.items():
        for record in found:
            contact = record.contact
            values = (contact.email, contact.other_email, contact.phone, contact.other_phone)
            for value in filter(None, (*values, record.standing.member_id)):
                owners[value].add(-record.household if record.household is not None else person)
    assert {value: who for value, who in owners.items() if len(who) > 1} == {}


def test_member_ids_are_held_once_and_external_ids_too(records: list[Record]) -> None:
    members = [record.standing.member_id for record in records if record.standing.member_id]
    known = [
        (one.source, one.source_type, one.external_id) for record in records for one in record.external_ids
    ]
    assert len(members) > SIZE / 10
    assert len(set(members)) == len(members)
    assert len(set(known)) == len(known)


def test_every_record_passes_the_product_s_own_validation_unchanged(
    records: list[Record], region: str
) -> None:
    tenant = Tenant(region=region)
    for record in islice(records, 1500):
        naming, contact, firm, address = record.naming, record.contact, record.firm, _wire(record)
        sent = {
            "type": "COMPANY" if firm else "INDIVIDUAL",
            "name": naming.name,
            "displayName": naming.display_name,
            "firstName": naming.first_name,
            "lastName": naming.last_name,
            "email": contact.email,
            "phone": contact.phone,
            "gender": record.gender,
            "dateOfBirth": record.born_on.isoformat() if record.born_on else None,
            "address": address,
            "lifecycleStage": record.standing.stage,
            "membershipTier": record.standing.tier,
            "website": firm.website if firm else "",
        }
        accepted = ProfileRecord.parse(sent, tenant=tenant).model_dump(mode="json", by_alias=True)
        # Streets may come with more than the demo tells of them: a district, a point on the map.
        accepted["address"] = {part: accepted["address"][part] for part in address}
        assert {key: accepted[key] for key in sent} == sent


def _wire(record: Record) -> dict[str, str]:
    address = record.contact.address
    if address is None:
        return {"street": "", "city": "", "state": "", "country": "", "postalCode": ""}
    return {
        "street": address.street,
        "city": address.city,
        "state": address.state,
        "country": address.country,
        "postalCode": address.postal_code,
    }
