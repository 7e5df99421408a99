"""Versions as entity tags: ``ETag`` in answers, ``If-Match`` in requests (RFC 9110, 13.1.1)."""

from __future__ import annotations

import re
from collections.abc import Callable

from rest_framework.request import Request

from cdp.errors import DomainError, Invalid

_TAG = re.compile(r'(W/)?"([\x21\x23-\x7e]*)"').fullmatch
_VERSION = re.compile(r"[0-9]{1,9}").fullmatch


class PreconditionFailed(DomainError):
    """The thing is not at the version the caller has seen."""

    status = 412
    slug = "precondition-failed"
    title = "Somebody else has changed this meanwhile"


def entity_tag(version: int) -> str:
    """Return a version as an ETag."""
    return f'"{version}"'


def demanded_version(request: Request, current: Callable[[], int]) -> int | None:
    """Return the version the change must meet, None when the caller does not care.

    ``current`` is asked when the header names several versions. Raises PreconditionFailed when none can be
    met, Invalid when the header is no list of entity tags.
    """
    header = request.headers.get("If-Match")
    if header is None or header.strip() == "*":
        return None
    versions = _versions(header)
    if len(versions) == 1:
        return versions.pop()
    version = current()
    if version not in versions:
        raise PreconditionFailed(f"This is at version {version}: load it again and repeat your change.")
    return version


def _versions(header: str) -> set[int]:
    tags = [_TAG(part.strip()) for part in header.split(",")]
    if None in tags:
        message = 'Use the ETag of the last answer, such as "7".'
        raise Invalid("The header If-Match is not valid.", fields={"If-Match": [message]})
    # A weak tag never matches here (strong comparison), nor does a tag we did not make.
    return {int(tag[2]) for tag in tags if tag and not tag[1] and _VERSION(tag[2])}
