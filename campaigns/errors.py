"""What can go wrong with campaigns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from cdp.errors import Conflict, NotFound


class AssetNotFound(NotFound):
    """No such target profile, brand guideline, budget, container or campaign in this tenant."""

    slug = "asset-not-found"

    def __init__(self, what: str) -> None:
        """``what`` is told in the language of the caller."""
        super().__init__(gettext("There is no such %(what)s.") % {"what": what})


class StaleAsset(Conflict):
    """Somebody else has changed it meanwhile; ``members`` hold both versions."""

    slug = "stale-version"
    title = "Somebody else has changed this meanwhile"

    def __init__(
        self, *, yours: int, current: int, base: Mapping[str, Any] | None, stored: Mapping[str, Any]
    ) -> None:
        self.current = current
        self.members: dict[str, Any] = {
            "yourVersion": yours,
            "currentVersion": current,
            "yourBase": base,
            "current": dict(stored),
        }
        super().__init__(
            gettext("This is at version %(version)s: load it again and repeat your change.")
            % {"version": current}
        )


class StillInUse(Conflict):
    """Something else needs what was to be deleted."""

    slug = "still-in-use"
    title = "This is still in use"


class NotDeleted(Conflict):
    """Only what lies in the bin can be deleted for good."""

    slug = "not-deleted"
    title = "Delete it first"

    def __init__(self) -> None:
        super().__init__(gettext("Only what has been deleted can be deleted for good: delete it first."))


class NameTaken(Conflict):
    """Another one has this name, number or place."""

    slug = "name-taken"
    title = "Another one has this value"

    def __init__(self, field: str) -> None:
        message = gettext("Another one has this value already.")
        super().__init__(message, fields={field: [message]})


class BudgetNotShared(Conflict):
    """A budget that is not shared serves one campaign."""

    slug = "budget-not-shared"

    def __init__(self) -> None:
        message = gettext("Another campaign uses this budget: share it first, or choose another.")
        super().__init__(message, fields={"budgetId": [message]})


class SpendRepeated(Conflict):
    """The idempotency key was used for a different spend."""

    slug = "spend-repeated"

    def __init__(self) -> None:
        message = gettext("This key belongs to another spend: use a new one.")
        super().__init__(message, fields={"idempotencyKey": [message]})
