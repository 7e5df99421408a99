"""What the 360° page says about duplicates: who looks alike, who was merged in, who said which value."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cdp.choices import ActorKind
from cdp.permissions import PROFILE_READ, UNIFY_MERGE
from profiles.models import Profile
from profiles.panels import EVERY_TAB, Panel, PanelContext, registry
from unify.choices import CandidateState
from unify.fields import label_of, rule_words, value_in_words
from unify.merging.choices import MergeOrigin, MergeStatus
from unify.merging.kin import with_merged
from unify.merging.provenance import provenance_of
from unify.merging.survivorship import CHOSEN
from unify.merging.values import path_of
from unify.models import Candidate, Merge
from unify.words import told_score

MOST_DUPLICATES = 10
MOST_MERGES = 20


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A customer that may be the same one."""

    other: Profile
    score: float
    told: float  # the score as words tell it: less sure where something contradicts
    case_id: uuid.UUID | None


@dataclass(frozen=True, slots=True)
class Merged:
    """A customer that was merged into this one, or into one of those that were."""

    merge: Merge
    name: str
    how: str


@dataclass(frozen=True, slots=True)
class Duplicates:
    """Who waits for a decision, and who was merged in."""

    found: Sequence[Duplicate]
    merged: Sequence[Merged]
    may_decide: bool

    @property
    def case_id(self) -> uuid.UUID | None:
        """Return the case of the surest one."""
        return next((one.case_id for one in self.found if one.case_id), None)


def banner(context: PanelContext) -> Duplicates:
    """Return who waits for a decision."""
    return Duplicates(_found(context.profile), [], context.may(UNIFY_MERGE))


def duplicates(context: PanelContext) -> Duplicates:
    """Return who waits for a decision, and which merges hold."""
    may_decide = context.may(UNIFY_MERGE)
    return Duplicates(_found(context.profile) if may_decide else [], _merged(context.profile), may_decide)


def _found(profile: Profile) -> list[Duplicate]:
    pairs = Candidate.objects.filter(
        Q(low=profile) | Q(high=profile), state=CandidateState.PENDING
    ).select_related("low", "high")
    found = [
        Duplicate(
            other=pair.high if pair.low_id == profile.pk else pair.low,
            score=pair.score,
            told=told_score(pair.score, contradicts=bool(pair.conflicts)),
            case_id=pair.case_id,
        )
        for pair in pairs.order_by("-score", "id")[:MOST_DUPLICATES]
    ]
    return [one for one in found if one.other.is_open]


def _merged(profile: Profile) -> list[Merged]:
    # Also those of earlier members: their own pages lead to this one.
    winners = list(with_merged([profile.pk]))
    rows = Merge.objects.filter(winner__in=winners, status=MergeStatus.ACTIVE).select_related("loser")
    return [
        Merged(row, row.loser.name or row.loser.email or row.loser.phone, str(MergeOrigin(row.origin).label))
        for row in rows.order_by("-merged_at", "-id")[:MOST_MERGES]
    ]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where one value comes from."""

    label: str
    value: str
    source: str
    at: datetime | None
    by: str
    rule: str
    profile_id: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class Origins:
    """Where the values come from a merge has decided about."""

    rows: Sequence[Origin]


def origins(context: PanelContext) -> Origins:
    """Return who said each value, when, and which rule chose it."""
    profile = context.profile
    # Without a merge there is nothing to tell apart, and nothing to look up.
    known = provenance_of(profile) if profile.provenance else []
    rows = [
        Origin(
            label=label_of(path),
            value=value_in_words(path, said.value, context.tenant.region),
            source=said.source,
            at=said.at,
            by=_named(said.by),
            rule=rule_words(said.rule, is_survivors=said.profile_id is None),
            profile_id=str(said.profile_id or ""),
            is_own=said.profile_id is None and not (said.rule == CHOSEN and not said.source),
        )
        for said in known
        if (path := path_of(said.field))
    ]
    return Origins([row for row in rows if row.value])


def _named(by: str) -> str:
    """Return whoever wrote a value down, where the history has a name; a reference is no name."""
    return "" if by.partition(":")[0] in ActorKind.values else by


PANELS = (
    Panel(
        "duplicates",
        _("Possible duplicates"),
        UNIFY_MERGE,
        banner,
        "unify/panels/banner.html",
        EVERY_TAB,
        20,
    ),
    Panel(
        "merges",
        _("Duplicates and merges"),
        PROFILE_READ,
        duplicates,
        "unify/panels/merges.html",
        "overview",
        60,
        column="side",
        icon="join",
    ),
    Panel(
        "origins",
        _("Where values come from"),
        PROFILE_READ,
        origins,
        "unify/panels/origins.html",
        "profile",
        30,
        icon="source_notes",
        lazy=True,
    ),
)


def add_panels() -> None:
    """Put the panels on the page; called once, when the app is ready."""
    for panel in PANELS:
        registry.add(panel)
