"""What the admins of all assets share: forms that go through the verbs, the bin, bulk actions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from campaigns.addresses import address_of
from campaigns.choices import PermissionLevel
from campaigns.operations.create_asset import create_asset
from campaigns.operations.lifecycle import delete_asset, purge_asset, restore_asset
from campaigns.operations.sharing import ORDER, level_of
from campaigns.operations.update_asset import update_asset
from campaigns.records import RECORDS
from cdp.admin.base import TenantModelAdmin
from cdp.admin.ending import Ending, EndsMixin
from cdp.adminsite.palette import InPalette
from cdp.adminsite.permissions import Codes, membership_of
from cdp.api.serializers import camel
from cdp.errors import DomainError
from cdp.forms.refusal import RefusalForm
from cdp.permissions import CAMPAIGN_DELETE, CAMPAIGN_READ, CAMPAIGN_WRITE

HIDDEN = {"id", "tenant", "search_text", "search_vector"}
MOST_AT_ONCE = 200


class ReadAdmin(TenantModelAdmin):
    """A list and a page of every column."""

    codes = Codes(view=CAMPAIGN_READ)
    sortable_by: list[str] = []

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [field.name for field in self.opts.concrete_fields if field.name not in HIDDEN]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return self.get_fields(request, obj)


class BinFilter(admin.SimpleListFilter):
    """What is kept, unless the bin or everything is asked for."""

    title = _("bin")
    parameter_name = "bin"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("only", _("In the bin")), ("all", _("Both"))]

    def choices(self, changelist: Any) -> Iterator[Any]:
        every = iter(super().choices(changelist))
        yield {**next(every), "display": _("Kept")}
        yield from every

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        rows: Any = queryset
        if self.value() == "all":
            return queryset
        found: QuerySet[Any] = rows.deleted() if self.value() == "only" else rows.kept()
        return found


class AssetModelForm(RefusalForm):
    """Every field of an asset, and the version that was seen."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["seen_version"] = self.instance.version

    def said(self, names: Any) -> dict[str, Any]:
        """Return the named fields in wire form."""
        relations = {field.name for field in self._meta.model._meta.get_fields() if field.many_to_one}
        return {
            camel(f"{name}_id" if name in relations else name): _on_the_wire(self.cleaned_data[name])
            for name in names
            if name != "seen_version"
        }


def _on_the_wire(value: Any) -> Any:
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, Decimal):
        return str(value)
    return value


class AssetAdmin(EndsMixin, InPalette, TenantModelAdmin):
    """Lists, forms and bulk actions of one kind of asset; nothing is written but by the verbs."""

    codes = Codes(view=CAMPAIGN_READ, add=CAMPAIGN_WRITE, change=CAMPAIGN_WRITE, delete=CAMPAIGN_DELETE)
    form = AssetModelForm
    list_filter_submit = True
    ordering = ["-created_at", "-id"]
    sortable_by: list[str] = []
    search_fields = ["search_text"]
    search_help_text = _("Words or parts of words; all must be there")
    actions = ["put_into_bin", "take_out_of_bin", "delete_for_good"]
    readonly_fields = [
        *("to_page", "version", "deleted_at", "created_at", "created_by", "updated_at", "updated_by"),
    ]
    derived: ClassVar[tuple[str, ...]] = ()
    ending = Ending(
        title=_("Put this into the bin"),
        explanation=_("It can be taken out again. Containers that hold it become incomplete."),
        button=_("Put into the bin"),
        done=_("It lies in the bin now."),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).defer("search_text", "search_vector")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        found: Any = queryset
        match = request.resolver_match
        if match is not None and match.url_name == "autocomplete":
            found = found.kept()  # what lies in the bin is not offered
        return found.matching(search_term), False

    def page_of(self, row: Any) -> str:
        return address_of(row.kind, row.pk)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        names = [name.removesuffix("_id") if self._is_part(name) else name for name in self._versioned()]
        if obj is None:
            return [(None, {"fields": names})]
        about = {"fields": [*self.readonly_fields, *self.derived], "classes": ["collapse"]}
        return [(None, {"fields": ["seen_version", *names]}), (_("About it"), about)]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [*self.readonly_fields, *self.derived]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **options)
        if isinstance(field, forms.JSONField):
            field.help_text = gettext("JSON. The forms under Marketing ask for the same field by field.")
        return field

    def _versioned(self) -> tuple[str, ...]:
        names: tuple[str, ...] = self.model.versioned_fields
        return names

    def _is_part(self, name: str) -> bool:
        return name.endswith("_id") and name != "external_id"

    @admin.display(description=_("page"))
    def to_page(self, asset: Any) -> str:
        return format_html(
            '<a class="text-primary-600 dark:text-primary-500" href="{}">{}</a>',
            address_of(asset.kind, asset.pk),
            gettext("Open its page"),
        )

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is None:
            return super().has_change_permission(request)
        return not obj.is_deleted and self._may(request, obj, PermissionLevel.EDIT)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is None:
            return super().has_delete_permission(request)
        return not obj.is_deleted and self._may(request, obj, PermissionLevel.MANAGE)

    def _may(self, request: HttpRequest, asset: Any, level: PermissionLevel) -> bool:
        """Tell whether role or grant allow ``level`` on the asset."""
        membership = membership_of(request)
        if membership is None:
            return False
        has = level_of(actor=self.actor(request), codes=membership.codes, kind=asset.kind, asset_id=asset.pk)
        return has is not None and ORDER.index(has) >= ORDER.index(level)

    def _who(self, request: HttpRequest) -> dict[str, Any]:
        return {"tenant": self.tenant(request), "by": self.actor(request)}

    def add_row(self, request: HttpRequest, form: Any) -> Model:
        given = [name for name, value in form.cleaned_data.items() if value not in (None, "")]
        record = RECORDS[self.model.kind].parse(form.said(given), tenant=self.tenant(request))
        made: Model = create_asset(**self._who(request), record=record)
        return made

    def change_row(self, request: HttpRequest, obj: Any, form: Any) -> Model:
        said = form.said(form.changed_data)
        record = RECORDS[obj.kind].parse(said, tenant=self.tenant(request))
        seen = form.cleaned_data.get("seen_version")
        changed: Model = update_asset(**self._who(request), asset_id=obj.pk, record=record, version=seen)
        return changed

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        delete_asset(**self._who(request), kind=obj.kind, asset_id=obj.pk)

    @admin.action(description=_("Put the chosen ones into the bin"), permissions=["delete"])
    def put_into_bin(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Delete them softly."""
        self.each(request, queryset, lambda asset: self.delete_model(request, asset))

    @admin.action(description=_("Take the chosen ones out of the bin"), permissions=["delete"])
    def take_out_of_bin(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Restore them."""

        def restore(asset: Any) -> None:
            restore_asset(**self._who(request), kind=asset.kind, asset_id=asset.pk)

        self.each(request, queryset, restore)

    @admin.action(description=_("Delete the chosen ones in the bin for good"), permissions=["delete"])
    def delete_for_good(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Delete what lies in the bin."""

        def purge(asset: Any) -> None:
            purge_asset(**self._who(request), kind=asset.kind, asset_id=asset.pk)

        self.each(request, queryset, purge)

    def say(self, request: HttpRequest, queryset: QuerySet[Any], **said: Any) -> None:
        """Change the same of all the chosen ones."""

        def change(asset: Any) -> None:
            record = RECORDS[asset.kind].parse(said, tenant=self.tenant(request))
            update_asset(**self._who(request), asset_id=asset.pk, record=record)

        self.each(request, queryset, change)

    def each(self, request: HttpRequest, queryset: QuerySet[Any], act: Callable[[Any], None]) -> None:
        """Do ``act`` to each of the chosen ones; say how many it was, and why the others stay."""
        done, problems = 0, list[str]()
        for asset in queryset.order_by("pk")[:MOST_AT_ONCE]:
            try:
                act(asset)
            except DomainError as error:
                problems.append(f"{asset}: {error.detail}")
            else:
                done += 1
        if done:
            messages.success(request, ngettext("%(n)s changed.", "%(n)s changed.", done) % {"n": done})
        for problem in problems[:10]:
            messages.error(request, problem)
