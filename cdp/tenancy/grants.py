"""What the runtime role and the platform's reader may do with each relation."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings

from cdp.tenancy.catalog import PUBLIC, Catalog
from cdp.tenancy.expected import Expected

READ = frozenset({"SELECT"})
WRITE = frozenset({"SELECT", "INSERT", "UPDATE", "DELETE"})
APPEND = frozenset({"SELECT", "INSERT"})
SEQUENCE = frozenset({"USAGE", "SELECT"})
NOTHING: frozenset[str] = frozenset()
# ANALYZE after a bulk load needs MAINTAIN, which came with this version.
FIRST_WITH_MAINTAIN = 170000
# Only the owner records migrations.
READ_ONLY = {"django_migrations"}


def statements(catalog: Catalog, want: Expected) -> Iterator[str]:
    """Yield what turns the grants there are into those there should be."""
    runtime, platform = settings.DATABASE_RUNTIME_ROLE, settings.DATABASE_PLATFORM_ROLE
    for role in sorted(catalog.creators & {PUBLIC, runtime, platform}):
        yield f"REVOKE CREATE ON SCHEMA public FROM {_role(role)}"
    for name, kind in sorted(catalog.kinds.items()):
        yield from _difference(catalog, name, kind, PUBLIC, NOTHING)
        yield from _difference(catalog, name, kind, runtime, _of_runtime(catalog, want, name))
        yield from _difference(catalog, name, kind, platform, NOTHING if kind == "S" else READ)


def _of_runtime(catalog: Catalog, want: Expected, name: str) -> frozenset[str]:
    kind = catalog.kinds[name]
    if kind == "S":
        return SEQUENCE
    if kind in "vm" or name in READ_ONLY:
        return READ
    maintain = {"MAINTAIN"} if catalog.server >= FIRST_WITH_MAINTAIN else NOTHING
    return (APPEND if name in want.append_only else WRITE) | maintain


def _difference(catalog: Catalog, name: str, kind: str, role: str, wanted: frozenset[str]) -> Iterator[str]:
    granted = catalog.grants.get((name, role), NOTHING)
    relation = f'{"SEQUENCE" if kind == "S" else "TABLE"} "{name}"'
    if granted - wanted:
        yield f"REVOKE {', '.join(sorted(granted - wanted))} ON {relation} FROM {_role(role)}"
    if wanted - granted:
        yield f"GRANT {', '.join(sorted(wanted - granted))} ON {relation} TO {_role(role)}"


def _role(role: str) -> str:
    return "PUBLIC" if role == PUBLIC else f'"{role}"'
