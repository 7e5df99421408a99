"""Asking for a new password, with a limit on how often."""

from __future__ import annotations

import hashlib

from django.core.cache import cache

from cdp.errors import DomainError
from cdp.operations.queue_mail import queue_password_reset

WINDOW_SECONDS = 60 * 60
PER_ADDRESS = 20  # requests of one network address in a window, for whomever
PER_EMAIL = 3  # mails to one person in a window; further requests look the same and send nothing


class TooManyRequests(DomainError):
    """The same place has asked too often."""

    status = 429
    slug = "too-many-requests"
    title = "Too many requests"


def request_password_reset(*, email: str, site_url: str, client_address: str) -> None:
    """Mail a link to set a new password, if there is such a person; nothing tells whether there is.

    Raises TooManyRequests after PER_ADDRESS requests from one network address in an hour.
    """
    if _count("address", client_address) > PER_ADDRESS:
        raise TooManyRequests("Too many password resets were asked for from here. Try again in an hour.")
    email = email.strip().lower()
    if _count("email", email) <= PER_EMAIL:
        queue_password_reset(email, site_url)


def _count(kind: str, value: str) -> int:
    # The key is a digest: an address is personal data, and may hold characters a cache key may not.
    key = f"password-reset:{kind}:{hashlib.sha256(value.encode()).hexdigest()}"
    if cache.add(key, 1, WINDOW_SECONDS):
        return 1
    try:
        return int(cache.incr(key))
    except ValueError:  # the window ended between the two calls
        return 1
