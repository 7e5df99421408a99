"""Taking back what one has just done, from the message that reports it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cdp.errors import DomainError
from cdp.permissions import PROFILE_READ
from cdp.registries import Registry
from cdp.views.pages import PageRequest, needs
from cdp.views.words import words_of

SALT = "cdp.undo"
PREFIX = "undo:"
GOOD_FOR = 60 * 60


@dataclass(frozen=True, slots=True)
class UndoVerb:
    """How one kind of act is taken back: who may, and the function that does it and says so.

    It says "" when it has reported by itself, with a button for what is left, and answers with a page of
    its own where the person has to be asked before anything is taken back.
    """

    code: str
    run: Callable[[PageRequest, Mapping[str, Any]], str | HttpResponse]


# Filled where the acts are: the modules of the pages.
undo_verbs: Registry[UndoVerb] = Registry()


def report(request: PageRequest, text: str, *, undo: str, data: Mapping[str, Any]) -> None:
    """Tell what was done, with a button that runs the undo verb on ``data`` (JSON values)."""
    messages.success(request, text, extra_tags=PREFIX + sign(request, undo, data))


def sign(request: PageRequest, undo: str, data: Mapping[str, Any]) -> str:
    """Return the token of a button that runs the undo verb."""
    signed = {
        "verb": undo,
        "tenant": str(request.membership.tenant_id),
        "user": str(request.membership.user_id),
        "data": dict(data),
    }
    return signing.dumps(signed, salt=SALT, compress=True)


def token_of(message: Message) -> str:
    """Return a message's undo token, or ""."""
    tags = message.extra_tags or ""
    return tags.removeprefix(PREFIX) if tags.startswith(PREFIX) else ""


@require_POST
@needs(PROFILE_READ)
def undo(request: PageRequest) -> HttpResponse:
    """Take back what the token names, once an hour has not passed."""
    try:
        signed = signing.loads(request.POST.get("token", ""), salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        messages.error(request, _("This can no longer be undone."))
        return back(request)
    membership = request.membership
    if (signed["tenant"], signed["user"]) != (str(membership.tenant_id), str(membership.user_id)):
        raise PermissionDenied
    verb = undo_verbs.get(signed["verb"])
    if verb is None or verb.code not in membership.codes:
        raise PermissionDenied
    try:
        said = verb.run(request, signed["data"])
    except DomainError as error:
        messages.error(request, words_of(error))
        return back(request)
    if isinstance(said, HttpResponse):
        return said
    if said:
        messages.success(request, said)
    return back(request)


def back(request: PageRequest, default: str = "/") -> HttpResponseRedirect:
    """Return to the page the form was sent from, if it is one of ours."""
    address = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(address, allowed_hosts=None, require_https=request.is_secure())
    return HttpResponseRedirect(address if is_ours else default)
