"""Asking the worker to send a mail: the answer takes the same time whether or not the address is known."""

from __future__ import annotations

from celery import current_app
from django.db import transaction
from django.utils.translation import get_language

from cdp.models import Membership

PASSWORD_RESET_TASK = "cdp.tasks.mail_password_reset"  # noqa: S105 (a task's name)
INVITATION_TASK = "cdp.tasks.mail_invitation"


def queue_password_reset(email: str, site_url: str) -> None:
    """Queue the mail with a link to set a new password, if the address is somebody's."""
    arguments = {"email": email, "site_url": site_url, "language": get_language() or "en"}
    current_app.send_task(PASSWORD_RESET_TASK, kwargs=arguments)


def queue_invitation(member: Membership, site_url: str) -> None:
    """Queue the mail that tells a new member where to log in, once the membership is committed."""
    arguments = {"member_id": str(member.pk), "site_url": site_url, "language": get_language() or "en"}
    transaction.on_commit(lambda: current_app.send_task(INVITATION_TASK, kwargs=arguments))
