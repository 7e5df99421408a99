"""What columns are called: in words, never by their names in the code."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import FieldDoesNotExist
from django.utils.functional import Promise

OURS = {"cdp", "profiles", "unify", "cdm", "campaigns"}
# Of a table that nobody but a superuser who looks for a mistake in counting opens.
LEFT = {"profiles.ProfileTally"}


def _columns() -> list[tuple[str, Any]]:
    """Return every column that a list or a form of the admin shows, with what it belongs to."""
    found = []
    for model, page in admin.site._registry.items():
        if model._meta.app_label not in OURS or model._meta.label in LEFT:
            continue
        shown = {*page.list_display, *page.readonly_fields, *(page.fields or ())}
        for name in shown | set(flatten_fieldsets(page.fieldsets or ())):
            try:
                found.append((f"{model._meta.label}.{name}", model._meta.get_field(str(name))))
            except FieldDoesNotExist:
                continue
    return found


def test_every_column_has_a_name_that_can_be_translated() -> None:
    assert [at for at, field in _columns() if not isinstance(field.verbose_name, Promise)] == []
