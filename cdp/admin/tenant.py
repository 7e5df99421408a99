"""Companies: their own settings for each, all of them for the platform."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from cdp.admin.base import CrmModelAdmin
from cdp.adminsite.permissions import is_platform, may, membership_of
from cdp.forms.tenant import BLOCKED_KINDS, NewTenantForm, TenantForm
from cdp.models import Tenant
from cdp.operations.create_tenant import create_tenant
from cdp.operations.update_tenant import update_tenant
from cdp.permissions import SETTINGS_WRITE

_SETTINGS = ("name", "slug", "region", "time_zone", "currency", "is_active", "allowed_hosts")
_BLOCKED = tuple(f"blocked_{kind}" for kind in BLOCKED_KINDS)


@admin.register(Tenant)
class TenantAdmin(CrmModelAdmin):
    """A member with settings:write sees and changes their own tenant; superusers every one."""

    form = TenantForm
    list_display = ["name", "slug", "region", "time_zone", "currency", "is_active"]
    list_filter = ["is_active"]
    ordering = ["name"]
    sortable_by = ["name"]
    search_fields = ["name", "slug"]
    fieldsets = (
        (None, {"fields": _SETTINGS}),
        (_("Values that identify nobody"), {"fields": _BLOCKED, "classes": ["collapse"]}),
    )
    add_fieldsets = ((None, {"fields": ("name", "slug", "region", "time_zone", "currency", "owner_email")}),)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tenant]:
        queryset: QuerySet[Tenant] = super().get_queryset(request)
        if is_platform(request):
            return queryset
        membership = membership_of(request)
        if membership is None:
            raise PermissionDenied
        return queryset.filter(pk=membership.tenant_id)

    def _is_theirs(self, request: HttpRequest, obj: Tenant | None) -> bool:
        if is_platform(request):
            return True
        membership = membership_of(request)
        return may(request, SETTINGS_WRITE) and (
            obj is None or (membership is not None and obj.pk == membership.tenant_id)
        )

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._is_theirs(request, None)

    def has_view_permission(self, request: HttpRequest, obj: Tenant | None = None) -> bool:
        return self._is_theirs(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Tenant | None = None) -> bool:
        return self._is_theirs(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return is_platform(request)

    def has_delete_permission(self, request: HttpRequest, obj: Tenant | None = None) -> bool:
        return False

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        # Called as in the menu.
        context = {"title": _("Settings"), **(extra_context or {})}
        response: HttpResponse = super().change_view(request, object_id, form_url, context)
        return response

    def get_readonly_fields(self, request: HttpRequest, obj: Tenant | None = None) -> list[str]:
        return [] if is_platform(request) else ["slug", "is_active", "allowed_hosts"]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any) -> Any:
        if obj is None:
            options["form"] = NewTenantForm
        return super().get_form(request, obj, change, **options)

    def add_row(self, request: HttpRequest, form: Any) -> Tenant:
        values = form.cleaned_data
        names = ("name", "slug", "region", "time_zone", "currency")
        tenant = Tenant(**{name: values[name] for name in names})
        site_url = f"{request.scheme}://{request.get_host()}"
        create_tenant(
            by=self.actor(request), tenant=tenant, owner_email=values["owner_email"], site_url=site_url
        )
        return tenant

    def change_row(self, request: HttpRequest, obj: Tenant, form: Any) -> Tenant:
        settings = form.settings(is_platform=is_platform(request))
        return update_tenant(tenant=obj, by=self.actor(request), settings=settings)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> None:
        """Leave no entry: the verb writes the audit trail."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> None:
        """Leave no entry: the verb writes the audit trail."""
