"""What a person chose field by field, checked."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext

from cdp.errors import Invalid
from cdp.models import Tenant
from profiles.choices import ContactKind
from profiles.identity import EXACT_IDS
from profiles.models import ContactPoint
from profiles.records import ProfileRecord
from unify.merging.state import Side
from unify.merging.values import TREES, column_of, path_of, same, wire_name

Choices = dict[str, dict[str, Any]]
MOST_CHOICES = 200
_PREFIX = "resolvedConflicts"
_KINDS = frozenset(ContactKind.values)


class _Refused(Exception):
    """One choice cannot be used."""


def checked_choices(
    resolved_conflicts: Mapping[str, Any] | None,
    *,
    sides: Sequence[Side],
    aliases: Mapping[uuid.UUID, uuid.UUID],
    tenant: Tenant,
) -> Choices:
    """Return the choices by path: whose value it is (``{"from": id}``), or the value itself.

    A choice is a field's name with either one of the customers (their id, ``profile1``, ``profile2``) or a
    value. ``aliases`` maps ids asked for to those they were merged into. Raises Invalid naming every field
    that does not exist, and every value that is none.
    """
    named = {"profile1": sides[0].id, **{f"profile{n}": side.id for n, side in enumerate(sides[1:], 2)}}
    named |= {str(asked): survivor for asked, survivor in aliases.items()}
    if resolved_conflicts and len(resolved_conflicts) > MOST_CHOICES:
        message = gettext("Choose at most %(most)s values.") % {"most": MOST_CHOICES}
        raise Invalid(gettext("Too many choices."), fields={_PREFIX: [message]})
    choices: Choices = {}
    wrong: dict[str, list[str]] = {}
    for name, wanted in (resolved_conflicts or {}).items():
        path = path_of(name) if "\x00" not in name else None
        if path is None:
            wrong[f"{_PREFIX}.{name[:100]}".replace("\x00", "")] = [gettext("There is no such field.")]
            continue
        try:
            choices |= _choice(path, wanted, sides, named, tenant)
        except _Refused as error:
            wrong[f"{_PREFIX}.{name[:100]}"] = [str(error)]
    if wrong:
        raise Invalid(gettext("See errors for each field."), fields=wrong)
    return choices


def _choice(
    path: str, wanted: Any, sides: Sequence[Side], named: Mapping[str, uuid.UUID], tenant: Tenant
) -> Choices:
    if "\\u0000" in json.dumps(wanted, default=str):
        raise _Refused(gettext("Use plain text."))
    if isinstance(wanted, str) and wanted.lower() in named:
        return {path: {"from": str(named[wanted.lower()])}}
    if path in TREES:
        tree = _parsed(path, wanted, tenant)
        keys = {p for side in sides for p in side.state.values if column_of(p) == path}
        keys |= {f"{path}.{key}" for key in tree}
        return {p: {"value": tree[key]} if (key := p.partition(".")[2]) in tree else {} for p in sorted(keys)}
    column, dot, key = path.partition(".")
    value = _parsed(column, {key: wanted}, tenant).get(key) if dot else _parsed(column, wanted, tenant)
    return {path: _value(path, value, sides)}


def _value(path: str, value: Any, sides: Sequence[Side]) -> dict[str, Any]:
    """Return whose value it is, so that it goes when that customer comes out; else the value itself."""
    if path in _KINDS and not value:
        raise _Refused(gettext("Choose one of these customers' own."))
    owner = next((side for side in sides if same(side.state.values.get(path), value)), None)
    if owner is not None:
        return {"from": str(owner.id)}
    if path in _KINDS:
        return {"from": str(_owner_of_address(path, value, sides)), "value": value}
    if path in EXACT_IDS.values():
        raise _Refused(gettext("Choose the id of one of these customers."))
    return {"value": value}


def _owner_of_address(kind: str, value: str, sides: Sequence[Side]) -> uuid.UUID:
    ids = [side.id for side in sides]
    owners = ContactPoint.objects.filter(kind=kind, value=value, profile__in=ids)
    holding = set(owners.values_list("profile_id", flat=True))
    for profile_id in ids:
        if profile_id in holding:
            return profile_id
    raise _Refused(gettext("Choose one of these customers' own, or add it to one of them first."))


def _parsed(column: str, value: Any, tenant: Tenant) -> Any:
    wire = wire_name(column)
    try:
        record = ProfileRecord.parse({wire: value}, tenant=tenant)
    except Invalid as error:
        raise _Refused(next(iter(error.fields.values()))[0]) from error
    if column == "address":
        return record.address.as_json()
    parsed = getattr(record, column)
    return parsed.isoformat() if hasattr(parsed, "isoformat") else parsed
