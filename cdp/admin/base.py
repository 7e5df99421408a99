"""The bases of every model admin: permission codes, cheap lists, verbs instead of saves."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.contrib.admin import ShowFacets
from django.core.exceptions import FieldDoesNotExist, PermissionDenied, ValidationError
from django.core.paginator import Page, Paginator
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from unfold.admin import ModelAdmin

from cdp.actors import Actor
from cdp.admin.change_list import CrmChangeList
from cdp.admin.lookups import filter_lookups
from cdp.admin.paginator import CappedPaginator, OfferPaginator
from cdp.admin.refusal import RefusalMixin
from cdp.adminsite.history import Line, line_of
from cdp.adminsite.permissions import Codes, is_platform, may, membership_of
from cdp.errors import DomainError
from cdp.forms.refusal import RefusalForm
from cdp.models import AuditEntry, Tenant
from cdp.permissions import AUDIT_READ

HISTORY_PER_PAGE = 50


class CrmModelAdmin(RefusalMixin, ModelAdmin):  # type: ignore[misc]
    """What every list and form of the admin shares; nothing is saved but through a verb."""

    form: type[forms.ModelForm[Any]] = RefusalForm
    paginator: type[Paginator[Any]] = CappedPaginator
    show_full_result_count = False
    list_per_page = 25
    list_max_show_all = 0
    date_hierarchy = None
    show_facets = ShowFacets.NEVER  # they count the table once per choice of every filter
    view_on_site = False
    save_as = False
    warn_unsaved_form = True
    object_history_template = "admin/audit_history.html"

    def get_changelist(self, request: HttpRequest, **options: Any) -> type[CrmChangeList]:
        return CrmChangeList

    def get_paginator(
        self, request: HttpRequest, queryset: Any, per_page: int, *args: Any, **options: Any
    ) -> Paginator[Any]:
        match = request.resolver_match
        is_offer = match is not None and match.url_name == "autocomplete"
        kind = OfferPaginator if is_offer else self.paginator
        return kind(queryset, per_page, *args, **options)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        # Django lets any field of the model be looked up by any operator, regular expressions included.
        return lookup in filter_lookups(self, request)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        # An address may fill in the form; what is no value of a field would break the field's widget.
        given = super().get_changeform_initial_data(request)
        return {name: value for name, value in given.items() if self._is_value(name, value)}

    def _is_value(self, name: str, value: Any) -> bool:
        try:
            self.opts.get_field(name).to_python(value)
        except (FieldDoesNotExist, ValidationError):
            return False
        return True

    def response_action(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> HttpResponse | None:
        try:
            response: HttpResponse | None = super().response_action(request, queryset)
        except ValidationError:  # a primary key that is none
            self.message_user(request, _("Select rows of this list."), messages.ERROR)
        except DomainError as error:
            self.message_user(request, error.detail, messages.ERROR)
        else:
            return response
        return HttpResponseRedirect(request.get_full_path())

    def actor(self, request: HttpRequest) -> Actor:
        """Return who asks, as the ``by`` of a verb."""
        user = request.user
        if not user.is_authenticated:
            raise PermissionDenied
        return user.actor

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        saved = self.change_row(request, obj, form) if change else self.add_row(request, form)
        # The admin goes on with the form's own instance: it becomes what the verb has stored.
        obj.__dict__.update(saved.__dict__)

    def add_row(self, request: HttpRequest, form: Any) -> models.Model:
        """Call the verb that makes a row of the form's values; return the row."""
        raise PermissionDenied

    def change_row(self, request: HttpRequest, obj: Any, form: Any) -> models.Model:
        """Call the verb that changes ``obj`` to the form's values; return the row."""
        raise PermissionDenied

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        raise PermissionDenied

    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> None:
        raise PermissionDenied

    def history_entries(self, request: HttpRequest, obj: Any) -> models.QuerySet[AuditEntry]:
        """Return the audit entries of an object, the newest first."""
        return AuditEntry.objects.filter(object_id=obj.pk, object_type=self.opts.label_lower)

    def history_lines(self, obj: Any, page: Page[Any]) -> list[Line]:
        """Return what one page of audit entries says, and what else happened meanwhile."""
        return [line_of(entry, self.model) for entry in page]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        obj = self.get_object(request, object_id)
        if obj is None:
            response: HttpResponse = self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
            return response
        if not (self.has_view_permission(request, obj) and may(request, AUDIT_READ)):
            raise PermissionDenied
        page = CappedPaginator(self.history_entries(request, obj), HISTORY_PER_PAGE).get_page(
            request.GET.get("p")
        )
        context = {
            **self.admin_site.each_context(request),
            "title": _("History: %s") % obj,
            "subtitle": None,
            "lines": self.history_lines(obj, page),
            "page": page,
            "object": obj,
            "opts": self.opts,
            "preserved_filters": self.get_preserved_filters(request),
            **(extra_context or {}),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, self.object_history_template, context)


class TenantModelAdmin(CrmModelAdmin):
    """Rows of the active tenant; what a person may do follows from ``codes`` and their role."""

    codes: ClassVar[Codes]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        if membership_of(request) is None:
            raise PermissionDenied
        queryset: models.QuerySet[Any] = super().get_queryset(request)
        return queryset

    def tenant(self, request: HttpRequest) -> Tenant:
        """Return the tenant the person works in."""
        membership = membership_of(request)
        if membership is None:
            raise PermissionDenied
        return membership.tenant

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may(request, self.codes.view)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request, self.codes.view)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return may(request, self.codes.add)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request, self.codes.change)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request, self.codes.delete)

    # Django's own log is one table for all tenants and keeps names of rows: the audit trail stands for it.
    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> None:
        """Leave no entry."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> None:
        """Leave no entry."""

    def log_deletions(self, request: HttpRequest, queryset: Any) -> None:
        """Leave no entry."""


class CompanyModelAdmin(TenantModelAdmin):
    """Rows of tables without row security that name a tenant: filtered here, by hand."""

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        return super().get_queryset(request).filter(tenant=self.tenant(request))


class PlatformModelAdmin(CrmModelAdmin):
    """Tables of the platform itself: for superusers."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return is_platform(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_platform(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return is_platform(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_platform(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_platform(request)
