"""Writing the audit trail: every verb records itself, in its own transaction."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import models, transaction

from cdp.actors import Actor
from cdp.models.audit_entry import AuditEntry
from cdp.registries import Registry
from cdp.request_context import request_id

Changes = Mapping[str, tuple[Any, Any] | list[Any]]
# Say whose history an act on an object belongs into, such as a customer's; None where it is nobody's.
subjects: Registry[Callable[[models.Model], uuid.UUID | None]] = Registry()


def record(*, verb: str, obj: models.Model, by: Actor, changes: Changes | None = None) -> None:
    """Write one entry: ``by`` did ``verb`` to ``obj``; ``changes`` maps fields to [before, after]."""
    record_many(verb=verb, entries=[(obj, changes or {})], by=by)


def record_many(*, verb: str, entries: Iterable[tuple[models.Model, Changes]], by: Actor) -> None:
    """Write an entry per object, in one statement; raises outside a transaction."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("an audit entry belongs into the verb's own transaction")
    AuditEntry.objects.bulk_create(
        [
            AuditEntry(
                actor_kind=by.kind,
                actor_id=by.id,
                actor_label=by.label[:200],
                verb=verb,
                object_type=obj._meta.label_lower,
                object_id=obj.pk,
                subject_id=_subject(obj),
                changes={name: list(pair) for name, pair in changes.items()},
                request_id=request_id(),
            )
            for obj, changes in entries
        ],
        batch_size=1000,
    )


def _subject(obj: models.Model) -> uuid.UUID | None:
    return next((found for of in subjects if (found := of(obj)) is not None), None)


def changed_fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Return {field: [before, after]} for the fields whose values differ."""
    return {name: [before.get(name), value] for name, value in after.items() if before.get(name) != value}
