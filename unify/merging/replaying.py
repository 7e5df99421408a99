"""Computing survivors again without one of those that were merged into them."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from unify.merging.preparing import last_merged
from unify.merging.rules import SurvivorshipRules
from unify.merging.state import Side, State
from unify.merging.survivorship import Policy, survive
from unify.merging.tree import Level, Tree
from unify.merging.values import GONE, Values, differences, with_changes
from unify.models import MergeGroup
from unify.registries import computed_fields

# No fields people edit: asked for by these names. The latter is kept when events stay with the survivor.
STATUS, ACTIVITY = "status", "last_activity_at"


@dataclass(slots=True)
class Rewritten:
    """A decision whose survivor comes out differently now."""

    group: MergeGroup
    before: State
    after: State


@dataclass(slots=True)
class Replay:
    """The customers on the way up as they come out, and what was edited after the merge."""

    states: list[State] = field(default_factory=list)
    rewritten: list[Rewritten] = field(default_factory=list)
    # path -> [as the merge left it, as it is now], the latest edit of each.
    edits: dict[str, list[Any]] = field(default_factory=dict)
    # Whoever was deactivated after the merge, or made active again: as the merge left it, and as it is now.
    standing: tuple[State, State] | None = None


def replay(tree: Tree, keeps: Callable[[str], bool]) -> Replay:
    """Compute the way up without the merge; ``keeps`` says which edited fields stay as they are now.

    An edit is what differs between what a merge wrote and what was there at the next one, or is there today.
    """
    found = Replay()
    below: Side | None = None
    gone = tree.merge.loser_id
    computed = {path for ask in computed_fields for path in ask(tree.survivor.pk)}
    for level, today in zip(tree.levels, _today(tree), strict=True):
        sides = _sides(level, without=gone, changed=below)
        below = _replay_level(level, today, sides, keeps, found, computed)
        found.states.append(below.state)
    found.states[-1] = _with_what_stays(found, State.of(tree.survivor), keeps)
    return found


def _with_what_stays(found: Replay, today: State, keeps: Callable[[str], bool]) -> State:
    """Return the survivor with every kept edit it shows today, whatever later merges make of it now."""
    stay = {
        path: now
        for path, (_, now) in found.edits.items()
        if keeps(path) and not differences({path: now}, {path: today.values.get(path, GONE)})
    }
    return replace(found.states[-1], values=with_changes(found.states[-1].values, stay))


def _today(tree: Tree) -> Iterator[State]:
    """Yield everybody on the way up as they are; of those merged themselves, the merge knows the rest."""
    known = [carrier.loser_before for carrier in tree.carriers]
    for level, before in zip(tree.levels, [*known, {"status": tree.survivor.status}], strict=True):
        yield replace(State.of(level.profile, before.get("said")), status=before["status"])


def _replay_level(
    level: Level,
    today: State,
    sides: dict[uuid.UUID, list[Side]],
    keeps: Callable[[str], bool],
    found: Replay,
    computed: Collection[str],
) -> Side:
    groups = level.affected
    node = level.profile.pk
    earlier = level.groups[level.start - 1].after if level.start else None
    previous = State.load(earlier) if earlier else None
    state = State.load(groups[0].before)
    if not state.status:
        state = state.with_standing_of(today)
    for index, group in enumerate(groups):
        written = State.load(group.after)
        met = State.load(groups[index + 1].before) if index + 1 < len(groups) else today
        after = _merged_again(group, Side.of(node, state, previous), sides[group.pk], written)
        found.rewritten.append(Rewritten(group, state, after))
        changed = differences(written.values, met.values)
        edited = {path: now for path, now in changed.items() if path not in computed}
        for path, now in edited.items():
            found.edits[path] = [found.edits.get(path, [written.values.get(path)])[0], now]
        state = _with_edits(after, {p: now for p, now in edited.items() if keeps(p)}, met)
        if written.status and written.status != met.status:
            found.standing = (found.standing[0] if found.standing else written, met)
            state = state.with_standing_of(met) if keeps(STATUS) else state
        if keeps(ACTIVITY):
            state = _with_activity(state, written, met)
        previous = after if sides[group.pk] else previous
    return Side.of(node, state, previous)


def _merged_again(group: MergeGroup, winner: Side, losers: list[Side], written: State) -> State:
    if not losers:
        return winner.state
    policy = Policy(group.strategy, SurvivorshipRules.of(group.rules), group.choices)
    plan = survive(winner, losers, policy, group=group.pk, at=written.updated_at, by=written.updated_by)
    return replace(plan.state, merged_at=written.merged_at)


def _with_edits(after: State, kept: Values, met: State) -> State:
    if not kept:
        return after
    values = with_changes(after.values, kept)
    said = {path: one for path, one in after.said.items() if path not in kept}
    said |= {path: one for path, one in met.said.items() if path in kept}
    return replace(after, values=values, said=said, updated_at=met.updated_at, updated_by=met.updated_by)


def _with_activity(state: State, written: State, met: State) -> State:
    return replace(
        state,
        last_activity_at=_later(state.last_activity_at, written.last_activity_at, met.last_activity_at),
        last_synced_at=_later(state.last_synced_at, written.last_synced_at, met.last_synced_at),
    )


def _later(computed: datetime | None, written: datetime | None, met: datetime | None) -> datetime | None:
    """Return the computed time, or the one that was noted since."""
    if met == written or met is None:
        return computed
    return met if computed is None else max(computed, met)


def _sides(level: Level, *, without: uuid.UUID, changed: Side | None) -> dict[uuid.UUID, list[Side]]:
    """Return those merged by each decision; the one below stands as it comes out."""
    found = {merge.loser_id: merge for group in level.affected for merge in level.merges[group.pk]}
    merged = last_merged(found.keys())
    sides = {
        pk: Side.of(pk, State.of(merge.loser, merge.loser_before.get("said")), merged.get(pk))
        for pk, merge in found.items()
    }
    if changed is not None:
        sides[changed.id] = changed
    return {
        group.pk: [sides[merge.loser_id] for merge in level.merges[group.pk] if merge.loser_id != without]
        for group in level.affected
    }
