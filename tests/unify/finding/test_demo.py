"""The demo company's review queue."""

from __future__ import annotations

import pytest

from cdp.tenancy.context import tenant_context
from profiles.demo import load
from tests.world import World
from unify.choices import CaseState, RunState
from unify.deciding.progress import progress_of_the_day
from unify.demo import LEFT, find_duplicates
from unify.models import MatchRun, Merge, ReviewCase


@pytest.mark.slow
def test_the_demo_has_merges_decisions_and_a_few_cases_waiting(world: World) -> None:
    load(world.acme, 500, seed=1)
    people = [world.alice.actor, world.bob.actor]
    find_duplicates(world.acme, people)
    find_duplicates(world.acme, people)
    with tenant_context(world.acme):
        assert MatchRun.objects.get().state == RunState.DONE
        assert Merge.objects.filter(origin="auto").exists()
        assert 10 <= ReviewCase.objects.filter(state=CaseState.OPEN).count() <= LEFT + 5
        decided = ReviewCase.objects.filter(state=CaseState.DECIDED)
        assert progress_of_the_day(world.acme, people[0]).everybody == 0, "nobody has worked yet"
        assert set(decided.values_list("decided_by", flat=True)) <= {str(person) for person in people}
