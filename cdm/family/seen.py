"""Families as one customer sees them: a relative once, from whichever side the link was written."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cdm.choices import Relationship
from cdm.models import FamilyMember
from cdm.querysets import family_of

# Only ever seen from the other side of a link.
GRANDCHILD = "grandchild"
# What somebody is to me -> what I am to them.
_INVERSE: dict[str, str] = {
    Relationship.SPOUSE: Relationship.SPOUSE,
    Relationship.SIBLING: Relationship.SIBLING,
    Relationship.CHILD: Relationship.PARENT,
    Relationship.PARENT: Relationship.CHILD,
    Relationship.GRANDPARENT: GRANDCHILD,
}


@dataclass(frozen=True, slots=True)
class Relative:
    """A relative of one customer; of one who is a customer too, their own values are shown."""

    id: uuid.UUID
    profile_id: uuid.UUID
    relative_id: uuid.UUID | None
    name: str
    relationship: str
    phone: str
    email: str
    date_of_birth: date | None
    partial_birth_date: str
    anniversary_date: date | None
    partial_anniversary: str
    gender: str
    profession: str
    is_deceased: bool
    created_at: datetime
    updated_at: datetime
    is_inverse: bool


_FROM_PROFILE = ("phone", "email", "gender", "profession")
_DAYS = (("date_of_birth", "partial_birth_date"), ("anniversary_date", "partial_anniversary"))


def relatives_of(profile_id: uuid.UUID) -> list[Relative]:
    """Return everybody who is family of the customer, once each, in one query."""
    found: dict[uuid.UUID, Relative] = {}
    for row in family_of(profile_id):
        relative = relative_of(row, profile_id)
        found.setdefault(relative.relative_id or relative.id, relative)
    return list(found.values())


def relative_of(row: FamilyMember, profile_id: uuid.UUID) -> Relative:
    """Return a link as the customer ``profile_id`` sees it."""
    is_inverse = row.profile_id != profile_id
    own = row.profile if is_inverse else row.relative
    said = {} if is_inverse else {name: getattr(row, name) for name in ("name", *_FROM_PROFILE)}
    days = {} if is_inverse else {name: getattr(row, name) for pair in _DAYS for name in pair}
    values: dict[str, Any] = {"name": "", **dict.fromkeys(_FROM_PROFILE, ""), **said}
    known: dict[str, Any] = {
        "date_of_birth": None,
        "anniversary_date": None,
        "partial_birth_date": "",
        "partial_anniversary": "",
    }
    known |= days
    if own is not None:
        values |= {name: getattr(own, name) for name in values if getattr(own, name)}
        for whole, partial in _DAYS:
            if getattr(own, whole) or getattr(own, partial):
                known |= {whole: getattr(own, whole), partial: getattr(own, partial)}
    return Relative(
        id=row.pk,
        profile_id=profile_id,
        relative_id=own.pk if own else None,
        relationship=_INVERSE[row.relationship] if is_inverse else row.relationship,
        is_deceased=own.is_deceased if own else row.is_deceased,
        created_at=row.created_at,
        updated_at=row.updated_at,
        is_inverse=is_inverse,
        **values,
        **known,
    )
