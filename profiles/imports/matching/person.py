"""Customers in memory while a chunk is decided."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from profiles.choices import LifecycleStage, ProfileStatus, ProfileType
from profiles.identity import EXACT_IDS, IdentifierHint
from profiles.imports.incoming.row import Point
from profiles.normalisation.names import display_name
from profiles.records import TagRef

# Plain columns an import may fill, with what a new customer has in them.
DEFAULTS: dict[str, Any] = {
    "type": str(ProfileType.INDIVIDUAL),
    "status": str(ProfileStatus.ACTIVE),
    "name": "",
    "display_name": "",
    "first_name": "",
    "last_name": "",
    "company_name": "",
    "email": "",
    "phone": "",
    "company_tax_id": "",
    "industry": "",
    "company_size": "",
    "website": "",
    "date_of_birth": None,
    "partial_birth_date": "",
    "gender": "",
    "marital_status": "",
    "anniversary_date": None,
    "partial_anniversary": "",
    "profession": "",
    "available_time": "",
    "is_deceased": False,
    "lifecycle_stage": str(LifecycleStage.SUBSCRIBER),
    "membership_tier": "",
    **dict.fromkeys(EXACT_IDS.values()),
}
_COMPANY = str(ProfileType.COMPANY)
TREES = ("address", "contact_preferences", "attributes", "metadata")
# Whole date -> the same day as far as it is known.
DAYS = {"date_of_birth": "partial_birth_date", "anniversary_date": "partial_anniversary"}
NAME_PARTS = frozenset(["type", "first_name", "last_name", "company_name", "email", "phone"])


@dataclass(slots=True, eq=False)
class Person:
    """One customer as the rows so far have left them, and what is to be written."""

    id: uuid.UUID
    values: dict[str, Any]
    trees: dict[str, dict[str, Any]]
    created_at: datetime
    version: int = 1
    is_new: bool = False
    is_changed: bool = False
    released: bool = False  # gave up an id that is unique, which somebody else may take in the same chunk
    emails: set[str] = field(default_factory=set)
    phones: set[str] = field(default_factory=set)
    tags: set[str] = field(default_factory=set)
    new_points: list[tuple[str, Point]] = field(default_factory=list)
    new_identifiers: list[IdentifierHint] = field(default_factory=list)
    new_tags: list[TagRef] = field(default_factory=list)

    @property
    def seniority(self) -> tuple[str, datetime, uuid.UUID]:
        """Return the order in which several holders of one value are preferred."""
        return self.values["status"], self.created_at, self.id

    def computed_name(self) -> str:
        """Return the name this customer has when nobody gave one."""
        said = self.values
        name = display_name(
            said["first_name"],
            said["last_name"],
            said["company_name"],
            said["email"],
            said["phone"],
            is_company=said["type"] == _COMPANY,
        )
        return name[:255]
