"""Where people find this installation, for mails that no request leads to."""

from __future__ import annotations

from django.conf import settings


def site_address() -> str:
    """Return the address of the site by the first host it answers to."""
    host = next((host for host in settings.ALLOWED_HOSTS if not host.startswith((".", "*"))), "localhost")
    return f"https://{host}" if settings.HTTPS else f"http://{host}:8000"
