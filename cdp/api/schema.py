"""What the OpenAPI document says about every endpoint."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from drf_spectacular.contrib.pydantic import PydanticExtension
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent, build_examples_list, build_media_type_object
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse
from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel
from pydantic.json_schema import model_json_schema

from cdp.api.operation import Operation, operation_of
from cdp.api.parameters import filter_parameters, query_parameters, untitled

_REFERENCE = "#/components/schemas/{model}"
_PROBLEM_JSON = ["application/problem+json"]
_TENANT = OpenApiParameter(
    "x-tenant-id",
    {"type": "string", "minLength": 1},
    OpenApiParameter.HEADER,
    description="Id or short name of one of the caller's tenants; a key has exactly one.",
)
_IF_MATCH = OpenApiParameter(
    "If-Match",
    {"type": "string", "minLength": 1},
    OpenApiParameter.HEADER,
    description="The ETag last seen; the change is refused with 412 when there is a newer version.",
)
_IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
    OpenApiParameter.HEADER,
    description="A name for this request: repeated within a day, it is answered alike and done once.",
)


class Problem(BaseModel):
    """A problem document (RFC 9457); some kinds carry further members."""

    model_config = ConfigDict(alias_generator=to_camel, extra="allow")

    type: str
    title: str
    status: int
    detail: str
    request_id: str
    errors: dict[str, list[str]] = {}


PROBLEMS = {
    400: "Some values are not valid; `errors` names each field.",
    401: "No valid API key or session.",
    403: "The key or role does not allow this, or the tenant is not the caller's.",
    404: "There is no such thing in this tenant.",
    409: "The request conflicts with what is stored.",
    412: "There is a newer version.",
    413: "The body is too large.",
    415: "The body's media type is not understood here.",
    422: "The idempotency key belongs to another request.",
    501: "The capability behind this endpoint is not installed.",
}
_ONLY_WITH_BODY = {409, 413, 415}
_ONLY_WHEN_DECLARED = {412, 422, 501}


class ProblemAutoSchema(AutoSchema):
    """Documents declared operations, and adds the problem responses and the tenant header to all."""

    @property
    def declared(self) -> Operation | None:
        """Return the declaration of the endpoint's method, if it has one."""
        return operation_of(self.view, self.method)

    def get_summary(self) -> str | None:
        return self.declared.summary if self.declared else super().get_summary()

    def get_tags(self) -> list[str]:
        return [self.declared.tag] if self.declared else super().get_tags()

    def get_request_serializer(self) -> Any:
        return self.declared.body if self.declared else super().get_request_serializer()

    def get_response_serializers(self) -> Any:
        if not self.declared:
            return super().get_response_serializers()
        if self.declared.status >= 400:  # noqa: PLR2004 (it answers problems only)
            return {}
        return {self.declared.status: OpenApiResponse(self.declared.answer, self.declared.summary)}

    def get_examples(self) -> list[OpenApiExample]:
        if self.declared and self.declared.shown_example:
            return [OpenApiExample("Example", self.declared.shown_example, request_only=True)]
        return super().get_examples()

    def _is_list_view(self, serializer: Any = None) -> bool:
        if self.declared:
            # Asked about the view, it names the operation; about an answer, ours are never bare lists.
            return serializer is None and getattr(self.view, "action", None) == "list"
        return bool(super()._is_list_view(serializer))

    def get_override_parameters(self) -> list[Any]:
        parameters = [_TENANT]
        if self.declared:
            parameters += [_IF_MATCH] if self.declared.takes_version else []
            parameters += [_IDEMPOTENCY_KEY] if self.method == "POST" else []
            parameters += filter_parameters(self.declared.filters)
            parameters += query_parameters(self.declared.query)
            parameters += [
                OpenApiParameter(
                    name, str, OpenApiParameter.HEADER, description=text, response=[self.declared.status]
                )
                for name, text in self.declared.headers.items()
            ]
        return parameters

    def _get_request_body(self, direction: Any = "request") -> Any:
        if not self.declared or self.declared.body is None:
            return None if self.declared else super()._get_request_body(direction)  # type: ignore[no-untyped-call]
        # Not left to the framework: a DELETE of ours may have a body, and a PATCH is no partial serializer.
        schema = self.resolve_serializer(self.declared.body, direction).ref  # type: ignore[arg-type]
        examples = build_examples_list(self.get_examples())
        content = {kind: build_media_type_object(schema, examples) for kind in self.map_parsers()}
        return {"content": content, "required": True}

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        own = dict(self.declared.problems) if self.declared else {}
        if self.declared and self.declared.takes_version:
            own.setdefault(412, PROBLEMS[412])
        if self.declared and self.method == "POST":
            own.setdefault(422, PROBLEMS[422])
        for code, text in {**PROBLEMS, **own}.items():
            skipped = (
                code in _ONLY_WITH_BODY and self.method in {"GET", "HEAD"}
            ) or code in _ONLY_WHEN_DECLARED
            if str(code) not in bodies and (code in own or not skipped):
                response = OpenApiResponse(Problem, description=text)
                bodies[str(code)] = self._get_response_for_code(response, str(code), _PROBLEM_JSON)  # type: ignore[no-untyped-call]
        return dict(sorted(bodies.items()))


class WireModelExtension(PydanticExtension):  # type: ignore[no-untyped-call]
    """Pydantic models: bodies as they are validated, answers as they are written."""

    priority = 1  # before the stock extension, which describes bodies as if they were answers

    def map_serializer(self, auto_schema: Any, direction: Any) -> Any:
        mode = "validation" if direction == "request" else "serialization"
        schema = untitled(model_json_schema(self.target, ref_template=_REFERENCE, mode=mode))  # type: ignore[arg-type]
        for name, part in schema.pop("$defs", {}).items():
            component = ResolvedComponent(  # type: ignore[no-untyped-call]
                name=name, type=ResolvedComponent.SCHEMA, object=name, schema=part
            )
            auto_schema.registry.register_on_missing(component)
        return schema


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
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME}
