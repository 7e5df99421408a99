"""Why records are taken for one customer: the waterfall of each pair, and the same in sentences."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from django.utils.translation import gettext as _

from cdp.errors import DomainError
from cdp.models import Tenant
from unify.finding.lookup import stored
from unify.level_words import level_words
from unify.matching import LevelReached, MatchModel
from unify.matching.evaluator import evaluator_of
from unify.operations.explain import Explanation, explain
from unify.views.waterfall import Said, Waterfall, waterfall
from unify.words import CLEAR, FAINT, conflict_words

# A cluster of six has fifteen pairs; the weakest say what there is to doubt.
MOST_PAIRS = 6
MOST_NAMED = 4
Pair = tuple[uuid.UUID, uuid.UUID]


@dataclass(frozen=True, slots=True)
class Reasons:
    """One pair: its score now, what speaks for and against it, and how the score came about."""

    left: int
    right: int
    score: float
    fall: Waterfall
    agrees: str
    differs: str
    conflicts: Sequence[str]
    missing: str
    silent: str
    notes: Sequence[str]


def weakest(ids: Collection[uuid.UUID], model: MatchModel) -> list[Pair]:
    """Return the pairs among these records that are least alike, those nobody has found alike included.

    One query; what a run stored of the records is compared, and who has nothing stored is left out.
    """
    records, evaluator = stored(ids), evaluator_of(model)
    pairs = combinations(sorted(records), 2)
    scores = {(low, high): evaluator.evaluate(records[low], records[high]).score for low, high in pairs}
    return sorted(scores, key=lambda pair: (scores[pair], pair))[:MOST_PAIRS]


def reasons_of(tenant: Tenant, pairs: Iterable[Pair], numbers: Mapping[uuid.UUID, int]) -> list[Reasons]:
    """Explain pairs as the records are now, the weakest first; those that are gone are left out."""
    found: list[Reasons] = []
    for low, high in list(pairs)[:MOST_PAIRS]:
        try:
            told = explain(tenant=tenant, low_id=low, high_id=high)
        except DomainError:
            continue  # one of them was deactivated or merged a moment ago: the page says so elsewhere
        found.append(_reasons(told, numbers))
    return sorted(found, key=lambda one: one.score)


def said_by(levels: Iterable[LevelReached]) -> list[Said]:
    """Return what the comparisons said."""
    return [
        Said(level_words(one.description), level_words(one.label), one.weight, one.is_null, one.is_conflict)
        for one in levels
    ]


def _reasons(told: Explanation, numbers: Mapping[uuid.UUID, int]) -> Reasons:
    left, right = sorted((numbers[told.low_id], numbers[told.high_id]))
    return Reasons(
        left=left,
        right=right,
        score=told.score,
        fall=waterfall(told.prior, said_by(_heard(told)), held_at=told.held_at),
        agrees=_agreement(told.levels),
        differs=_difference(told.levels),
        conflicts=[str(conflict_words(rule)) for rule in told.conflicts],
        missing=", ".join(level_words(one) for one in told.missing if one not in told.silent),
        silent=", ".join(map(level_words, told.silent)),
        notes=[
            note.text for note in told.why_not if note.code not in {"below_review", "below_merge", "conflict"}
        ],
    )


def _agreement(levels: Sequence[LevelReached]) -> str:
    """Return what speaks most for it: "E-mail the same, Last name spelled alike"."""
    strong = sorted((one for one in levels if one.weight >= CLEAR), key=lambda one: -one.weight)
    return _named(strong) or _("Nothing speaks clearly for it.")


def _difference(levels: Sequence[LevelReached]) -> str:
    """Return what speaks most against it; "" where nothing does."""
    return _named(sorted((one for one in levels if one.weight <= -FAINT), key=lambda one: one.weight))


def _named(levels: Sequence[LevelReached]) -> str:
    return "; ".join(
        f"{level_words(one.description)}: {level_words(one.label)}" for one in levels[:MOST_NAMED]
    )


def _heard(told: Explanation) -> list[LevelReached]:
    return [one for one in told.levels if one.description not in told.silent]
