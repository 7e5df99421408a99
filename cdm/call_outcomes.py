"""How a call went: the four answers that log one by a single key, and that the forms suggest."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a call led to, by one key."""

    key: str
    label: str | Promise
    icon: str
    was_answered: bool
    calls_back: bool = False


OUTCOMES = (
    Outcome("1", gettext_lazy("Interested"), "thumb_up", was_answered=True),
    Outcome("2", gettext_lazy("Call back tomorrow"), "schedule", was_answered=True, calls_back=True),
    Outcome("3", gettext_lazy("No answer"), "phone_missed", was_answered=False),
    Outcome("4", gettext_lazy("Not interested"), "thumb_down", was_answered=True),
)
BY_KEY = {outcome.key: outcome for outcome in OUTCOMES}
