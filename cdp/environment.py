"""Typed readers of environment variables: a bad value stops the start with a sentence that names it."""

from __future__ import annotations

import os
from collections.abc import Collection
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from psycopg.pq import Conninfo

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off", ""}
SHORTEST_SECRET, FEWEST_CHARACTERS = 50, 5


def text(name: str, default: str | None = None) -> str:
    """Read a string; without a default the variable must be set and not empty."""
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        raise ImproperlyConfigured(f"Set {name}: it has no safe default.")
    return default


def secret(name: str) -> str:
    """Read a secret key: long, and of more than a few characters."""
    value = text(name)
    if len(value) < SHORTEST_SECRET or len(set(value)) < FEWEST_CHARACTERS:
        raise ImproperlyConfigured(
            f"{name} must have at least {SHORTEST_SECRET} characters, chosen at random."
        )
    return value


def flag(name: str, *, default: bool) -> bool:
    """Read a yes/no value."""
    raw = os.environ.get(name)
    if raw is None:
        return default
    value = raw.strip().lower()
    if value in _TRUE:
        return True
    if value in _FALSE:
        return False
    raise ImproperlyConfigured(f"{name} must be yes or no, not {raw!r}.")


def number(name: str, default: int, *, least: int = 0, most: int = 2**31 - 1) -> int:
    """Read an integer between ``least`` and ``most``."""
    raw = os.environ.get(name, "").strip()
    if not raw:
        return default
    try:
        value = int(raw)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {raw!r}.") from error
    if not least <= value <= most:
        raise ImproperlyConfigured(f"{name} must be between {least} and {most}, not {value}.")
    return value


def choice(name: str, default: str, choices: Collection[str]) -> str:
    """Read one of ``choices``, in upper or lower case."""
    value = text(name, default).upper()
    if value not in choices:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(sorted(choices))}, not {value!r}.")
    return value


def names(name: str, default: str = "") -> list[str]:
    """Read a comma-separated list."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def hosts(name: str) -> list[str]:
    """Read the host names the product is reached under; all of them at once is no answer."""
    found = names(name)
    if not found or "*" in found:
        raise ImproperlyConfigured(f"Set {name} to the host names the product is reached under.")
    return found


def redis_url(name: str) -> str:
    """Read the address of the queue."""
    value = text(name)
    if urlsplit(value).scheme not in {"redis", "rediss", "unix"}:
        raise ImproperlyConfigured(f"{name} must start with redis:// or rediss://")
    return value


def database(name: str, url: str) -> dict[str, object]:
    """Turn the postgresql:// URL of variable ``name`` into Django's settings.

    Query parameters become connection options; ``host`` may name the directory of a Unix socket.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(f"{name} must start with postgresql://")
    options: dict[str, object] = dict(parse_qsl(parts.query))
    host = str(options.pop("host", "") or unquote(parts.hostname or ""))
    found = {"NAME": unquote(parts.path.lstrip("/")), "USER": unquote(parts.username or "")}
    if not all(found.values()):
        raise ImproperlyConfigured(f"{name} must name a user and a database: postgresql://user@host/database")
    unknown = sorted(set(options) - {item.keyword.decode() for item in Conninfo.get_defaults()})
    if unknown:
        raise ImproperlyConfigured(f"{name} has options PostgreSQL does not know: {', '.join(unknown)}.")
    return {
        **found,
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(options.pop("port", "") or _port(name, url)),
        "OPTIONS": options,
    }


def _port(name: str, url: str) -> str:
    try:
        return str(urlsplit(url).port or "")
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} has a port that is no number.") from error
