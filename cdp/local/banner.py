"""What a person needs to know once everything runs: the address and the demo log-ins."""

import os
from collections.abc import Iterator

from cdp import demo
from cdp.local.errors import LocalError

HIGHEST_PORT = 65535


def port() -> int:
    """The web server's port, from PORT. Raises LocalError for anything but a port number."""
    text = os.environ.get("PORT") or "8000"
    if not text.isascii() or not text.isdecimal() or not 0 < int(text) <= HIGHEST_PORT:
        raise LocalError(f"PORT must be a number from 1 to {HIGHEST_PORT}, not {text!r}.")
    return int(text)


def lines() -> Iterator[str]:
    """The lines to print when the product is ready."""
    yield ""
    yield f"  Ready: http://127.0.0.1:{port()}/"
    yield f"  API:   http://127.0.0.1:{port()}/api/docs"
    yield f"  Log in as {demo.OWNER_EMAIL}  (owner of {demo.TENANT_SLUG})"
    yield f"         or {demo.AGENT_EMAIL}  (agent in {demo.TENANT_SLUG})"
    yield f"         or {demo.SECOND_EMAIL}  (owner of {demo.SECOND_TENANT_SLUG})"
    yield f"  Password of each: {demo.PASSWORD}"
    yield f"  Demo API key:     {demo.API_KEY}"
    yield "  Ctrl-C stops everything; nothing is lost."
    yield ""
