"""Mails with a link to set a password."""

from __future__ import annotations

import uuid

from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from cdp.models import Membership, User
from cdp.operations.answer_invitation import invitation_link


def password_link(user: User, site_url: str) -> str:
    """Return the address where the person sets a password: good once, for PASSWORD_RESET_TIMEOUT."""
    where = {
        "uidb64": urlsafe_base64_encode(force_bytes(user.pk)),
        "token": default_token_generator.make_token(user),
    }
    return site_url.rstrip("/") + reverse("password_reset_confirm", kwargs=where)


def mail_password_reset(*, email: str, site_url: str, language: str) -> None:
    """Mail the link to the person with this address; an address nobody has is let pass without a word."""
    user = User.objects.filter(email=email, is_active=True).first()
    if user is not None:
        _send(user, site_url, language, "password_reset", {})


def mail_invitation(*, member_id: uuid.UUID, site_url: str, language: str) -> None:
    """Tell a new member which company they have joined, and how to get in; or ask whether they want to."""
    member = Membership.objects.select_related("tenant", "user").get(pk=member_id)
    accept = invitation_link(member, site_url) if member.is_invited else ""
    _send(member.user, site_url, language, "invitation", {"tenant": member.tenant, "accept": accept})


def _send(user: User, site_url: str, language: str, kind: str, context: dict[str, object]) -> None:
    with translation.override(language):
        context = {
            **context,
            "person": user,
            "site_url": site_url,
            "link": password_link(user, site_url),
            "has_password": user.has_usable_password(),
        }
        subject = render_to_string(f"cdp/mail/{kind}_subject.txt", context)
        body = render_to_string(f"cdp/mail/{kind}.txt", context)
    send_mail("".join(subject.splitlines()), body, None, [user.email])
