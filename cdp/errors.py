"""Domain errors: the API turns them into RFC 9457 problem documents, pages into messages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

FieldErrors = Mapping[str, Sequence[str]]


class DomainError(Exception):
    """Something the caller asked for cannot be done; says what to change.

    ``fields`` maps field names, as they are on the wire, to messages.
    """

    status = 400
    slug = "bad-request"
    title = "The request cannot be carried out"

    def __init__(self, detail: str, *, fields: FieldErrors | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.fields: FieldErrors = fields or {}


class Invalid(DomainError):
    """A value is not acceptable."""

    slug = "invalid"
    title = "Some values are not valid"


class NotFound(DomainError):
    """There is no such thing in this tenant."""

    status = 404
    slug = "not-found"
    title = "Not found"


class Conflict(DomainError):
    """The request contradicts what is stored."""

    status = 409
    slug = "conflict"
    title = "The request conflicts with what is stored"


class Forbidden(DomainError):
    """The caller may not do this."""

    status = 403
    slug = "forbidden"
    title = "You may not do this"


class NotBuilt(DomainError):
    """The endpoint is part of the contract and its capability is not installed."""

    status = 501
    slug = "not-implemented"
    title = "Not available yet"
