"""Rules admins write, and what they did."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cdm.models.columns import text
from cdp.tenancy.models import DomainModel, TenantForeignKey, TenantModel


class AutomationRule(DomainModel):
    """One rule of an admin: what is done about customers who are like this."""

    name = models.CharField(_("name"), max_length=120)
    is_active = models.BooleanField(_("active"), default=False)
    position = models.PositiveIntegerField(_("order"), default=0)
    # {"all": [{"field", "operator", "value"}]}, and {"offer", "boost", "task", "webhook"}.
    conditions = models.JSONField(_("conditions"), default=dict)
    actions = models.JSONField(_("actions"), default=dict)
    version = models.PositiveIntegerField(default=1, editable=False)
    # Taken away by a person: what it did stays told, and it can be brought back.
    removed_at = models.DateTimeField(_("removed"), null=True, blank=True, editable=False)

    class Meta(DomainModel.Meta):
        db_table = "automation_rules"
        ordering = ["position", "created_at", "id"]
        verbose_name = _("automation rule")
        verbose_name_plural = _("automation rules")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "name"],
                condition=Q(removed_at__isnull=True),
                name="automation_rules_name_unique",
                violation_error_message=_("There is already a rule of this name."),
            ),
            models.CheckConstraint(condition=~Q(name=""), name="automation_rules_have_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class RuleFiring(TenantModel):
    """One time a rule held for a customer, and what it did."""

    rule = TenantForeignKey(AutomationRule, models.CASCADE, related_name="firings", db_index=False)
    profile = TenantForeignKey(
        "profiles.Profile",
        models.CASCADE,
        verbose_name=_("customer"),
        related_name="rule_firings",
        db_index=False,
    )
    fired_at = models.DateTimeField(_("fired"))
    # While the conditions go on holding the rule has fired; it fires again after they did not.
    ended_at = models.DateTimeField(_("no longer held"), null=True, blank=True)
    actions = models.JSONField(_("what it did"), default=dict)
    # Where a program is told: pending, sent or failed, how often it was tried, and what went wrong.
    delivery = text(_("delivery"), 10)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    problem = text(_("problem"), 300)
    # When it is to be sent, or sent again.
    send_at = models.DateTimeField(_("next try"), null=True, blank=True)

    class Meta(TenantModel.Meta):
        db_table = "rule_firings"
        ordering = ["-fired_at", "-id"]
        verbose_name = _("firing of a rule")
        verbose_name_plural = _("firings of rules")
        indexes = [
            models.Index(fields=["tenant", "rule", "-fired_at", "-id"], name="rule_firings_by_rule"),
            models.Index(fields=["tenant", "profile", "-fired_at"], name="rule_firings_by_customer"),
            models.Index(
                fields=["tenant", "send_at"], condition=Q(delivery="pending"), name="rule_firings_to_send"
            ),
        ]
        constraints = [
            # It fires once while its conditions go on holding, whoever evaluates it and how often.
            models.UniqueConstraint(
                fields=["tenant", "rule", "profile"],
                condition=Q(ended_at__isnull=True),
                name="rule_firings_holding",
            ),
        ]

    def __str__(self) -> str:
        return str(self.fired_at)
