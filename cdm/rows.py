"""Writing rows of the agent's working day: what their verbs share."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from contextlib import suppress
from typing import Any, TypeVar

from django.db import models, transaction

from cdm.errors import RowNotFound
from cdp import audit
from cdp.actors import Actor
from cdp.tenancy.models import DomainModel
from profiles.models import Profile

R = TypeVar("R", bound=DomainModel)


def add(row: R, *, verb: str, by: Actor) -> R:
    """Insert a row and write down its first values."""
    row.created_by = row.updated_by = str(by)
    row.save(force_insert=True)
    first = {name: [None, value] for name, value in facts(row).items() if value not in ("", None, {}, [])}
    audit.record(verb=verb, obj=row, by=by, changes=first)
    return row


def change(row: R, values: Mapping[str, Any], *, verb: str, by: Actor) -> dict[str, list[Any]]:
    """Put the values into a locked row; return what that changed, and write it down."""
    before = facts(row)
    for name, value in values.items():
        setattr(row, name, value)
    changes = audit.changed_fields(before, facts(row))
    if changes:
        row.updated_by = str(by)
        row.save(update_fields=[*values, "updated_at", "updated_by"])
        audit.record(verb=verb, obj=row, by=by, changes=changes)
    return changes


def remove(row: DomainModel, *, verb: str, by: Actor, beside: Mapping[str, Any] | None = None) -> None:
    """Delete a locked row, and write down what it said, and what goes with it: that brings it back."""
    said = {**facts(row), **(beside or {})}
    audit.record(verb=verb, obj=row, by=by, changes={name: [value, None] for name, value in said.items()})
    row.delete()


def locked(model: type[R], pk: uuid.UUID, *, of: Collection[str] = ("self",)) -> R:
    """Return a row, locked until the transaction ends; raises RowNotFound."""
    manager: Any = model._default_manager
    row: R | None = manager.select_for_update(of=tuple(of)).filter(pk=pk).first()
    if row is None:
        raise RowNotFound(str(model._meta.verbose_name))
    return row


def locked_with_customer(model: type[R], pk: uuid.UUID, *, also: Collection[uuid.UUID] = ()) -> R:
    """Return a row of a customer, locked until the transaction ends; raises RowNotFound.

    The customers it names, and ``also`` these, are locked before it and in the order of their ids, as every
    verb and every merge does it: two that meet wait for each other, and none of them in a circle.
    """
    manager: Any = model._default_manager
    names = [field.attname for field in model._meta.concrete_fields if field.related_model is Profile]
    while True:
        named = manager.filter(pk=pk).values_list(*names).first()
        if named is None:
            raise RowNotFound(str(model._meta.verbose_name))
        # Should a merge have given the row to somebody else meanwhile, the savepoint lets the locks go.
        with suppress(_JustMoved), transaction.atomic():
            customers = Profile.objects.filter(pk__in={*named, *also} - {None}).order_by("pk")
            list(customers.select_for_update(no_key=True).values_list("pk", flat=True))
            row = locked(model, pk)
            if tuple(getattr(row, name) for name in names) != named:
                raise _JustMoved
            return row


class _JustMoved(Exception):
    """The row was given to another customer while the locks were waited for."""


def found(model: type[R], pk: uuid.UUID) -> R:
    """Return a row; raises RowNotFound."""
    manager: Any = model._default_manager
    row: R | None = manager.filter(pk=pk).first()
    if row is None:
        raise RowNotFound(str(model._meta.verbose_name))
    return row


def facts(row: models.Model) -> dict[str, Any]:
    """Return the values of a row that people may change, as the audit trail keeps them."""
    return {field.attname: _plain(getattr(row, field.attname)) for field in _fields(row)}


def from_facts(model: type[R], pk: uuid.UUID, changes: Mapping[str, list[Any]]) -> R:
    """Return a row as the entry of its removal describes it, not yet saved."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    said = {name: fields[name].to_python(pair[0]) for name, pair in changes.items() if name in fields}
    return model(pk=pk, **said)


def _fields(row: models.Model) -> list[Any]:
    return [
        field
        for field in row._meta.concrete_fields
        if field.editable and not field.primary_key and not isinstance(field, models.GeneratedField)
    ]


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, uuid.UUID) else value
