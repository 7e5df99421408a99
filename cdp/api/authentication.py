"""API keys and sessions; both end with a tenant active for the rest of the request."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone
from rest_framework import authentication, exceptions
from rest_framework.request import Request

from cdp.api.caller import Caller
from cdp.models import ApiKey, Tenant
from cdp.models.api_key import hash_key
from cdp.tenancy.context import activate, tenant_context
from cdp.tenancy.middleware import memberships_of

TENANT_HEADER = "x-tenant-id"
# A key's last use is told to the minute: one write a minute, however busy the key is.
LAST_USED_PRECISION = timedelta(minutes=1)


class ApiKeyAuthentication(authentication.BaseAuthentication):
    """``Authorization: Bearer cdp_…`` or ``X-API-Key: cdp_…``."""

    def authenticate(self, request: Request) -> tuple[AnonymousUser, Caller] | None:
        secret = _secret(request)
        if secret is None:
            return None
        key = _find(secret)
        if key is None:
            raise exceptions.AuthenticationFailed("This API key is unknown, expired or revoked.")
        tenant = _named(request, [key.tenant]) or key.tenant
        _touch(key)
        return AnonymousUser(), _enter(request, Caller(key.actor, tenant, key.codes))

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'


class SessionAuthentication(authentication.SessionAuthentication):
    """A logged-in person; ``x-tenant-id`` chooses among their tenants."""

    def authenticate(self, request: Request) -> tuple[Any, Caller] | None:
        found = super().authenticate(request)
        if found is None:
            return None
        memberships = memberships_of(request._request)
        tenant = _named(request, [membership.tenant for membership in memberships])
        active = getattr(request._request, "membership", None)
        for membership in memberships:
            if membership.tenant == tenant or (tenant is None and membership == active):
                caller = Caller(membership.user.actor, membership.tenant, membership.codes)
                return found[0], _enter(request, caller)
        raise exceptions.PermissionDenied("You are not a member of any company.")

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'


# Keys by their hash, each with the versions of its row and its tenant's it was read at. A guess only: every
# request asks whether the key still opens and both rows are what they were, which takes a fraction of reading
# them again; and asks inside the tenant, which spares the connection two changes of its tenant.
_known: dict[str, tuple[tuple[str, ...], ApiKey]] = {}
MOST_KNOWN = 10_000
_VERSIONS = """
SELECT k.ctid::text, k.xmin::text, t.ctid::text, t.xmin::text
  FROM api_keys AS k JOIN tenants AS t ON t.id = k.tenant_id
 WHERE k.key_hash = %s AND k.revoked_at IS NULL AND t.is_active
   AND (k.expires_at IS NULL OR k.expires_at > %s)
"""
# Only a row that is still what was read: what somebody changes meanwhile is read before the next note.
_TOUCH = """
UPDATE api_keys SET last_used_at = %s WHERE id = %s AND ctid::text = %s AND xmin::text = %s
RETURNING ctid::text, xmin::text
"""


def _find(secret: str) -> ApiKey | None:
    hashed = hash_key(secret)
    versions, key = _known.get(hashed, ((), None))
    with tenant_context(key.tenant_id if key else None), connection.cursor() as cursor:
        cursor.execute(_VERSIONS, [hashed, timezone.now()])
        found = cursor.fetchone()
        if found is None or found == versions:
            return key if found else None
        key = ApiKey.objects.usable().filter(key_hash=hashed).select_related("tenant").first()
    if key is not None:
        if len(_known) >= MOST_KNOWN:
            _known.clear()
        _known[hashed] = (found, key)
    return key


def _secret(request: Request) -> str | None:
    scheme, _, value = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    if scheme:
        raise exceptions.AuthenticationFailed("Use the scheme Bearer with an API key.")
    return request.headers.get("X-API-Key")


def _named(request: Request, tenants: Iterable[Tenant]) -> Tenant | None:
    """Return the tenant the header names, by id or slug; the caller must belong to it."""
    wanted = request.headers.get(TENANT_HEADER)
    if wanted is None:
        return None
    for tenant in tenants:
        if wanted in {str(tenant.pk), tenant.slug}:
            return tenant
    raise exceptions.PermissionDenied(f"{TENANT_HEADER} does not name one of your tenants.")


def _enter(request: Request, caller: Caller) -> Caller:
    activate(caller.tenant.pk)
    timezone.activate(caller.tenant.time_zone)
    http_request: HttpRequest = request._request
    http_request.log_tenant_id = caller.tenant.pk  # type: ignore[attr-defined]
    return caller


def _touch(key: ApiKey) -> None:
    now = timezone.now()
    if key.last_used_at is not None and now - key.last_used_at <= LAST_USED_PRECISION:
        return
    versions, known = _known.get(key.key_hash, (("", ""), None))
    with connection.cursor() as cursor:
        cursor.execute(_TOUCH, [now, key.pk, *versions[:2]])
        touched = cursor.fetchone()
    if touched and known is key:
        key.last_used_at = now
        _known[key.key_hash] = ((*touched, *versions[2:]), key)
