"""Records side by side when no merge of them can be planned: what each says, and nothing kept."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from profiles.address import ADDRESS_LABELS
from profiles.models import Profile
from profiles.panels.details import COMPANY, LOGINS, MEMBERSHIP, PERSON
from unify.fields import column_of
from unify.merging.previews import FieldChoice, MergePreview

FIELDS = tuple(dict.fromkeys(("type", "name", *PERSON, "email", "phone", *COMPANY, *MEMBERSHIP, *LOGINS)))


def plain_preview(profiles: Sequence[Profile], winner_id: uuid.UUID) -> MergePreview:
    """Return what the records say, without a result."""
    fields = [_choice(field, {one.pk: getattr(one, field) for one in profiles}) for field in FIELDS]
    fields += [
        _choice(f"address.{part}", {one.pk: _part(one.address, part) for one in profiles})
        for part in ADDRESS_LABELS
    ]
    losers = tuple(one.pk for one in profiles if one.pk != winner_id)
    return MergePreview(winner_id, losers, tuple(fields), {})


def plain_value(profile: Profile, name: str) -> Any:
    """Return what a record says in a field by its name on the wire; None where there is no such field."""
    head, _dot, tail = name.partition(".")
    value = getattr(profile, column_of(head), None)
    return _part(value, tail) if tail else value


def _part(tree: Any, part: str) -> Any:
    return tree.get(part) if isinstance(tree, dict) else None


def _choice(name: str, values: dict[uuid.UUID, Any]) -> FieldChoice:
    said = {str(value) for value in values.values() if value not in {None, ""}}
    return FieldChoice(name, values, None, None, "", len(said) > 1)
