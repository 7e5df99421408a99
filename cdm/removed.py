"""Bringing back rows that were removed, from what the audit trail keeps of them."""

from __future__ import annotations

import uuid
from typing import Any, TypeVar

from cdm.errors import RowNotFound, StillThere
from cdm.rows import from_facts
from cdp.models import AuditEntry
from cdp.tenancy.models import DomainModel
from profiles.operations.update_profile import locked_profile

R = TypeVar("R", bound=DomainModel)


def removed_row(model: type[R], pk: uuid.UUID, *, verb: str) -> R:
    """Return a row as it was when it was removed, of the customer or survivor it belonged to.

    The customer stays locked. Raises RowNotFound when nothing of the kind was removed, StillThere.
    """
    manager: Any = model._default_manager
    if manager.filter(pk=pk).exists():
        raise StillThere
    row = from_facts(model, pk, removal_of(model, pk, verb=verb))
    setattr(row, "profile_id", locked_profile(getattr(row, "profile_id")).pk)  # noqa: B009, B010
    return row


def removal_of(model: type[DomainModel], pk: uuid.UUID, *, verb: str) -> dict[str, list[Any]]:
    """Return what the entry of a row's last removal says, {name: [value, None]}; raises RowNotFound."""
    entries = AuditEntry.objects.filter(object_id=pk, verb=verb, object_type=model._meta.label_lower)
    entry = entries.order_by("-at", "-id").first()
    if entry is None:
        raise RowNotFound(str(model._meta.verbose_name))
    found: dict[str, list[Any]] = entry.changes
    return found
