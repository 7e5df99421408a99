"""Tags of the shared layout."""

from __future__ import annotations

from urllib.parse import urlsplit

from django import template
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest

from cdp.sentences import translated
from cdp.views.undo import token_of

register = template.Library()
register.filter(translated)


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
