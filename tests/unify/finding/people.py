"""Customers who are alike, as tests of finding need them."""

from __future__ import annotations

from random import Random
from typing import Any

from cdp.actors import Actor
from cdp.models import Tenant
from profiles.models import Profile
from tests.factories.profiles import ProfileFactory
from unify.choices import RunKind
from unify.finding.running import run_match
from unify.models import MatchRun
from unify.operations.start_run import start_run

BY = Actor.system("test")
SOMCHAI: dict[str, Any] = {
    "first_name": "Somchai",
    "last_name": "Jaidee",
    "name": "Somchai Jaidee",
    "email": "somchai.j@shop.example",
    "phone": "+66812345678",
    "date_of_birth": "1985-03-12",
}
STREET = {"street": "12/3 Sukhumvit Road", "city": "Bangkok", "postalCode": "10110"}


def somchai(**other: Any) -> Profile:
    """One record of the same man."""
    return ProfileFactory(**{**SOMCHAI, **other})


def smithers(first_name: str, **other: Any) -> Profile:
    """One record of a household that shares e-mail, phone and address, and says nobody's date of birth."""
    shared = {"last_name": "Smithers", "email": "smithers@home.example", "phone": "+66877777777"}
    values = {**shared, "address": STREET, "name": f"{first_name} Smithers", **other}
    return ProfileFactory(first_name=first_name, **values)


def spouses() -> tuple[Profile, Profile]:
    """Two people of one household: surname, phone and address are shared, the first names are not."""
    shared = {"last_name": "Srisuk", "phone": "+66899999999", "address": STREET, "email": ""}
    return (
        ProfileFactory(first_name="Anong", name="Anong Srisuk", **shared),
        ProfileFactory(first_name="Prasert", name="Prasert Srisuk", **shared),
    )


def strangers(count: int = 8) -> list[Profile]:
    """People who have nothing in common, the same each time."""
    return [stranger(number) for number in range(count)]


def stranger(number: int) -> Profile:
    """One of them."""
    rng = Random(number)
    first, last = ("".join(rng.choices("abdefghiklmnoprstuvwz", k=9)).capitalize() for _ in range(2))
    return ProfileFactory(
        first_name=first,
        last_name=last,
        email=f"{last.lower()}@{first.lower()}.example",
        phone=f"+668{rng.randrange(10**8):08d}",
    )


def run(tenant: Tenant, kind: RunKind = RunKind.DEEP) -> MatchRun:
    """Order a run and carry it out here."""
    return run_match(tenant=tenant, run_id=start_run(tenant=tenant, by=BY, kind=kind).pk)
