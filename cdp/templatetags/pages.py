"""Tags of the shared layout."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django import template
from django.contrib.humanize.templatetags.humanize import naturaltime
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import ngettext

from cdp.sentences import translated
from cdp.views.undo import token_of

register = template.Library()
register.filter(translated)
RELATIVE_FOR = timedelta(days=14)


@register.filter
def undo_token(message: Message) -> str:
    """Return the token that takes back what the message reports, or ""."""
    return token_of(message)


@register.simple_tag
def seen_address(request: HttpRequest) -> str:
    """Return the address in the person's address bar, also while HTMX fetches a part."""
    htmx = getattr(request, "htmx", None)
    if htmx and htmx.current_url:
        seen = urlsplit(htmx.current_url)
        return f"{seen.path}?{seen.query}" if seen.query else seen.path
    return request.get_full_path()


@register.filter
def moment(at: datetime | None) -> str:
    """Return "3 hours ago" for two weeks, then the date."""
    if at is None:
        return ""
    age = timezone.now() - at
    if timedelta() <= age < RELATIVE_FOR:
        return str(naturaltime(at)) if age < timedelta(days=1) else _whole_days(at)
    return date_format(timezone.localtime(at), "DATE_FORMAT")


def _whole_days(at: datetime) -> str:
    # Django's own words for days are not translated into Thai and Bengali.
    days = (timezone.now() - at).days
    return ngettext("%(n)s day ago", "%(n)s days ago", days) % {"n": days}
