"""Rows that end by a verb of their own: revoked, deactivated, taken off; after a page that asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse


@dataclass(frozen=True)
class Ending:
    """How the act is called, what it means, and what is said when it is done."""

    title: Any
    explanation: Any
    button: Any
    done: Any


class EndsMixin:
    """A model admin whose delete page carries out ``ending``; it never collects what hangs on the row."""

    ending: Ending
    delete_confirmation_template = "admin/ending.html"
    change_form_outer_after_template = "admin/_ending.html"

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        context = {**(extra_context or {}), "show_delete": False}
        response: HttpResponse = super().changeform_view(request, object_id, form_url, context)  # type: ignore[misc]
        return response

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {**(extra_context or {}), "title": self.ending.title, "ending": self.ending}
        response: HttpResponse = super().delete_view(request, object_id, context)  # type: ignore[misc]
        return response

    def get_deleted_objects(
        self, objs: Sequence[Any], request: HttpRequest
    ) -> tuple[list[str], dict[str, int], set[str], list[str]]:
        """List the rows alone: what hangs on them may be millions."""
        return [str(row) for row in objs], {}, set(), []

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: Any) -> HttpResponse:
        """Say what was done, and go back to the list."""
        messages.success(request, f"{obj_display}: {self.ending.done}")
        meta = self.opts  # type: ignore[attr-defined]
        return HttpResponseRedirect(reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist"))
