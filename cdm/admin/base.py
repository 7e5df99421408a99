"""What the admins of the agent's working day share."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import DropdownFilter

from cdm.records.base import Said
from cdp.admin.base import TenantModelAdmin
from cdp.adminsite.permissions import Codes, membership_of
from cdp.models import Membership
from cdp.permissions import PROFILE_READ, PROFILE_WRITE
from profiles.models import Profile

CUSTOMERS_PER_SEARCH = 50
EDITABLE = Codes(view=PROFILE_READ, add=PROFILE_WRITE, change=PROFILE_WRITE, delete=PROFILE_WRITE)


class CustomerRowAdmin(TenantModelAdmin):
    """Rows of customers: found by the customer, read beside the rows instead of joined."""

    list_filter_submit = True
    sortable_by: list[str] = []
    search_fields: ClassVar[list[str]] = ["profile__search_text"]
    search_help_text = _("Name, e-mail or phone of the customer")
    # A column whose whole value finds a row, besides its customer.
    found_by: str = ""
    prefetched: tuple[str, ...] = ("profile",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        # Beside the rows: a join with customers would be made before the page is cut off.
        return super().get_queryset(request).prefetch_related(*self.prefetched)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        term = search_term.strip()
        if not term:
            return queryset, False
        customers = Profile.objects.matching(term).values_list("pk", flat=True)[:CUSTOMERS_PER_SEARCH]
        wanted = Q(profile__in=list(customers))
        if self.found_by:
            wanted |= Q(**{self.found_by: term})
        return queryset.filter(wanted), False

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        if db_field.related_model is Membership:
            options["queryset"] = colleagues(request)
        return super().formfield_for_foreignkey(db_field, request, **options)


class RecordAdmin(CustomerRowAdmin):
    """Rows that people add and change by forms; what is typed is judged by a record, as everywhere."""

    codes = EDITABLE
    new_record: ClassVar[type[Said]]
    change_record: ClassVar[type[Said]]
    # Name of a column -> its name in the record.
    names: ClassVar[dict[str, str]] = {"owner": "owner_id", "deal": "deal_id"}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        own = super().get_readonly_fields(request, obj)
        return (*own, "profile") if obj else own

    def said(self, request: HttpRequest, form: Any, record: type[Said]) -> Any:
        """Return what a form says, as a record; raises Invalid."""
        changed = form.cleaned_data if record is self.new_record else self._changed(form)
        data = {
            self.names.get(name, name): value.pk if isinstance(value, models.Model) else value
            for name, value in changed.items()
            if name != "profile"
        }
        known = {name: value for name, value in data.items() if name in record.model_fields}
        return record.parse(known, tenant=self.tenant(request))

    def _changed(self, form: Any) -> dict[str, Any]:
        return {name: form.cleaned_data[name] for name in form.changed_data if name in form.cleaned_data}


class OwnerFilter(DropdownFilter):  # type: ignore[misc]
    """Rows of one colleague; only members of the person's own company are offered."""

    title = _("agent")
    parameter_name = "owner"
    column = "owner"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(member.pk), str(member)) for member in colleagues(request)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        known = {value for value, _name in self.lookup_choices}
        if self.value() not in known:
            return queryset
        return queryset.filter(**{self.column: self.value()})


class AgentFilter(OwnerFilter):
    """Interactions of one colleague."""

    parameter_name = "agent"
    column = "agent"


def colleagues(request: HttpRequest) -> QuerySet[Membership]:
    """Return the active members of the company the person works in."""
    membership = membership_of(request)
    members = Membership.objects.select_related("user").order_by("user__name", "user__email")
    return members.filter(tenant=membership.tenant_id, is_active=True) if membership else members.none()
