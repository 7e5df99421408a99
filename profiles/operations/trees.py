"""Addresses, attributes and metadata: replaced whole, or changed key by key."""

from __future__ import annotations

from typing import Any

from cdp.errors import Invalid
from profiles.models import Profile
from profiles.records import ProfileRecord
from profiles.sizes import check_json_size

TREES = ("address", "contact_preferences", "attributes", "metadata")
# Trees whose parts are known: null and blank take a part away.
SHAPED = frozenset({"address", "contact_preferences"})


def put_trees(profile: Profile, record: ProfileRecord, *, is_merged: bool) -> None:
    """Put what the record says of them into the customer.

    With ``is_merged`` keys that are not given stay, and null (where parts are known also blank) removes one;
    null in place of the whole clears it. Raises Invalid when the result is too large.
    """
    for name in TREES:
        if not record.says(name):
            continue
        if not is_merged or name in record.nulls:
            said = getattr(record, name).as_json() if name in SHAPED else getattr(record, name)
        else:
            said = _merged(name, getattr(profile, name), _said(name, record))
        setattr(profile, name, said)


def _said(name: str, record: ProfileRecord) -> dict[str, Any]:
    if name not in SHAPED:
        said: dict[str, Any] = getattr(record, name)
        return said
    parts = getattr(record, name).model_dump(by_alias=True, exclude_unset=True, mode="json")
    return {key: None if value in ("", [], None) else value for key, value in parts.items()}


def _merged(name: str, known: dict[str, Any], said: dict[str, Any]) -> dict[str, Any]:
    result = {key: value for key, value in {**known, **said}.items() if said.get(key, value) is not None}
    try:
        return check_json_size(result)
    except ValueError as error:
        raise Invalid("See errors for each field.", fields={name: [str(error)]}) from error
