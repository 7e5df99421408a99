"""Whatever is merged, and whatever is done to it after: taken back, everything is as it was."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from cdp.models import Tenant
from profiles.models import CustomerEvent, Profile
from tests.unify.merging.dump import Dump, changes, dump
from tests.unify.merging.people import (
    EXAMPLES,
    acts,
    acts_of_agents_too,
    edit,
    make_people,
    rows_outside,
    values_of_people,
)
from tests.unify.merging.sales import ACTIVE, TOLD, make_sales
from tests.world import World
from unify.merging.choices import MergeStatus, MergeStrategy
from unify.models import Merge
from unify.operations.merge import merge
from unify.operations.unmerge import unmerge

MOST_PEOPLE = 4
numbers = st.integers(0, 20)


def steps_of(kinds: st.SearchStrategy[str]) -> st.SearchStrategy[list[Any]]:
    """Return what may be done one after the other, with edits of these kinds."""
    return st.lists(
        st.one_of(
            st.tuples(st.just("merge"), numbers, numbers, st.sampled_from(MergeStrategy.values)),
            st.tuples(st.just("cluster"), numbers, numbers, st.sampled_from(MergeStrategy.values)),
            *[st.tuples(st.just("edit"), numbers, kinds, values_of_people)] * 4,
            st.tuples(st.just("unmerge"), numbers, numbers, st.none()),
        ),
        min_size=3,
        max_size=16,
    )


steps = steps_of(acts)
# Nothing can be edited after a merge before there is one.
FIRST = ("merge", 0, 0, MergeStrategy.MERGE_BOTH)
people = st.lists(values_of_people, min_size=3, max_size=MOST_PEOPLE)


def take(world: World, step: Any, number: int) -> set[str]:
    """Do one of the drawn steps, where there is something to do it to; return rows that are lost for good."""
    kind, first, second, how = step
    tenant, by = world.acme, world.by
    alive = list(Profile.objects.visible().order_by("pk"))
    if kind in {"merge", "cluster"} and len(alive) > 1:
        winner = alive.pop(first % len(alive))
        losers = alive if kind == "cluster" else [alive[second % len(alive)]]
        ids = [loser.pk for loser in losers]
        merge(tenant=tenant, by=by, winner_id=winner.pk, loser_ids=ids, strategy=how, force=True)
    elif kind == "edit":
        survivors = [profile for profile in alive if profile.merged_from]
        if survivors:
            lost = rows_outside(second)
            edit(tenant, by, survivors[first % len(survivors)], second, how, number)
            return lost
    elif kind == "unmerge":
        undo(world, first)
    return set()


def undo(world: World, number: int) -> bool:
    """Take back one of the merges that hold, whichever it is."""
    held = list(Merge.objects.filter(status=MergeStatus.ACTIVE).order_by("pk"))
    if not held:
        return False
    one = held[number % len(held)]
    unmerge(tenant=world.acme, by=world.by, merge_id=one.pk, default="revert")
    return True


def leave_out(before: Dump, after: Dump, lost: set[str]) -> None:
    """Take out what nobody could bring back: rows of no merge, and labels nobody in a merge had."""
    for rows, labels, column in (
        ("profile_tags", "tags", "tag_id"),
        ("segment_memberships", "segments", "segment_id"),
    ):
        of_lost = {before[rows][pk][column] for pk in lost & before[rows].keys()}
        before[rows] = {pk: row for pk, row in before[rows].items() if pk not in lost}
        for label in of_lost - {row[column] for row in before[rows].values()}:
            for found in (before, after):
                found[labels].pop(label, None)


@pytest.mark.conforms("R44")
# Without shrinking: a run takes a second, and what is found is printed as it was drawn.
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    drawn=people,
    drawn_steps=steps_of(acts_of_agents_too),
    order=st.lists(numbers, min_size=MOST_PEOPLE, max_size=MOST_PEOPLE),
)
def test_merges_edits_and_unmerges_in_any_order_leave_everything_as_it_was(
    world: World, acme: Tenant, drawn: list[dict[str, Any]], drawn_steps: list[Any], order: list[int]
) -> None:
    with transaction.atomic():
        make_sales(acme, make_people(acme, world.by, drawn))
        events = set(CustomerEvent.objects.values_list("pk", flat=True))
        before = dump()
        lost: set[str] = set()
        for number, step in enumerate([FIRST, *drawn_steps]):
            lost |= take(world, step, number)
        for number in order:
            undo(world, number)
        new = set(CustomerEvent.objects.values_list("pk", flat=True)) - events
        # What happened cannot be undone: new events stay with the survivor, who was active then.
        is_active = any(step[0] == "edit" and step[2] in ACTIVE for step in drawn_steps)
        apart = {"last_activity_at"} if is_active else set()
        after = dump(without=new, apart=apart)
        assert is_active or {told.type for told in CustomerEvent.objects.filter(pk__in=new)} <= set(TOLD)
        if is_active:
            for row in before["profiles"].values():
                row.pop("last_activity_at")
        leave_out(before, after, lost)
        transaction.set_rollback(True)
    assert changes(before, after) == []
