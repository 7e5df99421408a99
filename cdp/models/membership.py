"""Who works in which tenant."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cdp.choices import Role
from cdp.ids import uuid7
from cdp.permissions import codes_of


class Membership(models.Model):
    """A person's role in one tenant; until they have joined, an invitation to take it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    tenant = models.ForeignKey("cdp.Tenant", on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices, default=Role.AGENT)
    is_active = models.BooleanField(_("active"), default=True)
    # Set while an invitation waits for an answer; who was known elsewhere is not made a member unasked.
    invited_at = models.DateTimeField(_("invited"), null=True, blank=True, editable=False)
    joined_at = models.DateTimeField(_("joined"), null=True, blank=True, editable=False, default=timezone.now)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        db_table = "memberships"
        ordering = ["tenant__name", "user__email"]
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "user"], name="memberships_one_per_tenant_and_user"),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="memberships_role_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(is_active=False)
                | models.Q(joined_at__isnull=False, invited_at__isnull=True),
                name="memberships_active_ones_have_joined",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shown_name} ({self.get_role_display()})"

    @property
    def is_invited(self) -> bool:
        """Tell whether an invitation waits for an answer."""
        return self.invited_at is not None

    @property
    def shown_name(self) -> str:
        """Return what the company may know of the person: nothing but the address until they have joined."""
        return str(self.user) if self.joined_at else self.user.email

    @property
    def codes(self) -> frozenset[str]:
        """Return what this person may do here."""
        return codes_of(self.role)
