"""The admin of duplicates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.messages import get_messages

from cdp.models import AuditEntry, Tenant
from tests.cdp.queue import own_queue
from tests.factories.unify import make_case, twins
from tests.rows import make_row
from tests.world import World
from unify.choices import Decision, RunKind, RunState
from unify.finding.current import current_model, settings_of
from unify.models import (
    BulkDecision,
    Candidate,
    MatchModelVersion,
    MatchRecord,
    MatchRun,
    MatchSettings,
    Merge,
    MergedRows,
    MergeGroup,
    ReviewCase,
    Verdict,
)
from unify.operations.decide_case import decide_case

READ_ONLY: tuple[Any, ...] = (
    *(BulkDecision, Candidate, MatchModelVersion, MatchRecord, MatchRun, Merge, MergeGroup, MergedRows),
    *(ReviewCase, Verdict),
)


@pytest.fixture
def full(world: World, acme: Tenant) -> None:
    """A merged case, a run, a model and an order: a row of everything."""
    case = make_case(twins(), conflicts=["birth_date"])
    decide_case(tenant=acme, by=world.by, case_id=case.pk, decision=Decision.SAME, reason="Same shop")
    current_model(acme)
    MatchRun.objects.create(kind=RunKind.DEEP, state=RunState.DONE, counts={"pairs": 1})
    for model in (BulkDecision, MatchRecord, MergedRows):
        if not model.objects.exists():
            make_row(model)


def address(model: Any, row: Any = None) -> str:
    base = f"/admin/unify/{model._meta.model_name}/"
    return f"{base}{row.pk}/change/" if row else base


@pytest.mark.conforms("B46")
@pytest.mark.parametrize("model", READ_ONLY, ids=lambda model: model.__name__)
def test_everything_can_be_read_and_nothing_written(
    world: World, acme: Tenant, full: None, model: Any
) -> None:
    browser, row = world.browser(world.alice), model.objects.first()
    before = list(model.objects.order_by("pk").values())
    assert browser.get(address(model)).status_code == 200
    assert browser.get(address(model, row)).status_code == 200
    assert browser.post(address(model, row), {"state": "x"}).status_code == 403
    assert browser.get(f"{address(model)}add/").status_code == 403
    assert browser.post(f"/admin/unify/{model._meta.model_name}/{row.pk}/delete/").status_code == 403
    assert list(model.objects.order_by("pk").values()) == before


def test_lists_lead_to_the_pages_where_people_work(world: World, acme: Tenant, full: None) -> None:
    browser, case, merge = world.browser(world.alice), ReviewCase.objects.get(), Merge.objects.get()
    assert f"/admin/review/{case.pk}" in browser.get(address(ReviewCase)).content.decode()
    assert f"/admin/review/{case.pk}" in browser.get(address(Candidate)).content.decode()
    assert f"/admin/merges/{merge.pk}" in browser.get(address(Merge)).content.decode()


WRONG_RULES = (
    '{"phone": "nicest"}',
    '{"phone": ["x"]}',
    '{"phone": null}',
    '{"nonsense": "winner"}',
    '["phone"]',
)


@pytest.mark.conforms("B52")
def test_settings_are_changed_by_the_verb_and_refused_by_it(world: World, acme: Tenant) -> None:
    browser, own = world.browser(world.alice), settings_of(acme)
    change = address(MatchSettings, own)
    assert change in browser.get(address(MatchSettings)).content.decode()
    html = browser.get(change).content.decode()
    assert "From here on records are merged without asking" in html
    values: dict[str, Any] = {
        "review_score": 50,
        "merge_score": 95,
        "merges_by_itself": "on",
        "largest_cluster": 5,
        "bulk_score": 85,
        "needs_second_person": "on",
        "risky_events": 10,
        "digest_from": 0,
        "source_ranks": '["ERP"]',
        "survivorship": '{"phone": "most_recent", "firstName": "longest"}',
    }
    assert browser.post(change, values).status_code == 302
    own.refresh_from_db()
    assert (own.review_score, own.merge_score, own.needs_second_person) == (50, 95, True)
    assert own.source_ranks == ["ERP"]
    assert own.survivorship == {"phone": "most_recent", "first_name": "longest"}
    assert AuditEntry.objects.filter(verb="match_settings.change").count() == 1
    rules: list[dict[str, Any]] = [{"survivorship": one} for one in WRONG_RULES]
    for wrong in (*rules, {"review_score": 96}, {"merge_score": 101}):
        assert browser.post(change, {**values, **wrong}).status_code == 200
    own.refresh_from_db()
    assert (own.review_score, own.merge_score) == (50, 95)


def test_an_agent_sees_merges_and_no_settings(world: World, acme: Tenant, full: None) -> None:
    browser = world.browser(world.bob)
    assert browser.get(address(Merge)).status_code == 200
    for model in (MatchSettings, ReviewCase, Candidate, Verdict, MatchModelVersion, MatchRun):
        assert browser.get(address(model)).status_code == 403, model


@pytest.fixture
def queue() -> Iterator[None]:
    with own_queue():
        yield


@pytest.mark.conforms("R175")
def test_a_search_is_started_by_hand_one_at_a_time(
    world: World, acme: Tenant, full: None, queue: None
) -> None:
    browser, done = world.browser(world.alice), MatchRun.objects.get()
    order = {"action": "search_everybody", "_selected_action": [str(done.pk)], "index": "0"}
    assert browser.post(address(MatchRun), order).status_code == 302
    started = MatchRun.objects.exclude(pk=done.pk).get()
    assert (started.kind, started.state) == (RunKind.DEEP, RunState.WAITING)
    again = browser.post(address(MatchRun), {**order, "action": "search_changed"})
    assert "at work" in str([str(message) for message in get_messages(again.wsgi_request)])
    assert MatchRun.objects.count() == 2
