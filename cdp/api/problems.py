"""Errors as problem documents (RFC 9457)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, TooManyFieldsSent
from django.core.exceptions import ValidationError as ModelInvalid
from django.db import DataError, IntegrityError
from django.http import Http404, JsonResponse
from psycopg import errors as pg
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from cdp.api.parsers import BodyTooLarge
from cdp.errors import Conflict, DomainError, FieldErrors, Invalid
from cdp.giving_way import gave_way
from cdp.logging import log
from cdp.request_context import request_id

CONTENT_TYPE = "application/problem+json"
NON_FIELD = "_"
# The framework's own errors: the kind, and what it is called.
_KINDS: dict[int, tuple[str, str]] = {
    400: ("malformed", "The request could not be understood"),
    401: ("not-authenticated", "Say who you are"),
    403: ("forbidden", "You may not do this"),
    404: ("not-found", "Not found"),
    405: ("method-not-allowed", "This address does not take this method"),
    413: ("too-large", "The body is too large"),
    415: ("unsupported-media-type", "The body's media type is not understood here"),
    429: ("too-many-requests", "Too many requests"),
}


def problem(
    status: int,
    slug: str,
    title: str,
    detail: str,
    fields: FieldErrors | None = None,
    members: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return a problem document; ``errors`` maps fields to messages, ``members`` are further facts."""
    body: dict[str, Any] = {
        **(members or {}),
        "type": f"/problems/{slug}",
        "title": str(title),
        "status": status,
        "detail": str(detail),
        "requestId": request_id(),
    }
    if fields:
        body["errors"] = {name: [str(text) for text in messages] for name, messages in fields.items()}
    return body


def problem_response(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """Turn an exception of an API view into a problem; None lets it become a logged 500."""
    body, headers = _describe(_translate(error))
    if body is None:
        return None
    set_rollback()
    return Response(body, status=body["status"], headers=headers, content_type=CONTENT_TYPE)


def problem_page(error: DomainError) -> JsonResponse:
    """Return a problem outside the API framework (unknown paths, failed CSRF checks)."""
    return JsonResponse(_of_domain(error), status=error.status, content_type=CONTENT_TYPE)


def _of_domain(error: DomainError) -> dict[str, Any]:
    members: Mapping[str, Any] = getattr(error, "members", {})
    return problem(error.status, error.slug, error.title, error.detail, error.fields, members)


def _describe(error: Exception) -> tuple[dict[str, Any] | None, dict[str, str]]:
    if isinstance(error, DomainError):
        return _of_domain(error), {}
    if isinstance(error, exceptions.ValidationError):
        fields = dict(_flatten(error.detail))
        return problem(400, Invalid.slug, Invalid.title, "See errors for each field.", fields), {}
    if isinstance(error, exceptions.APIException):
        slug, title = _KINDS.get(error.status_code, (_slug(error), str(error.default_detail).rstrip(".")))
        return problem(error.status_code, slug, title, str(error.detail)), _headers(error)
    return None, {}


def _translate(error: Exception) -> Exception:
    if isinstance(error, Http404):
        return exceptions.NotFound()
    if isinstance(error, PermissionDenied):
        return exceptions.PermissionDenied()
    if isinstance(error, RequestDataTooBig):
        return BodyTooLarge()
    if isinstance(error, TooManyFieldsSent):
        return Invalid("There are too many fields. Send fewer.")
    if isinstance(error, ModelInvalid):
        return exceptions.ValidationError(
            error.message_dict if hasattr(error, "error_dict") else error.messages
        )
    return _of_database(error)


def _of_database(error: Exception) -> Exception:
    cause = error.__cause__
    if isinstance(error, IntegrityError) and isinstance(cause, pg.UniqueViolation):
        return Conflict("Another record already has one of these values.")
    if isinstance(error, IntegrityError) and isinstance(cause, pg.ForeignKeyViolation):
        return Conflict("Something this names has just been deleted.")
    if isinstance(error, DataError):
        # Validation should have said which value; the log says where it did not.
        log.warning("unstorable value passed validation", kind=type(cause).__name__)
        return Invalid("A value is too long or out of range.")
    return gave_way(error) or error


def _flatten(detail: Any, path: str = "") -> list[tuple[str, list[str]]]:
    """Turn nested error details into (dotted field, messages) pairs."""
    if isinstance(detail, dict):
        pairs: list[tuple[str, list[str]]] = []
        for key, value in detail.items():
            name = "" if key == "non_field_errors" else str(key)
            pairs += _flatten(value, ".".join(part for part in (path, name) if part))
        return pairs
    if isinstance(detail, list) and any(isinstance(item, (dict, list)) for item in detail):
        return [
            pair for index, item in enumerate(detail) if item for pair in _flatten(item, f"{path}[{index}]")
        ]
    messages = detail if isinstance(detail, list) else [detail]
    return [(path or NON_FIELD, [str(message) for message in messages])]


def _slug(error: exceptions.APIException) -> str:
    return str(error.default_code).replace("_", "-")


def _headers(error: exceptions.APIException) -> dict[str, str]:
    headers: dict[str, str] = {}
    challenge = getattr(error, "auth_header", None)
    if challenge:
        headers["WWW-Authenticate"] = challenge
    wait = getattr(error, "wait", None)
    if wait:
        headers["Retry-After"] = str(int(wait))
    return headers
