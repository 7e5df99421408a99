"""Keys programs call the API with."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cdp.actors import Actor
from cdp.choices import ActorKind
from cdp.ids import uuid7
from cdp.models.tenant import Tenant

PREFIX = "cdp_"


def hash_key(key: str) -> str:
    """Return the SHA-256 of a key: 256 random bits need no slow hash, and the look-up needs an index."""
    return hashlib.sha256(key.encode()).hexdigest()


class ApiKeyQuerySet(models.QuerySet["ApiKey"]):
    """Keys."""

    def usable(self) -> ApiKeyQuerySet:
        """Keep keys that are neither revoked nor expired, of active tenants."""
        unexpired = models.Q(expires_at=None) | models.Q(expires_at__gt=timezone.now())
        return self.filter(unexpired, revoked_at=None, tenant__is_active=True)

    def matching(self, key: str) -> ApiKeyQuerySet:
        """Keep the key whose secret is ``key``."""
        return self.filter(key_hash=hash_key(key))


class ApiKey(models.Model):
    """A program's way in: bound to one tenant and to scopes, shown once, stored hashed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    tenant = models.ForeignKey("cdp.Tenant", on_delete=models.CASCADE, related_name="api_keys")
    name = models.CharField(_("name"), max_length=100)
    prefix = models.CharField(_("starts with"), max_length=12, editable=False)
    key_hash = models.CharField(max_length=64, unique=True, editable=False)
    scopes = ArrayField(models.CharField(max_length=40), verbose_name=_("scopes"), default=list)
    last_used_at = models.DateTimeField(_("last used"), null=True, editable=False)
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    created_by = models.CharField(max_length=80, blank=True, default="", editable=False)

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        db_table = "api_keys"
        ordering = ["-created_at"]
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")
        indexes = [models.Index(fields=["tenant", "-created_at"], name="api_keys_by_tenant")]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    @classmethod
    def issue(
        cls, *, tenant: Tenant, name: str, scopes: Iterable[str], by: Actor, key: str | None = None
    ) -> tuple[ApiKey, str]:
        """Make a key; return it with its secret, which is never shown again."""
        secret = key or PREFIX + secrets.token_urlsafe(32)
        row = cls.objects.create(
            tenant=tenant,
            name=name,
            prefix=secret[:12],
            key_hash=hash_key(secret),
            scopes=sorted(scopes),
            created_by=str(by),
        )
        return row, secret

    @property
    def actor(self) -> Actor:
        """Return this key as the ``by`` of a verb."""
        return Actor(ActorKind.API_KEY, self.pk, self.name)

    @property
    def codes(self) -> frozenset[str]:
        """Return what this key may do."""
        return frozenset(self.scopes)
