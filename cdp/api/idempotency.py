"""Requests that may be repeated without being carried out twice: ``Idempotency-Key`` on POST."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.http import HttpResponse, QueryDict
from rest_framework.request import Request
from rest_framework.response import Response

from cdp.actors import Actor
from cdp.api.wire import WireRenderer
from cdp.errors import DomainError, Invalid
from cdp.models import StoredAnswer
from cdp.operations.forget_answers import expired_answers

HEADER = "Idempotency-Key"
_KEY = re.compile(r"[\x21-\x7e]{1,255}").fullmatch


class KeyReused(DomainError):
    """A key that was used for one request came with another."""

    status = 422
    slug = "idempotency-key-reused"
    title = "This idempotency key belongs to another request"


def carried_out_once(
    request: Request, by: Actor, carry_out: Callable[[], Response]
) -> Response | HttpResponse:
    """Carry the request out, or answer as the first time when its key was used already.

    Claim, change and kept answer are one transaction: a repetition that comes too early waits for the first,
    and a request that failed may be repeated. Raises KeyReused when the key came with another request.
    """
    key = request.headers.get(HEADER)
    if key is None or request.method != "POST":
        return carry_out()
    if not _KEY(key):
        message = "Use 1 to 255 visible ASCII characters."
        raise Invalid("The idempotency key is not valid.", fields={HEADER: [message]})
    fingerprint = _fingerprint(request)
    with transaction.atomic():
        stored, is_new = _claim(str(by), key, fingerprint)
        if not is_new:
            return _repeated(stored, fingerprint)
        response = carry_out()
        _keep(stored, response)
    return response


def _claim(caller: str, key: str, fingerprint: str) -> tuple[StoredAnswer, bool]:
    # An answer that is too old is none, whether or not the nightly sweep has been here.
    expired_answers().filter(caller=caller, key=key).delete()
    try:
        with transaction.atomic():
            return StoredAnswer.objects.create(caller=caller, key=key, fingerprint=fingerprint), True
    except IntegrityError:
        return StoredAnswer.objects.get(caller=caller, key=key), False


def _keep(stored: StoredAnswer, response: Response) -> None:
    stored.status = response.status_code
    stored.headers = {name: value for name, value in response.items() if name != "Content-Type"}
    stored.body = WireRenderer().render(response.data).decode()
    stored.save(update_fields=["status", "headers", "body"])


def _repeated(stored: StoredAnswer, fingerprint: str) -> HttpResponse:
    if stored.fingerprint != fingerprint:
        raise KeyReused("Use a new key for a new request.")
    return HttpResponse(
        stored.body,
        status=stored.status,
        content_type="application/json",
        headers={**stored.headers, "Idempotency-Replayed": "true"},
    )


def _fingerprint(request: Request) -> str:
    said = _form(request.data) if isinstance(request.data, QueryDict) else request.data
    asked = json.dumps([request.method, request.get_full_path(), said], sort_keys=True)
    return hashlib.sha256(asked.encode()).hexdigest()


def _form(data: QueryDict) -> list[Any]:
    """Return a form as JSON values: a file by its name and the hash of what is in it."""
    return [[name, [_form_value(value) for value in values]] for name, values in sorted(data.lists())]


def _form_value(value: Any) -> Any:
    if not isinstance(value, UploadedFile):
        return value
    content = hashlib.sha256()
    for chunk in value.chunks():
        content.update(chunk)
    value.seek(0)
    return [value.name, content.hexdigest()]
