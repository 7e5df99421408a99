"""What can go wrong with exports."""

from __future__ import annotations

from django.utils.translation import gettext as _

from cdp.errors import Conflict, Forbidden, Invalid, NotFound


class ExportNotFound(NotFound):
    """No such export in this tenant."""

    slug = "export-not-found"

    def __init__(self) -> None:
        super().__init__(_("There is no such export."))


class ListRefused(Invalid):
    """The list cannot be read as its address says."""

    slug = "unreadable-list"

    def __init__(self) -> None:
        super().__init__(_("This list cannot be exported: open it again and check its filters."))


class TooManyExports(Conflict):
    """The company has as many exports under way as it may."""

    slug = "too-many-exports"
    title = "Too many exports at once"

    def __init__(self, most: int) -> None:
        super().__init__(
            _("%(most)s exports are under way already. Wait until one is ready, or cancel one.")
            % {"most": most}
        )


class FileGone(Conflict):
    """There is no file to download: not yet, or not any more."""

    slug = "file-gone"
    title = "There is no file to download"

    def __init__(self) -> None:
        super().__init__(_("This file is not there: it is not ready, or has been deleted as planned."))


class NoLongerAllowed(Forbidden):
    """Who ordered the export may not download lists any more."""

    def __init__(self) -> None:
        super().__init__(_("Whoever ordered this export may not download lists of customers any more."))


class Superseded(RuntimeError):
    """The export was cancelled or taken over by another worker while a page was in hand."""
