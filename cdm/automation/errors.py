"""What can be refused about rules."""

from __future__ import annotations

from django.utils.translation import gettext as _

from cdp.errors import Conflict, NotFound


class RuleNotFound(NotFound):
    """There is no such rule."""

    def __init__(self) -> None:
        super().__init__(_("There is no such rule."))


class RuleNameTaken(Conflict):
    """Another rule has this name."""

    slug = "rule-name-taken"

    def __init__(self) -> None:
        message = _("There is already a rule of this name.")
        super().__init__(message, fields={"name": [message]})


class RuleChanged(Conflict):
    """Somebody has changed the rule since it was read."""

    slug = "rule-changed"

    def __init__(self, by: str = "") -> None:
        super().__init__(
            _("Somebody has changed this rule since you opened it. Look at it again, then save once more.")
        )
        self.by = by


class NothingToUndo(Conflict):
    """The change is no longer there to be undone."""

    slug = "nothing-to-undo"

    def __init__(self) -> None:
        super().__init__(_("This change cannot be undone: it was undone already, or changed nothing."))
