"""Whatever is answered to what was edited since: each edit ends where the answer says, and no row is lost."""

from __future__ import annotations

import uuid
from collections import Counter
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from cdp.models import Tenant
from profiles.models import CustomerEvent, Profile
from tests.unify.merging.dump import Dump, dump
from tests.unify.merging.people import EXAMPLES, make_people
from tests.unify.merging.test_unmerge_properties import FIRST, people, steps, take
from tests.world import World
from unify.merging.choices import Answer, EditKind, MergeStatus
from unify.merging.previews import Edit
from unify.merging.relations import moving_relations
from unify.merging.restoring import RowTaken
from unify.merging.row_edits import RowEdit, row_edits
from unify.merging.tree import Tree, load_tree
from unify.merging.values import path_of, same, values_of
from unify.models import Merge, MergedRows
from unify.operations.preview_unmerge import preview_of
from unify.operations.unmerge import unmerge

MOVING = {relation.table for relation in moving_relations()}
picks = st.lists(st.integers(0, 5), min_size=1, max_size=30)


def answers_to(edits: tuple[Edit, ...], drawn: list[int]) -> dict[str, str]:
    """Answer every edit with one of what it may be answered with."""
    return {
        edit.key: str(edit.options[drawn[n % len(drawn)] % len(edit.options)]) for n, edit in enumerate(edits)
    }


class Before:
    """Everything as it was just before a merge is taken back."""

    def __init__(self, merge: Merge, drawn: list[int]) -> None:
        self.tree: Tree = load_tree(merge.pk)
        self.rows: dict[str, RowEdit] = {edit.key: edit for edit in row_edits(self.tree)}
        self.preview = preview_of(self.tree, list(self.rows.values()))
        self.answers = answers_to(self.preview.edits, drawn)
        self.moved = {
            relation.table: {str(pk) for pk in self.tree.moved(merge, relation).ids}
            for relation in moving_relations()
        }
        self.survivor, self.loser = values_of(self.tree.survivor), values_of(self.tree.loser)
        self.status = self.tree.survivor.status
        self.dump = dump(only=MOVING)


def check(before: Before, after: Dump) -> None:
    check_fields(before)
    for relation in moving_relations():
        edits = [edit for edit in before.rows.values() if edit.relation.key == relation.key]
        check_edited(before, edits, after[relation.table])
        check_others(before, relation, edits, after[relation.table])


def check_fields(before: Before) -> None:
    survivor = Profile.objects.get(pk=before.tree.survivor.pk)
    loser = Profile.objects.get(pk=before.tree.loser.pk)
    given = {}
    for edit in before.preview.edits:
        answer, path = before.answers[edit.key], path_of(edit.key)
        if edit.kind != EditKind.FIELD:
            continue
        if path is None:
            statuses = (survivor.status, loser.status)
            assert edit.key == "status"
            assert answer != Answer.GIVE or statuses[1] == edit.now
            assert answer != Answer.KEEP or statuses[0] == before.status
        elif answer == Answer.GIVE:
            given[path] = edit.now
        elif answer == Answer.KEEP and same(before.survivor.get(path), edit.now):
            assert same(values_of(survivor).get(path), edit.now), f"{path} was to stay"
    # Whoever comes out is as before the merge, but for what was given.
    for path, value in ({**before.loser, **given}).items():
        assert same(values_of(loser).get(path), value), f"{path} of the one who comes out"


def check_edited(before: Before, edits: list[RowEdit], after: dict[str, Any]) -> None:
    loser = str(before.tree.loser.pk)
    for edit in edits:
        answer = before.answers.get(edit.key, edit.quietly or Answer.REVERT)
        for pk in map(str, edit.ids):
            row = after.get(pk)
            if edit.kind == EditKind.ADDED and answer == Answer.REVERT:
                assert row is None, f"{edit.key} was to go"
            elif edit.kind == EditKind.REMOVED and answer == Answer.KEEP:
                assert row is None, f"{edit.key} was to stay away"
            elif edit.is_over:
                assert row is None
            elif answer == Answer.GIVE and row is None:
                assert has_the_same(edit, loser, after), f"{edit.key} was to be given"
            else:
                assert row is not None, f"{edit.key} is lost"
                owner, column = row[edit.relation.column], edit.relation.column
                wanted = edit.image if answer == Answer.REVERT else edit.now
                if wanted is not None:
                    assert {**row, column: None} == {**row, **wanted, column: None}, edit.key
                assert answer != Answer.GIVE or owner == loser, f"{edit.key} was to be given"


def has_the_same(edit: RowEdit, owner: str, rows: dict[str, Any]) -> bool:
    """Tell whether a customer has a row that leaves no room for the edited one."""
    given = edit.now or {}
    return any(
        row[edit.relation.column] == owner and all(row[column] == given.get(column) for column in columns)
        for columns, _ in edit.relation.uniques
        for row in rows.values()
    )


def check_others(before: Before, relation: Any, edits: list[RowEdit], after: dict[str, Any]) -> None:
    """No other row has come or gone, and what the merge had moved is where it was."""
    was = before.dump[relation.table]
    edited = {str(pk) for edit in edits for pk in edit.ids}
    nodes = {*map(str, before.tree.nodes), str(before.tree.loser.pk)}
    for pk, row in was.items():
        if pk in edited:
            continue
        found = after.get(pk)
        assert found is not None, f"{relation.key} {pk} is lost"
        assert {**found, relation.column: None} == {**row, relation.column: None}
        if pk in before.moved[relation.table]:
            assert found[relation.column] == str(before.tree.loser.pk), (
                f"{relation.key} {pk} did not come back"
            )
        elif row[relation.column] not in nodes:
            # It may only move within its own tree: what waited behind another row takes its place.
            assert found[relation.column] in {row[relation.column], *nodes}
    primary = {str(value) for one in Profile.objects.all() for value in (one.email, one.phone)}
    for pk in after.keys() - was.keys() - edited:
        # A primary address that was kept on one side stays an address on that side.
        assert after[pk].get("value") in primary, f"{relation.key} {pk} came from nowhere"


def take_back_one(world: World, number: int, drawn: list[int]) -> None:
    held = list(Merge.objects.filter(status=MergeStatus.ACTIVE).order_by("pk"))
    if not held:
        return
    merge = held[number % len(held)]
    before = Before(merge, drawn)
    while not _answered(world, merge, before):
        pass
    check(before, dump(only=MOVING))


def _answered(world: World, merge: Merge, before: Before) -> bool:
    """Take the merge back; where two answers want one place, do what the refusal says, and say False."""
    try:
        unmerge(tenant=world.acme, by=world.by, merge_id=merge.pk, answers=before.answers)
    except RowTaken as refused:
        (key,) = refused.fields
        assert (before.rows[key].kind, before.answers[key]) == (EditKind.REMOVED, Answer.REVERT)
        before.answers[key] = Answer.KEEP.value
        return False
    return True


@pytest.mark.conforms("R44")
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    drawn=people, drawn_steps=steps, order=st.lists(st.integers(0, 20), min_size=4, max_size=4), said=picks
)
def test_every_edit_ends_where_its_answer_says(
    world: World,
    acme: Tenant,
    drawn: list[dict[str, Any]],
    drawn_steps: list[Any],
    order: list[int],
    said: list[int],
) -> None:
    with transaction.atomic():
        make_people(acme, world.by, drawn)
        for number, step in enumerate([FIRST, *drawn_steps]):
            if step[0] == "unmerge":
                take_back_one(world, step[1], said[number % len(said) :] or said)
            else:
                take(world, step, number)
        events = set(CustomerEvent.objects.values_list("pk", flat=True))
        for number in order:
            take_back_one(world, number, said[number % len(said) :] or said)
        apart(events, len(drawn))
        transaction.set_rollback(True)


def apart(events: set[uuid.UUID], number: int) -> None:
    """Everybody is a customer of their own again, and everything is counted once."""
    assert not Merge.objects.filter(status=MergeStatus.ACTIVE).exists()
    assert not MergedRows.objects.exists()
    rows = Profile.objects.values_list("status", "type", "lifecycle_stage")
    assert len(rows) == number
    assert "MERGED" not in {status for status, *_ in rows}
    assert set(CustomerEvent.objects.values_list("pk", flat=True)) == events
    assert dump(only=())["tallies"] == {
        str(key): count for key, count in Counter(tuple(r) for r in rows).items()
    }
