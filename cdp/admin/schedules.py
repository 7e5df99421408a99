"""When jobs run: for the platform's own people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_celery_beat import admin as beat
from django_celery_beat.models import (
    ClockedSchedule,
    CrontabSchedule,
    IntervalSchedule,
    PeriodicTask,
    SolarSchedule,
)
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from cdp.admin.base import PlatformModelAdmin

# Its own admin goes by Django's model permissions and has plain widgets.
for _model in (ClockedSchedule, CrontabSchedule, IntervalSchedule, PeriodicTask, SolarSchedule):
    admin.site.unregister(_model)


class _TaskSelect(UnfoldAdminSelectWidget, beat.TaskSelectWidget):  # type: ignore[misc]
    """The tasks that exist, in our looks."""


class PeriodicTaskForm(beat.PeriodicTaskForm):  # type: ignore[misc]
    """What runs when."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["regtask"].widget = _TaskSelect()
        self.fields["task"].widget = UnfoldAdminTextInputWidget()


class ForeignModelAdmin(PlatformModelAdmin):
    """A model that is not ours and has no verbs: saved as it is."""

    form = forms.ModelForm
    sortable_by: list[str] = []

    def save_model(self, request: HttpRequest, obj: models.Model, form: Any, change: bool) -> None:
        obj.save()

    def delete_model(self, request: HttpRequest, obj: models.Model) -> None:
        obj.delete()


@admin.register(PeriodicTask)
class PeriodicTaskAdmin(ForeignModelAdmin):
    """Jobs and their schedules."""

    form = PeriodicTaskForm
    list_display = ["name", "enabled", "scheduler", "last_run_at", "one_off"]
    list_filter = ["enabled", "one_off"]
    list_select_related = ["interval", "crontab", "solar", "clocked"]
    ordering = ["name"]
    search_fields = ["name", "task"]
    autocomplete_fields = ["interval", "crontab", "solar", "clocked"]
    fieldsets = (
        (None, {"fields": ("name", "enabled", "regtask", "task", "description")}),
        (
            _("When"),
            {"fields": ("interval", "crontab", "solar", "clocked", "start_time", "expires", "one_off")},
        ),
        (_("With what"), {"fields": ("args", "kwargs", "queue", "priority"), "classes": ["collapse"]}),
    )


@admin.register(IntervalSchedule)
class IntervalScheduleAdmin(ForeignModelAdmin):
    """Every so often."""

    ordering = ["period", "every"]
    search_fields = ["period"]


@admin.register(CrontabSchedule)
class CrontabScheduleAdmin(ForeignModelAdmin):
    """At times of the clock, in a time zone."""

    list_display = ["__str__", "timezone"]
    ordering = ["pk"]
    search_fields = ["hour", "minute", "timezone"]


@admin.register(SolarSchedule)
class SolarScheduleAdmin(ForeignModelAdmin):
    """By the sun."""

    ordering = ["pk"]
    search_fields = ["event"]


@admin.register(ClockedSchedule)
class ClockedScheduleAdmin(ForeignModelAdmin):
    """Once, at a moment."""

    ordering = ["-clocked_time"]
    search_fields = ["clocked_time"]
