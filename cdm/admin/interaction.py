"""Calls, messages and meetings."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import (
    AutocompleteSelectFilter,
    ChoicesDropdownFilter,
    RangeDateTimeFilter,
)

from cdm.admin.base import AgentFilter, RecordAdmin
from cdm.models import Interaction
from cdm.operations.change_interaction import delete_interaction, update_interaction
from cdm.operations.log_interaction import log_interaction
from cdm.records.interaction import InteractionChange, InteractionRecord
from cdp.admin.ending import Ending, EndsMixin


@admin.register(Interaction)
class InteractionAdmin(EndsMixin, RecordAdmin):
    """Who was spoken to, and what came of it."""

    new_record, change_record = InteractionRecord, InteractionChange
    names = {"type": "interaction_type", "direction": "interaction_direction"}
    list_display = ["occurred_at", "profile", "type", "direction", "subject", "outcome", "agent"]
    list_filter = [
        ("type", ChoicesDropdownFilter),
        ("direction", ChoicesDropdownFilter),
        AgentFilter,
        ("profile", AutocompleteSelectFilter),
        ("occurred_at", RangeDateTimeFilter),
    ]
    ordering = ["-occurred_at", "-id"]
    prefetched = ("profile", "agent__user")
    autocomplete_fields = ["profile"]
    fields = [
        *("profile", "type", "direction", "occurred_at", "subject", "description", "outcome"),
        *("was_answered", "duration_seconds", "follow_up_required", "follow_up_at", "source"),
        *("agent", "followed_up_at"),
    ]
    readonly_fields = ("agent", "followed_up_at")
    ending = Ending(
        title=_("Remove this interaction"),
        explanation=_("The customer's numbers are counted anew; an open follow-up goes with it."),
        button=_("Remove"),
        done=_("The interaction is removed."),
    )

    def add_row(self, request: HttpRequest, form: Any) -> Interaction:
        return log_interaction(
            tenant=self.tenant(request),
            by=self.actor(request),
            profile_id=form.cleaned_data["profile"].pk,
            record=self.said(request, form, InteractionRecord),
        )

    def change_row(self, request: HttpRequest, obj: Interaction, form: Any) -> Interaction:
        return update_interaction(
            tenant=self.tenant(request),
            by=self.actor(request),
            interaction_id=obj.pk,
            record=self.said(request, form, InteractionChange),
        )

    def delete_model(self, request: HttpRequest, obj: Interaction) -> None:
        delete_interaction(tenant=self.tenant(request), by=self.actor(request), interaction_id=obj.pk)
