"""Which tenant the running code acts for."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol, TypeVar

T = TypeVar("T")
_active: ContextVar[uuid.UUID | None] = ContextVar("active_tenant", default=None)
_is_framed: ContextVar[bool] = ContextVar("is_inside_tenant_context", default=False)


class HasTenantId(Protocol):
    """Anything that is a tenant: its primary key is all that is needed."""

    @property
    def pk(self) -> uuid.UUID: ...


class NoActiveTenant(RuntimeError):
    """Tenant data was asked for while no tenant was active: a programming error, never a user's."""

    def __init__(self) -> None:
        super().__init__("no tenant is active: wrap the code in cdp.tenancy.context.tenant_context(tenant)")


def active_tenant_id() -> uuid.UUID | None:
    """Return the active tenant's id, or None."""
    return _active.get()


def require_tenant_id() -> uuid.UUID:
    """Return the active tenant's id; raise NoActiveTenant when there is none."""
    tenant_id = _active.get()
    if tenant_id is None:
        raise NoActiveTenant
    return tenant_id


@contextmanager
def tenant_context(tenant: HasTenantId | uuid.UUID | str | None) -> Iterator[None]:
    """Make ``tenant`` (a Tenant or its id) the active one; None means none.

    Never ``yield`` to a caller from inside this block: the caller would run under this tenant.
    """
    token, frame = _active.set(_as_id(tenant)), _is_framed.set(True)
    try:
        yield
    finally:
        _active.reset(token)
        _is_framed.reset(frame)


def each_within(tenant: HasTenantId | uuid.UUID | str | None, steps: Iterable[T]) -> Iterator[T]:
    """Take every step of ``steps`` inside the tenant, and hand it on outside: for streamed answers."""
    remaining = iter(steps)
    while True:
        with tenant_context(tenant):
            try:
                step = next(remaining)
            except StopIteration:
                return
        yield step


def activate(tenant_id: uuid.UUID) -> None:
    """Change the tenant for the rest of the enclosing ``tenant_context``.

    For the API's authentication only: it learns the tenant inside a request the middleware has framed.
    Outside of one it raises, as nobody would ever take the tenant back.
    """
    if not _is_framed.get():
        raise RuntimeError("activate() needs a tenant_context around it, which ends what it begins")
    _active.set(tenant_id)


def _as_id(tenant: HasTenantId | uuid.UUID | str | None) -> uuid.UUID | None:
    if tenant is None or isinstance(tenant, uuid.UUID):
        return tenant
    if isinstance(tenant, str):
        return uuid.UUID(tenant)
    return tenant.pk
