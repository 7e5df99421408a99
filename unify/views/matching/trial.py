"""What the trial of a version would have changed, in words."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from profiles.models import Profile
from unify.choices import RunKind, RunState
from unify.models import MatchModelVersion, MatchRun
from unify.words import Text

CHANGES: dict[str, Text] = {
    "queue_to_merge": _("would be merged without asking instead of waiting for a person"),
    "drop_to_merge": _("would be merged without asking; they are left alone now"),
    "merge_to_queue": _("would wait for a person instead of being merged"),
    "drop_to_queue": _("would be put before a person; they are left alone now"),
    "merge_to_drop": _("would be left alone instead of being merged"),
    "queue_to_drop": _("would be left alone instead of waiting for a person"),
}


@dataclass(frozen=True, slots=True)
class Sample:
    """A pair that would fare otherwise."""

    left: Profile
    right: Profile
    before: float | None
    after: float | None


@dataclass(frozen=True, slots=True)
class Shift:
    """How many pairs would fare otherwise in one way, and some of them."""

    count: int
    words: Text
    samples: Sequence[Sample]


@dataclass(frozen=True, slots=True)
class Trial:
    """What would merge and wait with the version in use and with the tried one."""

    run: MatchRun
    records: int
    before: Mapping[str, int]
    after: Mapping[str, int]
    shifts: Sequence[Shift]


def trial_of(version: MatchModelVersion) -> Trial | None:
    """Return the latest finished trial of a version."""
    runs = MatchRun.objects.filter(
        kind=RunKind.DRY_RUN, state=RunState.DONE, model_version=version, counts__has_key="changes"
    )
    run = runs.order_by("-finished_at").first()
    if run is None:
        return None
    changes: Mapping[str, Any] = run.counts["changes"]
    people = _people(pair for change in changes.values() for pair in change["pairs"])
    return Trial(
        run=run,
        records=run.counts.get("records", 0),
        before=run.counts.get("before", {}),
        after=run.counts.get("after", {}),
        shifts=[
            Shift(changes[kind]["count"], words, _samples(changes[kind]["pairs"], people))
            for kind, words in CHANGES.items()
            if kind in changes
        ],
    )


def _people(pairs: Iterable[Mapping[str, Any]]) -> dict[uuid.UUID, Profile]:
    ids = {uuid.UUID(str(pair[side])) for pair in pairs for side in ("low", "high")}
    rows = Profile.objects.filter(pk__in=ids).only("name", "email", "phone", "status")
    return {row.pk: row for row in rows}


def _samples(pairs: Iterable[Mapping[str, Any]], people: Mapping[uuid.UUID, Profile]) -> list[Sample]:
    found = ((people.get(uuid.UUID(str(p["low"]))), people.get(uuid.UUID(str(p["high"]))), p) for p in pairs)
    return [
        Sample(left, right, pair["before"], pair["after"])
        for left, right, pair in found
        if left is not None and right is not None
    ]
