"""What can be done to many customers of the list at once."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextInputWidget

from cdp.errors import Invalid
from profiles.models import Segment, Tag
from profiles.operations.bulk import MOST_AT_ONCE, BulkResult
from profiles.operations.deactivate_profiles import deactivate_profiles, reactivate_profiles
from profiles.operations.segment_profiles import add_to_segments
from profiles.operations.tag_profiles import tag_profiles
from profiles.records import TagRef

MOST_LABELS = 20
LONGEST_NAME = 60
SUGGESTED = 100


class LabelsForm(forms.Form):
    """Names of tags or segments, with commas between them."""

    names = forms.CharField(
        label=_("Names"),
        max_length=1000,
        widget=UnfoldAdminTextInputWidget(
            {"list": "suggested-names", "autocomplete": "off", "autofocus": True}
        ),
    )

    def clean_names(self) -> list[str]:
        names = list(
            dict.fromkeys(part.strip() for part in self.cleaned_data["names"].split(",") if part.strip())
        )
        if not names or len(names) > MOST_LABELS:
            raise forms.ValidationError(_("Write between one and twenty names, with commas between them."))
        if any(len(name) > LONGEST_NAME for name in names):
            raise forms.ValidationError(_("A name has up to 60 characters."))
        return names


class BulkActions:
    """Tag, put into segments, deactivate and reactivate: at most MOST_AT_ONCE customers at a time."""

    actions = ["tag", "segment", "deactivate", "reactivate"]

    @admin.action(description=_("Put tags on the chosen customers"), permissions=["change"])
    def tag(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        """Ask for the tags, then put them on."""
        about = {"action": "tag", "title": _("Put tags on customers"), "hint": _("New names make new tags.")}

        def put(ids: list[uuid.UUID], names: list[str]) -> BulkResult:
            return tag_profiles(
                **self._who(request), profile_ids=ids, tags=[TagRef(name=name) for name in names]
            )

        return self._label(request, queryset, Tag, about, put)

    @admin.action(description=_("Put the chosen customers into segments"), permissions=["change"])
    def segment(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        """Ask for the segments, then put the customers in."""
        about = {
            "action": "segment",
            "title": _("Put customers into segments"),
            "hint": _("Segments that exist."),
        }

        def put(ids: list[uuid.UUID], names: list[str]) -> BulkResult:
            segments = dict(Segment.objects.filter(name__in=names).values_list("name", "pk"))
            if unknown := [name for name in names if name not in segments]:
                raise Invalid(gettext("There is no segment %(name)s.") % {"name": unknown[0]})
            return add_to_segments(**self._who(request), profile_ids=ids, segment_ids=list(segments.values()))

        return self._label(request, queryset, Segment, about, put)

    @admin.action(description=_("Deactivate the chosen customers"), permissions=["delete"])
    def deactivate(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Make them inactive."""
        ids = self._ids(request, queryset)
        if ids:
            self._tell(request, deactivate_profiles(**self._who(request), profile_ids=ids))

    @admin.action(description=_("Reactivate the chosen customers"), permissions=["delete"])
    def reactivate(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Make them active again."""
        ids = self._ids(request, queryset)
        if ids:
            self._tell(request, reactivate_profiles(**self._who(request), profile_ids=ids))

    def _label(
        self, request: HttpRequest, queryset: Any, model: Any, about: Any, put: Any
    ) -> HttpResponse | None:
        ids = self._ids(request, queryset)
        if not ids:
            return None
        form = LabelsForm(request.POST if "names" in request.POST else None)
        if form.is_valid():
            try:
                self._tell(request, put(ids, form.cleaned_data["names"]))
            except Invalid as error:
                form.add_error("names", error.detail)
            else:
                return None
        site: Any = self.admin_site  # type: ignore[attr-defined]
        context = {
            **site.each_context(request),
            **about,
            "opts": self.opts,  # type: ignore[attr-defined]
            "form": form,
            "selected": ids,
            "checkbox_name": ACTION_CHECKBOX_NAME,
            "suggestions": model.objects.order_by("name").values_list("name", flat=True)[:SUGGESTED],
        }
        return TemplateResponse(request, "admin/profiles/profile/label.html", context)

    def _ids(self, request: HttpRequest, queryset: QuerySet[Any]) -> list[uuid.UUID]:
        """Return the keys of the chosen customers; none, with a message, when there are too many."""
        ids = list(queryset.order_by().values_list("pk", flat=True)[: MOST_AT_ONCE + 1])
        if len(ids) <= MOST_AT_ONCE:
            return ids
        text = gettext("At most %(most)s customers at a time. Filter the list first.") % {
            "most": MOST_AT_ONCE
        }
        messages.error(request, text)
        return []

    def _who(self, request: HttpRequest) -> dict[str, Any]:
        return {"tenant": self.tenant(request), "by": self.actor(request)}  # type: ignore[attr-defined]

    def _tell(self, request: HttpRequest, result: BulkResult) -> None:
        text = ngettext("%(n)s customer changed.", "%(n)s customers changed.", result.updated)
        messages.success(request, text % {"n": result.updated})
