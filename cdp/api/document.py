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
        headers = {"Content-Disposition": f'inline; filename="{self._get_filename(request, None)}"'}
        return Response(_document(self.generator_class), headers=headers)


@cache
def _document(generator: Any) -> Any:
    with translation.override("en"):
        return generator().get_schema(request=None, public=True)
