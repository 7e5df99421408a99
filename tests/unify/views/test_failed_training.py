"""A training that failed is told on the page it was asked for on."""

from __future__ import annotations

from cdp.models import Tenant
from tests.rows import make_row
from tests.world import World
from unify.choices import RunKind, RunState
from unify.models import MatchRun

MODEL = "/admin/matching/model"


def test_a_training_that_came_to_nothing_is_told_where_it_was_asked_for(world: World, acme: Tenant) -> None:
    run = make_row(MatchRun)
    found = MatchRun.objects.filter(pk=run.pk)
    found.update(kind=RunKind.TRAINING, state=RunState.FAILED, error="It took too long.")
    browser = world.browser(world.alice)
    assert "It took too long." in browser.get(MODEL).content.decode()
    found.update(state=RunState.DONE)
    assert "It took too long." not in browser.get(MODEL).content.decode()
