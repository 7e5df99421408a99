"""Parts of addresses."""

from __future__ import annotations

import uuid

from django.urls import register_converter
from django.urls.converters import UUIDConverter


class IdConverter(UUIDConverter):
    """A UUID in either case of letters, as RFC 9562 has them; anything else is no address of ours."""

    regex = "[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"

    def to_python(self, value: str) -> uuid.UUID:
        return uuid.UUID(value)


register_converter(IdConverter, "id")
