"""Reading uploads without trusting them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from rest_framework.parsers import MultiPartParser

from cdp.api.parsers import BodyTooLarge
from cdp.uploads import ROOM


class UploadParser(MultiPartParser):
    """Forms with one file, refused by their length before they are read."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        length = int((parser_context or {})["request"].META.get("CONTENT_LENGTH") or 0)
        if length > settings.IMPORT_MAX_BYTES + ROOM:
            raise BodyTooLarge(f"The file may have at most {settings.IMPORT_MAX_BYTES:,} bytes.")
        return super().parse(stream, media_type, parser_context)
