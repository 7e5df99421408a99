"""From the records and the form to what the screen shows."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from cdp.errors import DomainError, Invalid
from cdp.models import Tenant
from profiles.models import Profile
from unify.deciding.rules import rules_of
from unify.deciding.winner import likely_winner
from unify.finding.current import settings_of
from unify.merging.errors import HardStop
from unify.merging.previews import MergePreview
from unify.operations.preview_merge import preview_merge
from unify.views.comparing.choices import Chosen, read_choices
from unify.views.comparing.plain import plain_preview
from unify.views.comparing.table import Table, table_of


class NobodyToMerge(Invalid):
    """All boxes but the survivor's are empty."""

    slug = "nobody-to-merge"

    def __init__(self) -> None:
        super().__init__(
            _("Mark at least one more record that belongs to it, or say that they are not the same.")
        )


@dataclass(frozen=True, slots=True)
class Screen:
    """The table, what was chosen otherwise than by the rules, and what stands in the way."""

    table: Table
    by_hand: dict[str, str]
    obstacle: DomainError | None = None

    @property
    def can_insist(self) -> bool:
        """Tell whether a person may overrule what stands in the way."""
        return isinstance(self.obstacle, HardStop) and self.obstacle.can_force

    @property
    def can_merge(self) -> bool:
        """Tell whether nothing, or nothing that cannot be overruled, stands in the way."""
        return self.obstacle is None or self.can_insist


def load_profiles(ids: Iterable[uuid.UUID]) -> list[Profile]:
    """Return open customers with what the columns show, the oldest first."""
    rows = Profile.objects.visible().defer("search_text").filter(pk__in=list(ids))
    return list(rows.prefetch_related("identifiers", "profile_tags").order_by("created_at", "pk"))


def screen_of(tenant: Tenant, profiles: Sequence[Profile], data: QueryDict) -> Screen:
    """Return what the person sees who has chosen what ``data`` says."""
    chosen = read_choices(data, [one.pk for one in profiles], likely_winner(profiles))
    try:
        if not chosen.losers:
            raise NobodyToMerge
        by_hand = _by_hand(tenant, chosen)
        preview = _preview(tenant, chosen, by_hand)
    except DomainError as error:
        plain = plain_preview(profiles, chosen.winner)
        return Screen(table_of(profiles, plain, chosen, tenant.region), {}, error)
    return Screen(table_of(profiles, preview.shown, chosen, tenant.region), by_hand, preview.obstacle)


@dataclass(frozen=True, slots=True)
class _Previewed:
    shown: MergePreview
    obstacle: DomainError | None


def _by_hand(tenant: Tenant, chosen: Chosen) -> dict[str, str]:
    """Return the fields chosen by hand: what differs from the rules for the winner that was shown."""
    if not chosen.has_choices or chosen.shown_winner is None:
        return {}
    shown = replace(chosen, winner=chosen.shown_winner, strategy=chosen.shown_strategy)
    if not shown.losers:
        return {}
    return chosen.by_hand(_plan(tenant, shown, {}, force=True))


def _preview(tenant: Tenant, chosen: Chosen, by_hand: dict[str, str]) -> _Previewed:
    try:
        return _Previewed(_plan(tenant, chosen, by_hand, force=False), None)
    except HardStop as error:
        if not error.can_force:
            raise
        return _Previewed(_plan(tenant, chosen, by_hand, force=True), error)


def _plan(tenant: Tenant, chosen: Chosen, by_hand: dict[str, Any], *, force: bool) -> MergePreview:
    return preview_merge(
        tenant=tenant,
        winner_id=chosen.winner,
        loser_ids=chosen.losers,
        strategy=chosen.strategy,
        resolved_conflicts=by_hand,
        rules=rules_of(settings_of(tenant)),
        force=force,
    )
