"""What a pair agrees and differs in, in words: from the stored records, many pairs at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cdp.models import Tenant
from profiles.models import Profile
from unify.deciding.cases import Pair
from unify.finding.current import current_model
from unify.finding.lookup import stored
from unify.matching import LevelReached
from unify.matching.evaluator import evaluator_of

# What people compare, as it is called on the wire and on the page.
COMPARED: tuple[tuple[str, str | Promise], ...] = (
    ("name", _("Name")),
    ("firstName", _("First name")),
    ("lastName", _("Last name")),
    ("email", _("E-mail")),
    ("phone", _("Phone")),
    ("dateOfBirth", _("Date of birth")),
    ("gender", _("Gender")),
    ("companyName", _("Company")),
    ("companyTaxId", _("Tax id")),
    ("memberId", _("Member id")),
    ("authUserId", _("Login id")),
    ("address.street", _("Street")),
    ("address.city", _("City")),
    ("address.postalCode", _("Postal code")),
    ("address.country", _("Country")),
)
_COLUMNS = {
    "name": "name",
    "firstName": "first_name",
    "lastName": "last_name",
    "email": "email",
    "phone": "phone",
    "dateOfBirth": "date_of_birth",
    "gender": "gender",
    "companyName": "company_name",
    "companyTaxId": "company_tax_id",
    "memberId": "member_id",
    "authUserId": "auth_user_id",
}


@dataclass(frozen=True, slots=True)
class Differing:
    """A field in which both say something, and not the same."""

    field: str  # as on the wire: what ``resolvedConflicts`` calls it
    name: str
    value1: str
    value2: str


def differing(one: Profile, other: Profile) -> Iterator[Differing]:
    """Yield the fields two customers contradict each other in."""
    for field, label in COMPARED:
        first, second = _value(one, field), _value(other, field)
        if first and second and first != second:
            yield Differing(field, str(label), first, second)


def levels_of(tenant: Tenant, pairs: Sequence[Pair]) -> dict[Pair, tuple[LevelReached, ...]]:
    """Return how far each comparison of each pair agrees, by the model in use; two queries for all pairs.

    A pair one of whose records matching does not know is left out.
    """
    records = stored({pk for pair in pairs for pk in pair})
    if not records:
        return {}
    evaluator = evaluator_of(current_model(tenant)[1])
    return {
        (low, high): evaluator.evaluate(records[low], records[high]).levels
        for low, high in pairs
        if low in records and high in records
    }


def reasons(levels: Iterable[LevelReached], say: Callable[[str], str] = str) -> list[str]:
    """Return what speaks for one customer, the strongest first: in English, or as ``say`` says it."""
    agreeing = sorted((level for level in levels if level.weight > 0), key=lambda level: -level.weight)
    return [f"{say(level.description)}: {say(level.label)}" for level in agreeing]


def missing(levels: Iterable[LevelReached]) -> list[str]:
    """Return what could not be compared."""
    return [level.description for level in levels if level.is_null]


def _value(profile: Profile, field: str) -> str:
    if field.startswith("address."):
        address: dict[str, Any] = profile.address if isinstance(profile.address, dict) else {}
        return str(address.get(field.removeprefix("address."), "") or "")
    value = getattr(profile, _COLUMNS[field])
    return "" if value is None else str(value)
