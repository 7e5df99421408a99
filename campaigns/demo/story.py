"""The shape of a demo company's plans."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Said = dict[str, Any]


@dataclass(frozen=True)
class Flow:
    """Money that left a budget: about ``daily`` on each of the last ``days``, for one campaign."""

    budget: str
    campaign: str
    daily: int
    days: int
    source: str = "Meta"


@dataclass(frozen=True)
class Plan:
    """One campaign: what is said about it, and what it uses (wire name: key of the story)."""

    said: Said
    uses: dict[str, str]
    figures: dict[str, str] = field(default_factory=dict)
    was: str = ""  # the container it used before


@dataclass(frozen=True)
class Story:
    """Everything a company has planned; keys name assets within the story."""

    targets: dict[str, Said]
    brands: dict[str, Said]
    budgets: dict[str, Said]
    containers: dict[str, Said]
    campaigns: dict[str, Plan]
    flows: tuple[Flow, ...]
    # Later changes, so that there is a history to look at: key -> what was said then.
    changes: tuple[tuple[str, Said], ...]
    templates: dict[str, tuple[str, str]]  # key -> name, description
    follows: tuple[str, ...]  # targets with a segment of their own
    binned: tuple[str, ...]
