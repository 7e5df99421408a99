"""Which value survives, field by field: pure, so that a merge can be computed again when a part goes."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from profiles.choices import LifecycleStage
from profiles.models import Profile
from profiles.operations.writing import computed_name
from unify.merging.choices import MergeStrategy, SurvivorshipRule
from unify.merging.chosen import Choice, provenance_of_choices
from unify.merging.rules import SurvivorshipRules
from unify.merging.state import Side, State
from unify.merging.values import GONE, TREES, Values, column_of, in_order, is_empty, put_values, same

ONLY, AGREED, CHOSEN, COMPUTED, SECOND = "only", "agreed", "chosen", "computed", "profile2"
STRICTEST = "strictest"
ADDRESS = "address"
# What somebody does not want holds for the survivor whoever said it, unless a person decides otherwise.
_STRICTEST = frozenset({"contact_preferences.doNotContact", "contact_preferences.doNotCall", "is_deceased"})
# Whole date -> the same day without its year, which says nothing more once the date is known.
_DAYS = {"date_of_birth": "partial_birth_date", "anniversary_date": "partial_anniversary"}
# Where a customer came from first is not changed by whom it was merged with.
_ALWAYS_WINNERS = frozenset({"primary_source"})
_STRATEGY_RULES: dict[str, str] = {
    MergeStrategy.PROFILE1_WINS: SurvivorshipRule.WINNER,
    MergeStrategy.PROFILE2_WINS: SECOND,
    MergeStrategy.MERGE_BOTH: SurvivorshipRule.WINNER,
    MergeStrategy.MOST_RECENT: SurvivorshipRule.MOST_RECENT,
    MergeStrategy.MOST_COMPLETE: SurvivorshipRule.MOST_COMPLETE,
}
# These were asked for by name, so no rule of the tenant's stands above them.
_ABSOLUTE = frozenset({MergeStrategy.PROFILE1_WINS, MergeStrategy.PROFILE2_WINS})


@dataclass(frozen=True, slots=True)
class Policy:
    """How a decision was to be carried out: strategy, rules, and what was chosen by hand."""

    strategy: str
    rules: SurvivorshipRules
    choices: Mapping[str, Mapping[str, Any]]  # path -> {"from": id}, {"value": …}, both, or {} for none

    def rule_for(self, path: str) -> str:
        if path in _ALWAYS_WINNERS:
            return SurvivorshipRule.WINNER
        own = None if self.strategy in _ABSOLUTE else self.rules.rule_for(path)
        if own is None and self.strategy == MergeStrategy.MERGE_BOTH and self.rules.sources:
            own = SurvivorshipRule.SOURCE_RANK
        return own or _STRATEGY_RULES[self.strategy]


@dataclass(frozen=True, slots=True)
class Plan:
    """The survivor as the merge makes it, and the choice behind each value."""

    state: State
    choices: Mapping[str, Choice]


def survive(
    winner: Side, losers: Sequence[Side], policy: Policy, *, group: uuid.UUID, at: datetime, by: str
) -> Plan:
    """Compute the survivor of ``winner`` and ``losers``."""
    sides = [winner, *losers]
    chosen = {path: _choose(path, sides, policy) for path in _paths(sides, policy)}
    chosen |= _address(sides, policy)
    chosen |= _whole_days(chosen)
    chosen["name"] = _name(sides, policy, chosen)
    values = {path: choice.value for path, choice in chosen.items() if choice.value is not GONE}
    state = replace(
        winner.state,
        values=values,
        provenance=provenance_of_choices(chosen, group=group, at=at, by=by),
        said={},
        merged_from=_merged_from(winner, losers),
        merged_at=at,
        updated_at=at,
        updated_by=by,
        last_activity_at=_latest(side.state.last_activity_at for side in sides),
        last_synced_at=_latest(side.state.last_synced_at for side in sides),
    )
    return Plan(state, chosen)


def completeness(state: State) -> int:
    """Return how many values a customer has."""
    return sum(not is_empty(value) for value in state.values.values())


def _paths(sides: Sequence[Side], policy: Policy) -> list[str]:
    known = {path for side in sides for path in side.state.values}
    return in_order(known | {path for path in policy.choices if path not in TREES})


def _choose(path: str, sides: Sequence[Side], policy: Policy, *, among: Sequence[Side] = ()) -> Choice:
    by_hand = _chosen_by_hand(path, sides, policy)
    if by_hand is not None:
        return by_hand
    if path in _STRICTEST:
        strict = next((side for side in sides if side.state.values.get(path) is True), None)
        if strict is not None:
            return Choice(True, strict, STRICTEST)
    speaking = among or [side for side in sides if not _says_little(path, side)]
    if not speaking:
        first = next((side for side in sides if path in side.state.values), sides[0])
        return Choice(first.state.values.get(path, GONE), first, ONLY)
    value = speaking[0].state.values[path]
    if all(same(value, side.state.values[path]) for side in speaking):
        return Choice(value, speaking[0], AGREED if len(speaking) > 1 else ONLY)
    rule = policy.rule_for(path)
    order = _ORDERS[rule]
    # The first of equals: the survivor stands before the others.
    best = min(speaking, key=lambda side: order(path, side, sides, policy))
    return Choice(best.state.values[path], best, rule)


def _whole_days(chosen: Mapping[str, Choice]) -> dict[str, Choice]:
    """Let whole dates stand for the same days without their year."""
    return {
        partial: Choice("", chosen[whole].side, COMPUTED)
        for whole, partial in _DAYS.items()
        if whole in chosen and not is_empty(chosen[whole].value) and partial in chosen
    }


def _chosen_by_hand(path: str, sides: Sequence[Side], policy: Policy) -> Choice | None:
    choice = policy.choices.get(path, policy.choices.get(column_of(path)))
    if choice is None:
        return None
    side = next((side for side in sides if str(side.id) == choice.get("from")), None)
    if "from" in choice and side is None:
        return None  # who was to have the last word is no part of this any more
    if "value" in choice:
        return Choice(choice["value"], side, CHOSEN)
    return Choice(side.state.values.get(path, GONE) if side else GONE, side, CHOSEN)


def _says_little(path: str, side: Side) -> bool:
    """Tell whether a side has nothing to say, or only what everybody starts with."""
    value = side.state.values.get(path, GONE)
    return is_empty(value) or (path == "lifecycle_stage" and value == LifecycleStage.SUBSCRIBER)


Order = Callable[[str, Side, Sequence[Side], Policy], Any]
_ORDERS: dict[str, Order] = {
    SurvivorshipRule.WINNER: lambda path, side, sides, policy: 0,
    SECOND: lambda path, side, sides, policy: side is sides[0],
    SurvivorshipRule.MOST_RECENT: lambda path, side, sides, policy: -side.said_at(path).timestamp(),
    SurvivorshipRule.MOST_COMPLETE: lambda path, side, sides, policy: -completeness(side.state),
    SurvivorshipRule.LONGEST: lambda path, side, sides, policy: -_length(side.state.values[path]),
    SurvivorshipRule.SOURCE_RANK: lambda path, side, sides, policy: policy.rules.rank(
        side.said(path)["source"] or ""
    ),
}


def _length(value: Any) -> int:
    return len(value) if isinstance(value, str) else len(json.dumps(value))


def _address(sides: Sequence[Side], policy: Policy) -> dict[str, Choice]:
    """Take an address as a whole where two contradict: one's street in the other's city is nowhere."""
    parts = {side.id: _parts(side) for side in sides}
    keys = in_order({path for known in parts.values() for path in known})
    contradictory = any(
        not same(one[path], other[path])
        for one in parts.values()
        for other in parts.values()
        for path in one.keys() & other.keys()
    )
    if not contradictory:
        return {}
    having = [side for side in sides if parts[side.id]]
    rule = policy.rule_for(ADDRESS)
    lead = min(
        having,
        key=lambda side: min(_ORDERS[rule](path, side, sides, policy) for path in parts[side.id]),
    )
    fitting = [side for side in having if _fits(parts[side.id], parts[lead.id])]
    choices = {}
    for path in keys:
        source = next((side for side in [lead, *fitting] if path in parts[side.id]), None)
        own = Choice(parts[source.id][path], source, rule) if source else Choice(GONE, lead, rule)
        choices[path] = _chosen_by_hand(path, sides, policy) or own
    return choices


def _parts(side: Side) -> Values:
    values = side.state.values.items()
    return {path: value for path, value in values if path.startswith(f"{ADDRESS}.") and not is_empty(value)}


def _fits(one: Values, other: Values) -> bool:
    return all(same(one[path], other[path]) for path in one.keys() & other.keys())


def _name(sides: Sequence[Side], policy: Policy, chosen: Mapping[str, Choice]) -> Choice:
    """Choose among names somebody gave; a name made of other fields is made again of what survives."""
    by_hand = _chosen_by_hand("name", sides, policy)
    given = [side for side in sides if side.state.values.get("name") not in {"", _made(side.state.values)}]
    if by_hand is not None:
        return by_hand
    if given:
        return _choose("name", sides, policy, among=given)
    value = _made({path: choice.value for path, choice in chosen.items() if choice.value is not GONE})
    said_by = next((side for side in sides if side.state.values.get("name") == value), None)
    return Choice(value, said_by, COMPUTED)


def _made(values: Values) -> str:
    profile = Profile()
    put_values(profile, values)
    return computed_name(profile)


def _merged_from(winner: Side, losers: Sequence[Side]) -> list[Any]:
    merged = list(winner.state.merged_from)
    for side in losers:
        merged += [str(side.id), *side.state.merged_from]
    return list(dict.fromkeys(merged))


def _latest(times: Any) -> datetime | None:
    return max((time for time in times if time is not None), default=None)
