"""Colours of states in the lists of the admin."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import TextChoices


def colours(choices: type[TextChoices], known: Mapping[str, str]) -> dict[str, str | None]:
    """Return a colour, or none, for every value: of one without an entry the list would show no label."""
    return {**dict.fromkeys(map(str, choices.values)), **{str(value): known[value] for value in known}}
