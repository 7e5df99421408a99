"""Deals, and what was put in writing."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, RangeDateFilter

from cdm.admin.base import OwnerFilter, RecordAdmin
from cdm.models import Billing, Deal, Quotation
from cdm.operations.issue_billing import issue_billing, update_billing
from cdm.operations.issue_quotation import issue_quotation, update_quotation
from cdm.operations.open_deal import open_deal, update_deal
from cdm.records.pipeline import (
    BillingChange,
    BillingRecord,
    DealChange,
    DealRecord,
    QuotationChange,
    QuotationRecord,
)
from cdp.adminsite.permissions import Codes
from cdp.permissions import PROFILE_READ, PROFILE_WRITE

KEPT = Codes(view=PROFILE_READ, add=PROFILE_WRITE, change=PROFILE_WRITE)


@admin.register(Deal)
class DealAdmin(RecordAdmin):
    """Sales that are being worked on."""

    codes = KEPT
    new_record, change_record = DealRecord, DealChange
    list_display = ["title", "profile", "stage", "amount", "currency", "expected_on", "owner"]
    list_filter = [
        ("stage", ChoicesDropdownFilter),
        OwnerFilter,
        ("profile", AutocompleteSelectFilter),
        ("expected_on", RangeDateFilter),
    ]
    ordering = ["-id"]
    prefetched = ("profile", "owner__user")
    autocomplete_fields = ["profile"]
    fields = [
        *("profile", "title", "stage", "amount", "currency", "expected_on", "owner", "lost_reason", "notes"),
        "closed_at",
    ]
    readonly_fields = ("closed_at",)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any) -> Any:
        form = super().get_form(request, obj, change=change, **options)
        return optional(form, "currency")

    def add_row(self, request: HttpRequest, form: Any) -> Deal:
        return open_deal(
            tenant=self.tenant(request),
            by=self.actor(request),
            profile_id=form.cleaned_data["profile"].pk,
            record=self.said(request, form, DealRecord),
        )

    def change_row(self, request: HttpRequest, obj: Deal, form: Any) -> Deal:
        record = self.said(request, form, DealChange)
        return update_deal(tenant=self.tenant(request), by=self.actor(request), deal_id=obj.pk, record=record)


@admin.register(Quotation)
class QuotationAdmin(RecordAdmin):
    """Offers in writing."""

    codes = KEPT
    new_record, change_record = QuotationRecord, QuotationChange
    found_by = "number"
    search_help_text = _("The whole number, or name, e-mail or phone of the customer")
    list_display = ["number", "profile", "status", "total", "currency", "issued_on", "valid_until"]
    list_filter = [("status", ChoicesDropdownFilter), ("profile", AutocompleteSelectFilter)]
    ordering = ["-id"]
    prefetched = ("profile", "deal")
    autocomplete_fields = ["profile", "deal"]
    fields = [
        *("profile", "number", "status", "total", "currency", "issued_on", "valid_until", "deal", "notes"),
    ]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any) -> Any:
        form = super().get_form(request, obj, change=change, **options)
        return optional(form, "currency")

    def add_row(self, request: HttpRequest, form: Any) -> Quotation:
        return issue_quotation(
            tenant=self.tenant(request),
            by=self.actor(request),
            profile_id=form.cleaned_data["profile"].pk,
            record=self.said(request, form, QuotationRecord),
        )

    def change_row(self, request: HttpRequest, obj: Quotation, form: Any) -> Quotation:
        return update_quotation(
            tenant=self.tenant(request),
            by=self.actor(request),
            quotation_id=obj.pk,
            record=self.said(request, form, QuotationChange),
        )


@admin.register(Billing)
class BillingAdmin(RecordAdmin):
    """Invoices."""

    codes = KEPT
    new_record, change_record = BillingRecord, BillingChange
    names = {"quotation": "quotation_id"}
    found_by = "number"
    search_help_text = _("The whole number, or name, e-mail or phone of the customer")
    list_display = ["number", "profile", "status", "amount", "currency", "issued_on", "due_on", "paid_at"]
    list_filter = [("status", ChoicesDropdownFilter), ("profile", AutocompleteSelectFilter)]
    ordering = ["-id"]
    prefetched = ("profile",)
    autocomplete_fields = ["profile", "quotation"]
    fields = [
        *("profile", "number", "status", "amount", "currency", "issued_on", "due_on", "paid_at"),
        *("quotation", "order"),
    ]
    readonly_fields = ("order",)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any) -> Any:
        form = super().get_form(request, obj, change=change, **options)
        return optional(form, "currency")

    def add_row(self, request: HttpRequest, form: Any) -> Billing:
        return issue_billing(
            tenant=self.tenant(request),
            by=self.actor(request),
            profile_id=form.cleaned_data["profile"].pk,
            record=self.said(request, form, BillingRecord),
        )

    def change_row(self, request: HttpRequest, obj: Billing, form: Any) -> Billing:
        return update_billing(
            tenant=self.tenant(request),
            by=self.actor(request),
            billing_id=obj.pk,
            record=self.said(request, form, BillingChange),
        )


def optional(form: Any, *names: str) -> Any:
    """Let fields be left empty whose columns have a value in any case: the company's own."""
    for name in names:
        if name in form.base_fields:
            form.base_fields[name].required = False
    return form
