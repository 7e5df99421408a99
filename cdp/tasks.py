"""Entry points of the platform's own background work."""

from __future__ import annotations

import uuid

from celery import shared_task

from cdp.celery import PlatformTask
from cdp.operations import forget_answers, know_tenants, mail_password_link
from cdp.operations.queue_mail import INVITATION_TASK, PASSWORD_RESET_TASK


@shared_task(base=PlatformTask, name=PASSWORD_RESET_TASK)
def mail_password_reset(*, email: str, site_url: str, language: str) -> None:
    """Mail a link to set a new password."""
    mail_password_link.mail_password_reset(email=email, site_url=site_url, language=language)


@shared_task(base=PlatformTask, name=INVITATION_TASK)
def mail_invitation(*, member_id: str, site_url: str, language: str) -> None:
    """Mail a new member where to log in."""
    mail_password_link.mail_invitation(member_id=uuid.UUID(member_id), site_url=site_url, language=language)


@shared_task(base=PlatformTask, name="cdp.tasks.forget_old_answers")
def forget_old_answers() -> None:
    """Delete the answers kept for repeated requests when they are a day old (every night)."""
    forget_answers.forget_answers()


@shared_task(base=PlatformTask, name="cdp.tasks.know_tenants")
def tell_planner_of_tenants() -> None:
    """Tell the planner of tenants that have come or grown (every ten minutes)."""
    know_tenants.know_tenants()
