"""Making a key for a program."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cdp import audit
from cdp.actors import Actor
from cdp.errors import Invalid
from cdp.models import ApiKey, Tenant
from cdp.operations.standing import standing_of
from cdp.permissions import MEMBER_WRITE, unknown_codes
from cdp.tenancy.context import tenant_context

LONGEST_NAME = 100


def issue_api_key(
    *, tenant: Tenant, by: Actor, name: str, scopes: Iterable[str], expires_at: datetime | None = None
) -> tuple[ApiKey, str]:
    """Make a key and return it with its secret, which cannot be read again.

    Raises Invalid, and Forbidden for a scope the issuer does not have.
    """
    wanted = sorted(set(scopes))
    _check(name, wanted, expires_at)
    with tenant_context(tenant), transaction.atomic():
        standing = standing_of(by, tenant)
        for code in (MEMBER_WRITE, *wanted):
            standing.require(code)
        key, secret = ApiKey.issue(tenant=tenant, name=name.strip(), scopes=wanted, by=by)
        if expires_at:
            key.expires_at = expires_at
            key.save(update_fields=["expires_at", "updated_at"])
        changes: dict[str, list[object]] = {
            "name": [None, key.name],
            "scopes": [None, wanted],
            "expires_at": [None, expires_at],
        }
        audit.record(verb="api_key.issue", obj=key, by=by, changes=changes)
    return key, secret


def _check(name: str, scopes: list[str], expires_at: datetime | None) -> None:
    fields: dict[str, list[str]] = {}
    if not name.strip() or len(name.strip()) > LONGEST_NAME or "\x00" in name:
        fields["name"] = [_("Give the key a name of up to 100 characters.")]
    if not scopes:
        fields["scopes"] = [_("Choose at least one scope.")]
    elif unknown := unknown_codes(scopes):
        fields["scopes"] = [_("There is no scope %(scope)s.") % {"scope": unknown[0]}]
    if expires_at and expires_at <= timezone.now():
        fields["expiresAt"] = [_("Choose a time in the future.")]
    if fields:
        raise Invalid(_("See errors for each field."), fields=fields)
