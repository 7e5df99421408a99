"""The families of the demo companies' customers: of their language, of fitting ages."""

# ruff: noqa: PLR2004 (how often something happens to made-up people is its own name)

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from itertools import combinations
from typing import Any

from cdm.demo.customers import USUAL_AGE, Customer
from cdm.demo.relatives import names_for
from cdm.demo.story import Story
from cdm.operations.add_family_member import add_family_member
from cdm.records.family import FamilyRecord
from profiles.models import Profile
from profiles.operations.update_profile import update_profile
from profiles.records import ProfileRecord

RELATIVES, HEADS, COUPLES = 48, 30, 2
OLD_ENOUGH_TO_MARRY, OLD_ENOUGH_FOR_CHILDREN = 26, 32
# Years between a customer and a relative; a parent is older.
YEARS = {"spouse": 2, "child": -28, "parent": 27, "sibling": 3, "grandparent": 52}
OLDEST = 96


def found_families(story: Story) -> None:
    """Add relatives, some of whom have an occasion this week, and couples who are both customers."""
    known: dict[Any, set[str]] = defaultdict(set)
    for number in range(RELATIVES):
        customer = story.people[number % min(HEADS, len(story.people))]
        kind = _kind(story, customer, number, known[customer.id])
        known[customer.id].add(kind)
        record = FamilyRecord.parse(_said(story, customer, kind, number), tenant=story.tenant)
        add_family_member(**story.verb(customer), record=record)
    married = {pk for pk, kinds in known.items() if "spouse" in kinds}
    _marry(story, married)
    _say_marital_status(story, married)


def _kind(story: Story, customer: Customer, number: int, known: set[str]) -> str:
    age = _age(story, customer)
    kinds = ["spouse"] if age >= OLD_ENOUGH_TO_MARRY else []
    kinds += ["child"] if age >= OLD_ENOUGH_FOR_CHILDREN else []
    kinds += [kind for kind in ("parent", "grandparent") if age + YEARS[kind] < OLDEST]
    left = [kind for kind in (*kinds, "sibling") if kind not in known] or ["sibling"]
    return left[number % len(left)]


def _age(story: Story, customer: Customer) -> int:
    return (story.today - customer.born_on).days // 365 if customer.born_on else USUAL_AGE


def _said(story: Story, customer: Customer, kind: str, number: int) -> dict[str, Any]:
    day = story.today + timedelta(days=number % 6 if number < 6 else story.random.randrange(365))
    age = _age(story, customer) + YEARS[kind]
    opposite = {"female": "male", "male": "female"}.get(customer.gender, "female")
    gender = opposite if kind == "spouse" else story.random.choice(["female", "male"])
    said: dict[str, Any] = {
        "name": story.random.choice(names_for(customer.language)[gender]),
        "gender": gender,
        "relationship": kind,
        "date_of_birth": f"{day.year - age - 1}-{day:%m}-{min(day.day, 28):02d}",
    }
    if kind == "spouse":
        wedding = day + timedelta(days=2)
        years = max(1, min(age, _age(story, customer)) - OLD_ENOUGH_TO_MARRY + 1)
        said["anniversary_date"] = f"{day.year - years}-{wedding:%m}-{min(wedding.day, 28):02d}"
    return said


def _marry(story: Story, married: set[Any]) -> None:
    """Link couples of one household, of about one age, who are both customers."""
    grown_up = Profile.objects.active().filter(
        metadata__demo__has_key="household", date_of_birth__isnull=False
    )
    fields = ("pk", "name", "gender", "date_of_birth", "metadata__demo__household", "metadata__demo__person")
    homes = defaultdict(list)
    for row in grown_up.order_by("-last_activity_at", "pk").values_list(*fields):
        homes[row[4]].append(row)
    pairs = (pair for home in homes.values() for pair in combinations(home, 2))
    couples = (pair for pair in pairs if _is_couple(story, *pair))
    for (one, *_), (other, name, *_rest) in list(couples)[:COUPLES]:
        said = {"name": name, "relationship": "spouse", "relative_id": str(other)}
        record = FamilyRecord.parse(said, tenant=story.tenant)
        by = story.actors[0]
        add_family_member(tenant=story.tenant, by=by, profile_id=one, record=record)
        married |= {one, other}


def _is_couple(story: Story, one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    years = [(story.today - row[3]).days // 365 for row in (one, other)]
    is_grown_up = min(years) >= OLD_ENOUGH_TO_MARRY and max(years) - min(years) <= 12
    return is_grown_up and one[5] != other[5] and {one[2], other[2]} == {"male", "female"}


def _say_marital_status(story: Story, married: set[Any]) -> None:
    for number, customer in enumerate(story.people[:60]):
        if customer.id not in married and number % 3:
            continue
        status = "married" if customer.id in married else "single"
        record = ProfileRecord.parse({"maritalStatus": status}, tenant=story.tenant)
        update_profile(**story.verb(customer), record=record)
