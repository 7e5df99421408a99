"""What callers say about a relative."""

from __future__ import annotations

import uuid
from typing import Any

from pydantic import model_validator

from cdm.choices import Relationship
from cdm.records.base import Said
from cdm.records.values import CustomerRef, Email, Flag, GenderText, Phone, required_text, text
from profiles.days import DayText, PartialDay, moved_partials

# Column of the whole date -> column of the day without its year.
DAYS = {"date_of_birth": "partial_birth_date", "anniversary_date": "partial_anniversary"}


class FamilyRecord(Said):
    """One relative; their own profile is found by e-mail or phone unless ``relative_id`` names it."""

    name: required_text(255)  # type: ignore[valid-type]
    relationship: Relationship
    phone: Phone = ""
    email: Email = ""
    date_of_birth: DayText = None
    partial_birth_date: PartialDay = ""
    anniversary_date: DayText = None
    partial_anniversary: PartialDay = ""
    gender: GenderText = ""
    profession: text(120) = ""  # type: ignore[valid-type]
    is_deceased: Flag = False
    relative_id: uuid.UUID | None = None

    @model_validator(mode="before")
    @classmethod
    def _days(cls, data: Any, info: Any) -> Any:
        return moved_partials(data, DAYS, info.context or {})


class NewFamilyRecord(FamilyRecord):
    """A relative to add, and whose."""

    customer_id: CustomerRef


class FamilyChange(FamilyRecord):
    """What to change about a relative."""

    name: required_text(255) = ""  # type: ignore[valid-type]
    relationship: Relationship = Relationship.SPOUSE
    customer_id: CustomerRef | None = None
