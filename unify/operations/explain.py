"""Why two customers are, or are not, taken for one."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cdp.models import Tenant
from profiles.errors import ProfileNotFound
from unify.finding.current import current_model, settings_of
from unify.finding.errors import NotAPair
from unify.finding.family import family_pairs, ordered
from unify.finding.lookup import MOST_PER_KEY, holders, usable_keys
from unify.finding.policy import FAMILY, FAMILY_SCORE
from unify.finding.verdicts import is_held_apart
from unify.matching import LevelReached, MatchModel, PairScore, PersonRecord
from unify.matching.conflicts import NOTHING
from unify.matching.evaluator import evaluator_of
from unify.models import MatchSettings
from unify.records.making import Maker
from unify.records.reading import read


@dataclass(frozen=True, slots=True)
class WhyNot:
    """One reason why a pair is not merged, or not even looked at: a stable code, and a sentence."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """A pair's score taken apart: the prior and the level each comparison reached add up to the weight."""

    low_id: uuid.UUID
    high_id: uuid.UUID
    score: float  # 0 to 100
    weight: float  # bits
    probability: float
    prior: float  # bits
    levels: tuple[LevelReached, ...]
    conflicts: tuple[str, ...]
    missing: tuple[str, ...]  # descriptions of the comparisons with nothing to compare
    silent: tuple[str, ...]  # those of them where both say something that adds nothing to the rest
    why_not: tuple[WhyNot, ...]
    model_number: int
    held_at: int | None = None  # the score, where what contradicts keeps it there whatever agrees


def explain(*, tenant: Tenant, low_id: uuid.UUID, high_id: uuid.UUID) -> Explanation:
    """Compare two active customers as they are now, in either order; raises ProfileNotFound, NotAPair."""
    if low_id == high_id:
        raise NotAPair
    low_id, high_id = ordered(low_id, high_id)
    low, high = _people(tenant, low_id, high_id)
    version, model = current_model(tenant)
    pair = evaluator_of(model).evaluate(low, high)
    is_family = bool(family_pairs([low_id, high_id]))
    score, conflicts = _with_family(pair, is_family=is_family)
    return Explanation(
        low_id=low_id,
        high_id=high_id,
        score=score,
        weight=pair.weight,
        probability=pair.probability,
        prior=pair.prior,
        levels=pair.levels,
        conflicts=conflicts,
        missing=tuple(level.description for level in pair.levels if level.label == NOTHING),
        silent=tuple(_silent(pair, low, high)),
        why_not=(
            *_of_score(pair, score, settings_of(tenant)),
            *_of_people(low_id, high_id, is_family=is_family),
            *_of_keys(low, high, model),
        ),
        model_number=version.number,
        held_at=held_at(pair, score, is_family=is_family),
    )


def _people(tenant: Tenant, low_id: uuid.UUID, high_id: uuid.UUID) -> tuple[PersonRecord, PersonRecord]:
    maker = Maker(tenant)
    people = {found: maker.person(str(found), said) for found, _, said in read([low_id, high_id])}
    if len(people) != 2:  # noqa: PLR2004 (a pair)
        raise ProfileNotFound
    return people[low_id], people[high_id]


def held_at(pair: PairScore, score: float, *, is_family: bool = False) -> int | None:
    """Return the score where what contradicts keeps it down; None where the weights alone made it."""
    caps = {float(conflict.cap) for conflict in pair.conflicts}
    if is_family:
        caps.add(FAMILY_SCORE)
    return int(score) if score in caps else None


def _silent(pair: PairScore, low: PersonRecord, high: PersonRecord) -> Iterator[str]:
    """Yield what both say, and another field has counted already: the city of one postcode."""
    for level in pair.levels:
        said = (getattr(one, level.comparison, None) for one in (low, high))
        if level.label == NOTHING and all(said):
            yield level.description


def _with_family(pair: PairScore, *, is_family: bool) -> tuple[float, tuple[str, ...]]:
    """Return the score and what contradicts, as a run would store them."""
    told = tuple(conflict.rule for conflict in pair.conflicts)
    return (min(pair.score, FAMILY_SCORE), (*told, FAMILY)) if is_family else (pair.score, told)


def _of_score(pair: PairScore, score: float, settings: MatchSettings) -> Iterator[WhyNot]:
    if score < settings.review_score:
        yield WhyNot(
            "below_review",
            _("The score is %(score).0f; people are asked from %(least)d.")
            % {"score": score, "least": settings.review_score},
        )
    elif score < settings.merge_score:
        yield WhyNot(
            "below_merge",
            _("The score is %(score).0f; records are merged without asking from %(least)d.")
            % {"score": score, "least": settings.merge_score},
        )
    for conflict in pair.conflicts:
        yield WhyNot(
            "conflict",
            _("Because of a conflict (%(rule)s) the score is at most %(cap)d.")
            % {"rule": conflict.rule, "cap": conflict.cap},
        )
    if not settings.merges_by_itself:
        yield WhyNot("never_by_itself", _("The settings say that nothing is merged without asking."))


def _of_people(low_id: uuid.UUID, high_id: uuid.UUID, *, is_family: bool) -> Iterator[WhyNot]:
    if is_held_apart(low_id, high_id):
        yield WhyNot("verdict", _("Somebody decided that they are not the same; neither has changed since."))
    if is_family:
        yield WhyNot("family", _("They are known to be family."))


def _of_keys(low: PersonRecord, high: PersonRecord, model: MatchModel) -> Iterator[WhyNot]:
    shared = set(usable_keys(low, model)) & set(usable_keys(high, model))
    if not shared:
        yield WhyNot(
            "no_key", _("They share nothing that records are looked up by, such as an e-mail or a phone.")
        )
    elif all(len(owners) > MOST_PER_KEY for owners in holders(sorted(shared)).values()):
        yield WhyNot(
            "shared_by_many",
            _("What they share, more than %(most)d customers share.") % {"most": MOST_PER_KEY},
        )
