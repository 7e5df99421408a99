"""Names of customers, for lists of them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from profiles.models import Profile


def shown_names(ids: Sequence[uuid.UUID]) -> list[tuple[uuid.UUID, str]]:
    """Return (id, name) of the customers, by name."""
    rows = Profile.objects.filter(pk__in=ids).only("name", "email", "phone", "status").order_by("name", "pk")
    return [(one.pk, one.shown_name) for one in rows]
