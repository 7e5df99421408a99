"""Filters of the lists: each one answered by an index."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import DropdownFilter, TextFilter
from unfold.contrib.filters.forms import AutocompleteDropdownForm

from profiles.choices import ProfileStatus
from profiles.models import ProfileTag, SegmentMembership


class StatusFilter(DropdownFilter):  # type: ignore[misc]
    """Active or inactive; merged and deleted ones are not in the list at all."""

    title = _("status")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(status.value, status.label) for status in (ProfileStatus.ACTIVE, ProfileStatus.INACTIVE)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(status=self.value()) if self.value() else queryset


class LabelFilter(admin.SimpleListFilter):
    """Customers with one tag or in one segment, chosen by typing its name."""

    template = "unfold/filters/filters_field.html"
    form_class = AutocompleteDropdownForm
    relation: Any

    def __init__(self, request: HttpRequest, params: Any, model: Any, model_admin: Any) -> None:
        super().__init__(request, params, model, model_admin)
        self.request, self.model_admin = request, model_admin

    def has_output(self) -> bool:
        return True

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return []

    def choices(self, changelist: Any) -> Iterator[dict[str, Any]]:  # type: ignore[override]
        form = AutocompleteDropdownForm(
            request=self.request,
            label=_("By %(title)s") % {"title": self.title},
            name=self.parameter_name,
            choices=(),
            field=self.relation,
            model_admin=self.model_admin,
            data={self.parameter_name: self.chosen()},
        )
        yield {"form": form}

    def chosen(self) -> uuid.UUID | None:
        """Return the id that was chosen, or None when it is none."""
        try:
            return uuid.UUID(self.value() or "")
        except ValueError:
            return None

    def keep(self, queryset: Any, label_id: uuid.UUID) -> QuerySet[Any]:
        """Keep the customers with the label."""
        raise NotImplementedError

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not self.value():
            return queryset
        label_id = self.chosen()
        return self.keep(queryset, label_id) if label_id else queryset.none()


class TagFilter(LabelFilter):
    """Customers with one tag."""

    title = _("tag")
    parameter_name = "tag"
    relation = ProfileTag._meta.get_field("tag")

    def keep(self, queryset: Any, label_id: uuid.UUID) -> QuerySet[Any]:
        kept: QuerySet[Any] = queryset.with_tag(label_id)
        return kept


class SegmentFilter(LabelFilter):
    """Customers in one segment."""

    title = _("segment")
    parameter_name = "segment"
    relation = SegmentMembership._meta.get_field("segment")

    def keep(self, queryset: Any, label_id: uuid.UUID) -> QuerySet[Any]:
        kept: QuerySet[Any] = queryset.in_segment(label_id)
        return kept


class EventTypeFilter(TextFilter):  # type: ignore[misc]
    """Events of one type, written out."""

    title = _("type")
    parameter_name = "type"

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(type=self.value()) if self.value() else queryset
