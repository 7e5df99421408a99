"""Whose birthdays and anniversaries come, on every day of the year and in every time zone."""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cdm.choices import OccasionKind
from cdm.occasions.days import coming_days, key_of
from cdm.occasions.upcoming import Occasion, upcoming
from cdp.models import Tenant
from cdp.tenancy.context import tenant_context
from tests.factories.cdm_people import FamilyMemberFactory
from tests.factories.profiles import ProfileFactory
from tests.world import World

BIRTHDAY, ANNIVERSARY = OccasionKind.BIRTHDAY, OccasionKind.ANNIVERSARY
NOON = datetime(2026, 6, 15, 5, 0, tzinfo=UTC)  # 12:00 in Bangkok
days_of_life = st.dates(date(1930, 1, 1), date(2090, 12, 31))


def coming(
    tenant: Tenant, days: int = 7, now: datetime = NOON, kind: OccasionKind = BIRTHDAY
) -> list[Occasion]:
    return upcoming(tenant=tenant, days=days, kinds=(kind,), now=now)


def names(tenant: Tenant, days: int = 7, now: datetime = NOON, kind: OccasionKind = BIRTHDAY) -> list[str]:
    return [one.names for one in coming(tenant, days, now, kind)]


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)  # machines are busy
@given(born=days_of_life, today=days_of_life, reach=st.integers(0, 365))
def test_a_day_is_found_exactly_when_it_falls_within_reach(born: date, today: date, reach: int) -> None:
    found = {day.key: day for day in coming_days(today, reach, with_months=False)}.get(key_of(born))
    next_one = next(
        day for day in (_falls_on(born, year) for year in (today.year, today.year + 1)) if day >= today
    )
    ahead = (next_one - today).days
    assert (found is not None) == (ahead <= reach)
    if found is not None:
        assert (found.on, found.days) == (next_one, ahead)


def _falls_on(born: date, year: int) -> date:
    if (born.month, born.day) == (2, 29) and not calendar.isleap(year):
        return date(year, 2, 28)
    return date(year, born.month, born.day)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(today=days_of_life, reach=st.integers(0, 365))
def test_months_alone_carry_no_number_of_days(today: date, reach: int) -> None:
    months = {day.key for day in coming_days(today, reach) if day.key % 100 == 0}
    reached = {(today + timedelta(days=ahead)).month * 100 for ahead in range(reach + 1)}
    assert months == (reached if reach else set())
    assert all(day.days is None for day in coming_days(today, reach) if day.key % 100 == 0)


@pytest.mark.conforms("R102")
@pytest.mark.conforms("R105")
def test_today_and_the_last_day_are_included_and_the_year_wraps(acme: Tenant) -> None:
    ProfileFactory(name="Today", date_of_birth=date(1990, 12, 29))
    ProfileFactory(name="Next year", date_of_birth=date(1980, 1, 5))
    ProfileFactory(name="Too late", date_of_birth=date(1980, 1, 6))
    ProfileFactory(name="Yesterday", date_of_birth=date(1980, 12, 28))
    found = coming(acme, 7, datetime(2026, 12, 29, 5, tzinfo=UTC))
    assert [(one.name, one.days_until_event, one.years) for one in found] == [
        ("Today", 0, 36),
        ("Next year", 7, 47),
    ]
    assert found[1].event_date == date(2027, 1, 5)


@pytest.mark.conforms("R105")
def test_29_february_falls_on_the_28th_in_common_years(acme: Tenant) -> None:
    ProfileFactory(name="Leap", date_of_birth=date(2000, 2, 29))
    for year, month, day in ((2026, 2, 28), (2028, 2, 29)):
        now = datetime(year, month, day, 5, tzinfo=UTC)
        assert [one.event_date for one in coming(acme, 0, now)] == [date(year, month, day)]
    assert names(acme, 0, datetime(2028, 2, 28, 5, tzinfo=UTC)) == []


@pytest.mark.conforms("R105")
def test_the_day_is_that_of_the_tenants_clock(acme: Tenant) -> None:
    ProfileFactory(name="Mali", date_of_birth=date(1990, 6, 16))
    before_midnight = datetime(2026, 6, 15, 16, 59, tzinfo=UTC)
    assert names(acme, 0, before_midnight) == []
    assert names(acme, 0, before_midnight + timedelta(minutes=1)) == ["Mali"]


@pytest.mark.conforms("R105")
def test_days_without_a_year_and_months_alone_are_shown_as_what_they_are(acme: Tenant) -> None:
    ProfileFactory(name="No year", partial_birth_date="--06-18")
    ProfileFactory(name="Month", partial_birth_date="--06")
    ProfileFactory(name="Other month", partial_birth_date="--08")
    found = coming(acme, 7)
    assert [(one.name, one.days_until_event, one.month_only, one.years) for one in found] == [
        ("No year", 3, None, None),
        ("Month", None, 6, None),
    ]
    assert names(acme, 0) == []


def test_relatives_are_found_unless_they_are_shown_as_customers(acme: Tenant) -> None:
    mother = ProfileFactory(name="Mother", date_of_birth=date(1960, 6, 16))
    child = ProfileFactory(name="Child")
    day = date(1960, 6, 16)
    FamilyMemberFactory(profile=child, relative=mother, relationship="parent", name="Mum", date_of_birth=day)
    FamilyMemberFactory(profile=child, relationship="sibling", name="Sister", date_of_birth=day, phone="")
    found = coming(acme)
    assert [(one.name, one.type) for one in found] == [("Mother", "customer"), ("Sister", "family")]
    assert found[1].phone == child.phone


@pytest.mark.parametrize(
    "values",
    [
        {"status": "INACTIVE"},
        {"is_deceased": True},
        {"contact_preferences": {"doNotContact": True}},
    ],
)
def test_who_is_not_to_be_greeted_is_left_out_with_the_family(
    acme: Tenant, values: dict[str, object]
) -> None:
    day = date(1990, 6, 16)
    customer = ProfileFactory(date_of_birth=day, anniversary_date=day, **values)
    FamilyMemberFactory(profile=customer, name="Child", relationship="child", date_of_birth=day)
    FamilyMemberFactory(profile=ProfileFactory(), name="Dead", date_of_birth=day, is_deceased=True)
    FamilyMemberFactory(profile=ProfileFactory(), relative=customer, name="Spouse", anniversary_date=day)
    assert names(acme) == []
    assert names(acme, kind=ANNIVERSARY) == []


def test_spouses_have_one_anniversary(acme: Tenant) -> None:
    day = date(2015, 6, 16)
    one, other = (
        ProfileFactory(name="A", anniversary_date=day),
        ProfileFactory(name="B", anniversary_date=day),
    )
    FamilyMemberFactory(profile=other, relative=one, name="A", anniversary_date=day)
    third = ProfileFactory(name="C", anniversary_date=day)
    FamilyMemberFactory(profile=third, name="D", anniversary_date=day)
    parents = ProfileFactory(name="E")
    for name in ("Dad", "Mum"):
        FamilyMemberFactory(profile=parents, relationship="parent", name=name, anniversary_date=day)
    assert names(acme, kind=ANNIVERSARY) == ["A & B", "C & D", "Dad & Mum"]
    other.contact_preferences = {"doNotContact": True}
    other.save()
    assert names(acme, kind=ANNIVERSARY)[0].startswith("A")


@pytest.mark.conforms("R102")
def test_the_view_says_what_the_pages_say_to_its_own_tenant(acme: Tenant, world: World) -> None:
    today = datetime.now(tz=ZoneInfo("Asia/Bangkok")).date()
    for ahead in (0, 3, 7, 8):
        ProfileFactory(name=f"In {ahead}", date_of_birth=today + timedelta(days=ahead) - timedelta(days=7305))
    parent = ProfileFactory(name="Parent", partial_birth_date=f"--{today.month:02d}")
    day = today + timedelta(days=2)
    FamilyMemberFactory(profile=parent, name="Kid", relationship="child", partial_birth_date=f"--{day:%m-%d}")
    with tenant_context(world.zenith):
        ProfileFactory(name="Stranger", date_of_birth=today)
    shown = [
        (one.type, one.customer_id, one.event_type, one.event_date, one.days_until_event)
        for one in upcoming(tenant=acme, days=7)
        if one.days_until_event is not None
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT type, customer_id, event_type, event_date, days_until_event"
            " FROM upcoming_birthdays_anniversaries WHERE days_until_event <= 7"
            " ORDER BY days_until_event, name, customer_id"
        )
        seen = cursor.fetchall()
        cursor.execute(
            "SELECT name, month_only FROM upcoming_birthdays_anniversaries WHERE event_date IS NULL"
        )
        assert cursor.fetchall() == [("Parent", today.month)]
    assert len(seen) == 4
    assert sorted(seen) == sorted(shown)


@pytest.mark.conforms("R102")
def test_the_view_names_what_falls_on_today_once(acme: Tenant) -> None:
    today = datetime.now(tz=ZoneInfo("Asia/Bangkok")).date()
    for day in (f"--{today:%m-%d}", f"--{today + timedelta(days=1):%m-%d}", "--02-29"):
        ProfileFactory(partial_birth_date=day)
    with connection.cursor() as cursor:
        cursor.execute("SELECT days_until_event FROM upcoming_birthdays_anniversaries ORDER BY 1")
        found = [days for (days,) in cursor.fetchall()]
    assert (len(found), min(found)) == (3, 0)


@pytest.mark.conforms("R103")
def test_the_api_answers_what_comes_and_what_is_today(acme: Tenant, api: Client) -> None:
    today = datetime.now(tz=ZoneInfo("Asia/Bangkok")).date()
    ProfileFactory(
        name="John Doe", date_of_birth=date(1992, 1, 1).replace(month=today.month, day=min(today.day, 28))
    )
    ProfileFactory(name="Jane Doe", anniversary_date=today - timedelta(days=3653), partial_anniversary="")
    coming_birthdays = api.get("/cdm/events/birthdays?days=365").json()
    assert [one["name"] for one in coming_birthdays] == ["John Doe"]
    assert set(coming_birthdays[0]) >= {
        "type",
        "customer_id",
        "phone",
        "event_type",
        "event_date",
        "days_until_event",
    }
    assert [one["name"] for one in api.get("/cdm/events/anniversaries?days=365").json()] == ["Jane Doe"]
    assert api.get("/cdm/events/today").status_code == 200
    for path in (
        "/cdm/events/birthdays?days=-1",
        "/cdm/events/birthdays?days=366",
        "/cdm/events/today?days=1",
    ):
        assert api.get(path).status_code == 400, path
