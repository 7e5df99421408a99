"""Columns of files exported from here that the system computes: nobody imports them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.utils.translation import gettext_noop

from cdp.registries import Registry
from profiles.imports.columns.headings import normalise_heading

COMPUTED = gettext_noop("This system computes the column itself.")
# What stands beside the columns of a file of rows that were not imported.
ROW, REASON = "Row", "Reason"
# Each returns headings.
computed_columns: Registry[Callable[[], Iterable[str]]] = Registry()


def computed_names() -> frozenset[str]:
    """Return the headings in comparable form."""
    return frozenset(normalise_heading(heading) for headings in computed_columns for heading in headings())
