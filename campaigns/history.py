"""What changed between two versions of an asset."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext

from campaigns.choices import AssetKind
from campaigns.errors import AssetNotFound
from campaigns.models import AssetVersion


@dataclass(frozen=True)
class Difference:
    """One value that differs; ``path`` leads to it, such as ``demographics.ageRange.min``."""

    path: str
    before: Any
    after: Any


def versions_of(kind: AssetKind, asset_id: uuid.UUID) -> QuerySet[AssetVersion]:
    """Return the versions of an asset, the newest first; also of one that is gone."""
    return AssetVersion.objects.filter(profile_type=kind, profile_id=asset_id).order_by("-version")


def version_of(kind: AssetKind, asset_id: uuid.UUID, number: int) -> AssetVersion:
    """Return one version; raises AssetNotFound."""
    found = versions_of(kind, asset_id).filter(version=number).first()
    if found is None:
        raise AssetNotFound(gettext("version"))
    return found


def differences(kind: AssetKind, asset_id: uuid.UUID, first: int, second: int) -> list[Difference]:
    """Return what version ``second`` says otherwise than ``first``; raises AssetNotFound."""
    before, after = version_of(kind, asset_id, first), version_of(kind, asset_id, second)
    return list(compare(before.data, after.data))


def compare(before: Any, after: Any, path: str = "") -> Iterator[Difference]:
    """Yield every differing value, objects taken apart, lists as a whole."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in sorted({*before, *after}):
            inner = f"{path}.{key}" if path else str(key)
            yield from compare(before.get(key), after.get(key), inner)
    elif _text(before) != _text(after):
        yield Difference(path, before, after)


def _text(value: Any) -> str:
    # In Python true is 1; in JSON it is not.
    return json.dumps(value, sort_keys=True)
