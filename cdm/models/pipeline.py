"""Deals on their way, what is to be done, and what was put in writing."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cdm.choices import BillingStatus, DealStage, QuotationStatus, TaskKind
from cdm.models.columns import member, no_money, one_of, text
from cdp.tenancy.models import DomainModel, TenantForeignKey


class Deal(DomainModel):
    """One sale that is being worked on."""

    profile = TenantForeignKey(
        "profiles.Profile", models.CASCADE, verbose_name=_("customer"), related_name="deals", db_index=False
    )
    title = models.CharField(_("title"), max_length=255)
    stage = models.CharField(_("stage"), max_length=12, choices=DealStage.choices, default=DealStage.NEW)
    amount = no_money(_("amount"))
    currency = models.CharField(_("currency"), max_length=3)
    expected_on = models.DateField(_("expected"), null=True, blank=True)
    owner = member(_("owner"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    lost_reason = text(_("why it was lost"), 255)
    notes = models.TextField(_("notes"), blank=True, default="")

    class Meta(DomainModel.Meta):
        db_table = "deals"
        ordering = ["-created_at", "-id"]
        verbose_name = _("deal")
        verbose_name_plural = _("deals")
        indexes = [
            models.Index(fields=["tenant", "profile", "-created_at", "-id"], name="deals_by_customer"),
            models.Index(fields=["tenant", "-created_at", "-id"], name="deals_by_time"),
            models.Index(fields=["tenant", "stage", "expected_on", "id"], name="deals_by_stage"),
            models.Index(
                fields=["tenant", "owner", "expected_on"],
                condition=Q(closed_at__isnull=True),
                name="deals_open_by_owner",
            ),
        ]
        constraints = [
            one_of("stage", DealStage.values, "deals_stage_is_known"),
            models.CheckConstraint(condition=~Q(title=""), name="deals_have_a_title"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="deals_amount_counts"),
            models.CheckConstraint(
                condition=Q(stage__in=["won", "lost"], closed_at__isnull=False)
                | (~Q(stage__in=["won", "lost"]) & Q(closed_at__isnull=True)),
                name="deals_closed_when_won_or_lost",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ActivityTask(DomainModel):
    """One thing somebody means to do, usually for a customer, until it is done."""

    profile = TenantForeignKey(
        "profiles.Profile",
        models.CASCADE,
        verbose_name=_("customer"),
        null=True,
        blank=True,
        related_name="tasks",
        db_index=False,
    )
    deal = TenantForeignKey(
        Deal, models.SET_NULL, verbose_name=_("deal"), null=True, blank=True, related_name="tasks"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=TaskKind.choices, default=TaskKind.TO_DO)
    title = models.CharField(_("title"), max_length=255)
    notes = models.TextField(_("notes"), blank=True, default="")
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    owner = member(_("owner"))
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    # What made it, once: "interaction:<id>", "birthday:<id>:<year>", "rule:<id>:<id>". None: a person.
    origin = models.CharField(_("made by"), max_length=160, null=True, blank=True)  # noqa: DJ001

    class Meta(DomainModel.Meta):
        db_table = "activity_tasks"
        ordering = ["due_at", "id"]
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        indexes = [
            models.Index(fields=["tenant", "profile", "due_at"], name="tasks_by_customer"),
            models.Index(fields=["tenant", "due_at", "id"], name="tasks_by_day"),
            models.Index(
                fields=["tenant", "owner", "due_at"], condition=Q(done_at__isnull=True), name="tasks_open"
            ),
            models.Index(
                fields=["tenant", "owner", "done_at"], condition=Q(done_at__isnull=False), name="tasks_done"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "origin"], name="tasks_once_per_origin"),
            one_of("kind", TaskKind.values, "tasks_kind_is_known"),
            models.CheckConstraint(condition=~Q(title=""), name="tasks_have_a_title"),
        ]

    def __str__(self) -> str:
        return self.title


class Quotation(DomainModel):
    """One offer in writing to a customer."""

    profile = TenantForeignKey(
        "profiles.Profile",
        models.CASCADE,
        verbose_name=_("customer"),
        related_name="quotations",
        db_index=False,
    )
    deal = TenantForeignKey(
        Deal, models.SET_NULL, verbose_name=_("deal"), null=True, blank=True, related_name="quotations"
    )
    number = models.CharField(_("number"), max_length=120)
    status = models.CharField(
        _("status"), max_length=10, choices=QuotationStatus.choices, default=QuotationStatus.DRAFT
    )
    total = no_money(_("total"))
    currency = models.CharField(_("currency"), max_length=3)
    issued_on = models.DateField(_("issued"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    notes = models.TextField(_("notes"), blank=True, default="")

    class Meta(DomainModel.Meta):
        db_table = "quotations"
        ordering = ["-created_at", "-id"]
        verbose_name = _("quotation")
        verbose_name_plural = _("quotations")
        indexes = [
            models.Index(fields=["tenant", "profile", "-created_at", "-id"], name="quotations_by_customer"),
            models.Index(fields=["tenant", "-created_at", "-id"], name="quotations_by_time"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "number"],
                name="quotations_number_unique",
                violation_error_message=_("There is already a quotation of this number."),
            ),
            one_of("status", QuotationStatus.values, "quotations_status_is_known"),
            models.CheckConstraint(condition=~Q(number=""), name="quotations_have_a_number"),
            models.CheckConstraint(condition=Q(total__gte=0), name="quotations_total_counts"),
        ]

    def __str__(self) -> str:
        return self.number


class Billing(DomainModel):
    """One invoice to a customer, open until it is paid or void."""

    profile = TenantForeignKey(
        "profiles.Profile",
        models.CASCADE,
        verbose_name=_("customer"),
        related_name="billings",
        db_index=False,
    )
    order = TenantForeignKey(
        "cdm.Order", models.SET_NULL, verbose_name=_("order"), null=True, blank=True, related_name="billings"
    )
    quotation = TenantForeignKey(
        Quotation,
        models.SET_NULL,
        verbose_name=_("quotation"),
        null=True,
        blank=True,
        related_name="billings",
    )
    number = models.CharField(_("number"), max_length=120)
    status = models.CharField(
        _("status"), max_length=10, choices=BillingStatus.choices, default=BillingStatus.OPEN
    )
    amount = no_money(_("amount"))
    currency = models.CharField(_("currency"), max_length=3)
    issued_on = models.DateField(_("issued"), null=True, blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    paid_at = models.DateTimeField(_("paid"), null=True, blank=True)

    class Meta(DomainModel.Meta):
        db_table = "billings"
        ordering = ["-created_at", "-id"]
        verbose_name = _("invoice")
        verbose_name_plural = _("invoices")
        indexes = [
            models.Index(fields=["tenant", "profile", "-created_at", "-id"], name="billings_by_customer"),
            models.Index(fields=["tenant", "-created_at", "-id"], name="billings_by_time"),
            models.Index(
                fields=["tenant", "due_on"], condition=Q(status="open"), name="billings_open_by_day"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "number"],
                name="billings_number_unique",
                violation_error_message=_("There is already an invoice of this number."),
            ),
            one_of("status", BillingStatus.values, "billings_status_is_known"),
            models.CheckConstraint(condition=~Q(number=""), name="billings_have_a_number"),
            models.CheckConstraint(
                condition=Q(status="paid", paid_at__isnull=False)
                | (~Q(status="paid") & Q(paid_at__isnull=True)),
                name="billings_paid_says_when",
            ),
        ]

    def __str__(self) -> str:
        return self.number
