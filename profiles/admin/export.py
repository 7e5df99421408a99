"""The list as a file: what is filtered and searched for, for who may download it, and recorded."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from import_export import fields, resources
from import_export.formats.base_formats import CSV, XLSX

from cdp import audit
from cdp.adminsite.permissions import may
from cdp.errors import Conflict
from cdp.permissions import EXPORT_RUN
from profiles.imports.operations.error_rows import safe_cell
from profiles.models import Profile

# More than that is a job for the API, page by page: a spreadsheet is built in memory.
MOST_EXPORTED = 20_000
FORMATS = {"csv": CSV, "xlsx": XLSX}


class TooManyRows(Conflict):
    """The list is longer than a file may be."""

    slug = "too-many-rows"
    title = "This list is too long for a file"

    def __init__(self) -> None:
        super().__init__(
            _("At most %(most)s customers fit. Filter the list first.") % {"most": MOST_EXPORTED}
        )


class ProfileResource(resources.ModelResource):  # type: ignore[misc]
    """A customer as one row, under headings the import understands."""

    tags = fields.Field(column_name="tags")

    class Meta:
        model = Profile
        fields = (
            "id",
            "type",
            "status",
            "name",
            "first_name",
            "last_name",
            "company_name",
            "email",
            "phone",
            "date_of_birth",
            "gender",
            "lifecycle_stage",
            "membership_tier",
            "member_id",
            "company_tax_id",
            "website",
            "primary_source",
            "created_at",
            "tags",
        )
        export_order = fields

    def export_field(self, field: Any, instance: Any, **options: Any) -> Any:
        value = super().export_field(field, instance, **options)
        return safe_cell(value) if isinstance(value, str) else value

    def dehydrate_tags(self, profile: Profile) -> str:
        """Return the names of the tags, with commas between them."""
        return ", ".join(sorted(link.tag.name for link in profile.profile_tags.all()))


class Exports:
    """A model admin whose list can be downloaded."""

    def get_urls(self) -> list[URLPattern]:
        """Add the page that asks for the format."""
        site: Any = self.admin_site  # type: ignore[attr-defined]
        own = path("export/", site.admin_view(self.export_view), name="profiles_profile_export")
        return [own, *super().get_urls()]  # type: ignore[misc]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Tell the list whether to offer it."""
        context = {**(extra_context or {}), "may_export": may(request, EXPORT_RUN)}
        response: HttpResponse = super().changelist_view(request, context)  # type: ignore[misc]
        return response

    def export_view(self, request: HttpRequest) -> HttpResponse:
        """Ask for the format, then send the file; the query string filters as on the list."""
        if not may(request, EXPORT_RUN):
            raise PermissionDenied
        me: Any = self
        try:
            queryset = me.get_changelist_instance(request).queryset
        except IncorrectLookupParameters:
            return HttpResponseRedirect(reverse("admin:profiles_profile_changelist") + "?e=1")
        if request.method == "POST":
            return self._file(request, queryset)
        context = {**me.admin_site.each_context(request), "title": _("Export"), "opts": me.opts}
        return TemplateResponse(request, "admin/profiles/profile/export.html", context)

    def _file(self, request: HttpRequest, queryset: Any) -> HttpResponse:
        me: Any = self
        name = request.POST.get("format", "")
        if name not in FORMATS:
            raise Http404
        rows = list(queryset.for_list()[: MOST_EXPORTED + 1])
        if len(rows) > MOST_EXPORTED:
            raise TooManyRows
        kind = FORMATS[name]()
        body = kind.export_data(ProfileResource().export(rows))
        with transaction.atomic():
            changes = {"rows": (None, len(rows)), "filters": (None, request.GET.dict())}
            audit.record(verb="profile.export", obj=me.tenant(request), by=me.actor(request), changes=changes)
        # Spreadsheets take a CSV for UTF-8 only when it begins with a byte order mark.
        content = body.encode("utf-8-sig") if isinstance(body, str) else body
        response = HttpResponse(content, content_type=kind.get_content_type())
        file_name = f"customers-{timezone.localdate():%Y-%m-%d}.{name}"
        response["Content-Disposition"] = f'attachment; filename="{file_name}"'
        response["Cache-Control"] = "no-store"
        return response
