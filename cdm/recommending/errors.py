"""What can be refused about recommendations."""

from __future__ import annotations

from django.utils.translation import gettext as _

from cdp.errors import Conflict, NotFound


class RunAtWork(Conflict):
    """Recommendations are being made already."""

    slug = "run-at-work"

    def __init__(self) -> None:
        super().__init__(_("Recommendations are being made right now: wait until they are done."))


class RunNotFound(NotFound):
    """There is no such run."""

    def __init__(self) -> None:
        super().__init__(_("There is no such run."))


class NoRecommendation(NotFound):
    """Nothing has been computed for this customer yet."""

    slug = "no-recommendation"

    def __init__(self) -> None:
        super().__init__(
            _("There is no recommendation for this customer yet: they are made every night for active ones.")
        )


class NothingSaid(NotFound):
    """Nobody has said that the recommendation is wrong, or it was taken back."""

    slug = "nothing-said"

    def __init__(self) -> None:
        super().__init__(_("Nothing was said about this recommendation that could be taken back."))
