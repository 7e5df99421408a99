"""What has changed since somebody looked."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from cdp.models import AuditEntry
from profiles.models import Profile
from unify.deciding.cases import CaseRecords
from unify.deciding.errors import CaseChanged

MOST_CHANGES = 50
GONE, NEW = "status", "id"


def refuse_if_changed(records: CaseRecords, shown: Mapping[str, int], *, is_complete: bool) -> None:
    """Raise CaseChanged when a record is not at the version that was shown.

    ``is_complete``: everything was shown, so that a record which joined the case since is news as well.
    """
    versions = {uuid.UUID(key): version for key, version in shown.items()}
    changed = changed_among(records.profiles, versions)
    if is_complete:
        changed |= {pk: [NEW] for pk in records.ids if pk not in versions}
    if changed:
        raise CaseChanged(changed)


def changed_among(
    profiles: Mapping[uuid.UUID, Profile], versions: Mapping[uuid.UUID, int]
) -> dict[uuid.UUID, list[str]]:
    """Return what has changed in customers that are not at the version somebody saw, or no longer there."""
    changed: dict[uuid.UUID, list[str]] = {}
    for pk, version in versions.items():
        profile = profiles.get(pk)
        if profile is None:
            changed[pk] = [GONE]
        elif profile.version != version:
            changed[pk] = changed_since(profile, version)
    return changed


def changed_since(profile: Profile, version: int) -> list[str]:
    """Return the fields that verbs say they have changed since the version."""
    number = min(max(profile.version - version, 1), MOST_CHANGES)
    entries = AuditEntry.objects.filter(object_id=profile.pk, object_type=profile._meta.label_lower)
    latest = entries.order_by("-at", "-id").values_list("changes", flat=True)[:number]
    return sorted({name for changes in latest for name in changes})
