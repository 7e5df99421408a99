"""What can stand in the way of a merge, or of taking it back."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from cdp.errors import Conflict, Forbidden, Invalid, NotFound

if TYPE_CHECKING:
    from unify.merging.previews import Edit


class MergeNotFound(NotFound):
    """No such merge in this tenant."""

    slug = "merge-not-found"

    def __init__(self) -> None:
        super().__init__(gettext("There is no such merge."))


class SameProfile(Invalid):
    """A customer was to be merged into itself."""

    slug = "same-profile"

    def __init__(self) -> None:
        super().__init__(gettext("A customer cannot be merged into itself: name two different ones."))


class AlreadyMerged(Conflict):
    """All of them are one customer by now."""

    slug = "already-merged"
    title = "These customers are one already"

    def __init__(self, survivor_id: uuid.UUID) -> None:
        self.survivor_id = survivor_id
        self.members = {"survivorId": str(survivor_id)}
        super().__init__(
            gettext("All of them are customer %(customer)s already.") % {"customer": survivor_id}
        )


class HardStop(Conflict):
    """Something says that these are different people; with ``can_force`` a person may overrule it."""

    slug = "hard-stop"
    title = "These are not the same customer"
    can_force = False

    def __init__(self, detail: str, *, fields: Sequence[str] = ()) -> None:
        self.members = {"canForce": self.can_force}
        super().__init__(detail, fields={name: [detail] for name in fields})


class DifferentLogins(HardStop):
    """Each has a login of its own."""

    slug = "different-logins"

    def __init__(self) -> None:
        super().__init__(
            gettext("They have different login ids, so they are different people."), fields=["authUserId"]
        )


class DifferentTaxIds(HardStop):
    """Companies with different tax ids."""

    slug = "different-tax-ids"
    can_force = True

    def __init__(self) -> None:
        super().__init__(gettext("They are companies with different tax ids."), fields=["companyTaxId"])


class InactiveProfiles(HardStop):
    """One of them was deactivated."""

    slug = "inactive-profile"
    title = "One of the customers is inactive"
    can_force = True

    def __init__(self) -> None:
        super().__init__(
            gettext("At least one of them is inactive: reactivate it first, or insist on merging.")
        )


class PeopleInsist(Forbidden):
    """A program wants to overrule what only a person may."""

    slug = "people-insist"

    def __init__(self) -> None:
        super().__init__(gettext("Only a person may insist on a merge that something speaks against."))


class NotActive(Conflict):
    """The merge was taken back already."""

    slug = "merge-undone"
    title = "This merge was taken back already"

    def __init__(self) -> None:
        super().__init__(gettext("This merge was taken back already."))


class MergeErased(Conflict):
    """A person's data was erased, and with it what it takes to take the merge back."""

    slug = "merge-erased"
    title = "This merge cannot be taken back any more"

    def __init__(self) -> None:
        super().__init__(
            gettext("The person's data was erased, and with it what it takes to take this merge back.")
        )


class EditedSince(Conflict):
    """Something was edited after the merge, and nobody has said what becomes of it."""

    slug = "edited-since"
    title = "Something was changed after the merge"

    def __init__(self, edits: Sequence[Edit], *, merge_id: uuid.UUID) -> None:
        self.edits = tuple(edits)
        self.merge_id = merge_id  # of a decision with several merges, the one whose page asks
        self.members = {
            "edits": [
                {
                    "key": edit.key,
                    "kind": str(edit.kind),
                    "label": edit.label,
                    "before": edit.before,
                    "now": edit.now,
                    "options": [str(option) for option in edit.options],
                }
                for edit in self.edits
            ]
        }
        super().__init__(
            gettext(
                "Say for each change whether to keep it, undo it, or give it to the customer who comes out."
            ),
            fields={edit.key: [gettext("Keep, revert or give?")] for edit in self.edits},
        )
