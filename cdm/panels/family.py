"""The family of a customer."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from cdm.choices import Relationship
from cdm.models import FamilyMember
from cdm.panels.conversations import id_in
from cdm.wording import partial_day
from profiles.choices import Gender
from profiles.panels import PanelContext
from profiles.panels.timeline import Choice

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Relative:
    """One family member as the page shows them."""

    row: FamilyMember
    birthday: str
    anniversary: str
    profile_id: uuid.UUID | None
    is_edited: bool


@dataclass(frozen=True, slots=True)
class Family:
    """The customer's relatives, whose relative the customer is, and what the form offers."""

    relatives: tuple[Relative, ...]
    of_others: tuple[FamilyMember, ...]
    relationships: tuple[Choice, ...]
    genders: tuple[Choice, ...]
    is_adding: bool


def family(context: PanelContext) -> Family:
    """Return the family, both ways: those written down here, and customers who name this one."""
    rows = FamilyMember.objects.filter(profile_id=context.profile.pk)
    edited = id_in(context.params.get("edit", ""))
    named = FamilyMember.objects.filter(relative_id=context.profile.pk).select_related("profile")
    return Family(
        relatives=tuple(_relative(row, edited) for row in rows.order_by("created_at", "id")[:MOST_SHOWN]),
        of_others=tuple(named.order_by("created_at", "id")[:MOST_SHOWN]),
        relationships=tuple(Choice(value, label) for value, label in Relationship.choices),
        genders=tuple(Choice(value, label) for value, label in Gender.choices),
        is_adding="add" in context.params,
    )


def _relative(row: FamilyMember, edited: uuid.UUID | None) -> Relative:
    return Relative(
        row=row,
        birthday=partial_day(row.date_of_birth, row.partial_birth_date),
        anniversary=partial_day(row.anniversary_date, row.partial_anniversary),
        profile_id=row.relative_id,
        is_edited=row.pk == edited,
    )
