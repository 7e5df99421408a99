"""The OpenAPI document as it is served."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.utils import translation
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularJSONAPIView
from rest_framework.request import Request
from rest_framework.response import Response


class DocumentView(SpectacularJSONAPIView):
    """Made once per process, in English: it is the same for everybody, and takes seconds to make."""

    @extend_schema(exclude=True)
    def get(self, request: Request, *args: Any, **options: Any) -> Response:
        """Answer the document."""
        name = self._get_filename(request, None)  # type: ignore[no-untyped-call] # not in its stubs
        return Response(_document(), headers={"Content-Disposition": f'inline; filename="{name}"'})


@cache
def _document() -> Any:
    with translation.override("en"):
        return DocumentView.generator_class().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
