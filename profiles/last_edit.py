"""The newest change of a customer's own fields, while it can be taken back."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from cdp.choices import ActorKind
from cdp.models import AuditEntry
from profiles.address import PARTIAL
from profiles.forms_section import FIELDS
from profiles.models import Profile

EDIT = "profile.update"
OFFERED_FOR = timedelta(days=1)
ADDRESSES = frozenset({"email", "phone"})
_OWN = frozenset(
    {
        *("type", "name", "address", "contact_preferences", *PARTIAL.values()),
        *(field for fields in FIELDS.values() for field in fields if hasattr(Profile, field)),
    }
)


def last_edit(profile: Profile) -> AuditEntry | None:
    """Return what a person has changed last, if nothing was done since and all of it stands."""
    newest = AuditEntry.objects.filter(object_id=profile.pk).order_by("-at", "-id").first()
    if newest is None or newest.verb != EDIT or newest.actor_kind != ActorKind.USER:
        return None
    if timezone.now() - newest.at > OFFERED_FOR or not newest.changes.keys() <= _OWN:
        return None
    stands = all(_written(getattr(profile, name)) == pair[1] for name, pair in newest.changes.items())
    return newest if stands else None


def _written(value: Any) -> Any:
    """Return a value as the audit trail keeps it."""
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))
