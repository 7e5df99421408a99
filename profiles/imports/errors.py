"""What can go wrong with imports as a whole; errors of single rows are rows themselves."""

from __future__ import annotations

from django.utils.translation import gettext

from cdp.errors import Conflict, DomainError, Forbidden, Invalid, NotFound
from cdp.sentences import translated


class ImportNotFound(NotFound):
    """No such import in this tenant."""

    slug = "import-not-found"

    def __init__(self) -> None:
        super().__init__(gettext("There is no such import."))


class FileTooLarge(DomainError):
    """The upload is larger than this installation takes, or than is answered at once."""

    status = 413
    slug = "too-large"
    title = "The upload is too large"


class FileRefused(Invalid):
    """The file cannot be imported as it stands; given in English, told in the language of the caller."""

    slug = "unreadable-file"
    title = "The file cannot be read"

    def __init__(self, detail: str) -> None:
        told = translated(detail)
        super().__init__(told, fields={"file": [told]})


class MappingRefused(Invalid):
    """The columns cannot be imported as the fields chosen; given in English, told as above."""

    slug = "mapping"

    def __init__(self, problems: list[str]) -> None:
        told = [translated(problem) for problem in problems]
        super().__init__(" ".join(told), fields={"mapping": told})


class WrongState(Conflict):
    """The import is not at the point where this can be done."""

    slug = "import-state"
    title = "This cannot be done with the import as it stands"


class OthersImport(Forbidden):
    """Taking it back deletes customers whom somebody else has brought in."""

    def __init__(self) -> None:
        super().__init__(
            gettext("Taking back what somebody else has imported needs the permission profile:delete.")
        )


class FileGone(Conflict):
    """The uploaded file has been deleted."""

    slug = "file-gone"
    title = "The uploaded file is no longer kept"

    def __init__(self) -> None:
        super().__init__(gettext("The uploaded file has been deleted as planned; upload it again."))


class Superseded(RuntimeError):
    """The run was paused, cancelled or taken over by another worker while a chunk was in hand."""
