"""When and how a customer can be reached: what they said, and what their answers taught."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cdm.choices import InteractionType
from cdm.models import Recommendation
from profiles.display import language_in_words
from profiles.panels import PanelContext, Text


@dataclass(frozen=True, slots=True)
class Reach:
    """The best time and way to reach somebody."""

    stated: str
    channels: tuple[Text, ...]
    language: str
    may_not_contact: bool
    may_not_call: bool
    recommendation: Recommendation | None


def reach(context: PanelContext) -> Reach:
    """Return the stated time and ways, and the time learned from answers with what it is based on."""
    profile = context.profile
    said: Mapping[str, Any] = (
        profile.contact_preferences if isinstance(profile.contact_preferences, dict) else {}
    )
    labels: dict[str, Text] = dict(InteractionType.choices)
    channels = said.get("channels")
    named = [str(channel) for channel in channels] if isinstance(channels, list) else []
    return Reach(
        stated=profile.available_time,
        channels=tuple(labels.get(channel.lower(), channel) for channel in named),
        language=language_in_words(str(said.get("language") or "")),
        may_not_contact=said.get("doNotContact") is True,
        may_not_call=said.get("doNotCall") is True,
        recommendation=Recommendation.objects.filter(profile_id=profile.pk)
        .only("best_time", "best_time_source", "best_time_n", "best_time_reason", "profile", "tenant")
        .first(),
    )
