"""What the OpenAPI document says about every endpoint."""

from __future__ import annotations

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers


class Problem(serializers.Serializer[Any]):
    """A problem document (RFC 9457)."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    requestId = serializers.CharField()  # noqa: N815 (wire name)
    errors = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()), required=False
    )


PROBLEMS = {
    "400": "Some values are not valid; `errors` names each field.",
    "401": "No valid API key or session.",
    "403": "The key or role does not allow this, or the tenant is not the caller's.",
    "404": "There is no such thing in this tenant.",
    "409": "The request conflicts with what is stored.",
    "413": "The body is too large.",
    "415": "The body's media type is not understood here.",
}
_ONLY_WITH_BODY = {"409", "413", "415"}


class ProblemAutoSchema(AutoSchema):
    """Adds the problem responses and the tenant header to every operation."""

    def get_override_parameters(self) -> list[Any]:
        return [
            OpenApiParameter(
                "x-tenant-id",
                str,
                OpenApiParameter.HEADER,
                description="Id or short name of one of the caller's tenants; a key has exactly one.",
            )
        ]

    def _get_response_bodies(self, direction: str = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        for code, text in PROBLEMS.items():
            if code in bodies or (code in _ONLY_WITH_BODY and self.method in {"GET", "HEAD"}):
                continue
            bodies[code] = self._get_response_for_code(
                OpenApiResponse(Problem, description=text), code, ["application/problem+json"]
            )
        return bodies


class ApiKeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """API keys, for the document."""

    target_class = "cdp.api.authentication.ApiKeyAuthentication"
    name = "apiKey"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "An API key, as a bearer token."}


class SessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """The session of a logged-in person, for the document."""

    target_class = "cdp.api.authentication.SessionAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "apiKey", "in": "cookie", "name": "session"}
