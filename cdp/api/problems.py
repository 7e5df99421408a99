"""Errors as problem documents (RFC 9457)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.core.exceptions import ValidationError as ModelInvalid
from django.db import IntegrityError
from django.http import Http404, JsonResponse
from psycopg import errors as pg
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from cdp.api.parsers import BodyTooLarge
from cdp.errors import Conflict, DomainError, FieldErrors, Invalid
from cdp.request_context import request_id

CONTENT_TYPE = "application/problem+json"
NON_FIELD = "_"


def problem(
    status: int, slug: str, title: str, detail: str, fields: FieldErrors | None = None
) -> dict[str, Any]:
    """Return a problem document; ``errors`` maps each field to its messages."""
    body: dict[str, Any] = {
        "type": f"/problems/{slug}",
        "title": title,
        "status": status,
        "detail": detail,
        "requestId": request_id(),
    }
    if fields:
        body["errors"] = {name: list(messages) for name, messages in fields.items()}
    return body


def problem_response(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """Turn an exception of an API view into a problem; None lets it become a logged 500."""
    body, headers = _describe(error)
    if body is None:
        return None
    set_rollback()
    return Response(body, status=body["status"], headers=headers, content_type=CONTENT_TYPE)


def problem_page(error: DomainError) -> JsonResponse:
    """Return a problem outside the API framework (unknown paths, failed CSRF checks)."""
    body = problem(error.status, error.slug, error.title, error.detail, error.fields)
    return JsonResponse(body, status=error.status, content_type=CONTENT_TYPE)


def _describe(error: Exception) -> tuple[dict[str, Any] | None, dict[str, str]]:
    error = _translate(error)
    if isinstance(error, DomainError):
        return problem(error.status, error.slug, error.title, error.detail, error.fields), {}
    if isinstance(error, exceptions.ValidationError):
        fields = dict(_flatten(error.detail))
        return problem(400, Invalid.slug, Invalid.title, "See errors for each field.", fields), {}
    if isinstance(error, exceptions.APIException):
        return problem(error.status_code, _slug(error), _title(error), str(error.detail)), _headers(error)
    return None, {}


def _translate(error: Exception) -> Exception:
    if isinstance(error, Http404):
        return exceptions.NotFound()
    if isinstance(error, PermissionDenied):
        return exceptions.PermissionDenied()
    if isinstance(error, RequestDataTooBig):
        return BodyTooLarge()
    if isinstance(error, ModelInvalid):
        return exceptions.ValidationError(
            error.message_dict if hasattr(error, "error_dict") else error.messages
        )
    if isinstance(error, IntegrityError) and isinstance(error.__cause__, pg.UniqueViolation):
        return Conflict("Another record already has one of these values.")
    return error


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


def _title(error: exceptions.APIException) -> str:
    return str(error.default_detail).rstrip(".").replace("{method}", "of this request")


def _headers(error: exceptions.APIException) -> dict[str, str]:
    headers = {}
    if getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = error.auth_header  # type: ignore[attr-defined]
    if getattr(error, "wait", None):
        headers["Retry-After"] = str(int(error.wait))  # type: ignore[attr-defined]
    return headers
