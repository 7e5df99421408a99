"""Files on their way in: refused by their length before they are read, and kept beside the other media.

The system's directory for temporary files may be small, or memory.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, TemporaryFileUploadHandler
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from cdp.errors import DomainError
from cdp.views.errors import answer

INCOMING = "incoming"
# What a form needs beside its file.
ROOM = 256 * 1024


class UploadTooLarge(DomainError):
    """The request's body is larger than its address takes."""

    status = 413
    slug = "too-large"
    title = "The upload is too large"


def incoming_directory() -> Path:
    """Return where files lie while they arrive: on the volume they stay on, so that keeping is renaming."""
    directory = Path(settings.MEDIA_ROOT) / INCOMING
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    return directory


class IncomingFile(TemporaryUploadedFile):
    """A file that has arrived and is gone unless somebody keeps it."""

    def __init__(
        self, name: str, content_type: str, charset: str | None, extra: dict[str, bytes] | None
    ) -> None:
        file = tempfile.NamedTemporaryFile(suffix=".upload", dir=incoming_directory())  # noqa: SIM115
        UploadedFile.__init__(self, file, name, content_type, 0, charset, extra)


class IncomingFileHandler(TemporaryFileUploadHandler):
    """Writes what does not fit into memory to the directory of incoming files."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        FileUploadHandler.new_file(self, *args, **kwargs)
        self.file = IncomingFile(
            self.file_name or "", self.content_type or "", self.charset, self.content_type_extra
        )


def takes_files(view: Any) -> Any:
    """Mark a page's function or an API view as one whose requests may be as large as an import."""
    view.takes_files = True
    return view


class UploadLimitMiddleware:
    """Refuses bodies by their announced length; checking a form's token would already read them whole."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Answer 413 to what is too large for the view; large files are taken from people and keys only."""
        limit = _limit(request, view)
        if _length(request) <= limit:
            return None
        return answer(request, UploadTooLarge(f"The body may have at most {limit:,} bytes."))


def _limit(request: HttpRequest, view: Any) -> int:
    is_api = hasattr(view, "cls")
    is_for_files = getattr(view.cls if is_api else view, "takes_files", False)
    # The API reads nothing before it knows who asks.
    if is_for_files and (is_api or request.user.is_authenticated):
        return int(settings.IMPORT_MAX_BYTES) + ROOM
    return int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)


def _length(request: HttpRequest) -> int:
    announced = request.META.get("CONTENT_LENGTH") or ""
    return int(announced) if announced.isdecimal() else 0
