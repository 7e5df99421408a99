"""The admin's lists of duplicates say states and people by name, in the reader's language."""

from __future__ import annotations

import pytest

from cdp.models import Tenant
from tests.factories.unify import make_case, twins
from tests.rows import make_row
from tests.world import World
from unify.choices import CandidateState, CaseState, Decision, RunState
from unify.finding.current import current_model
from unify.finding.renewing import MADE_AGAIN
from unify.models import BulkDecision, Candidate, MatchRun, Merge, ReviewCase
from unify.operations.decide_case import decide_case
from unify.operations.unmerge import unmerge
from unify.words import conflict_words


def main_of(world: World, model: str, **headers: str) -> str:
    page = world.browser(world.alice).get(f"/admin/unify/{model}/", headers=headers)
    return page.content.decode().split("result_list")[-1]


@pytest.fixture
def decided(world: World, acme: Tenant) -> Merge:
    case = make_case(twins())
    decide_case(tenant=acme, by=world.by, case_id=case.pk, decision=Decision.SAME)
    return Merge.objects.get()


def test_a_score_has_no_more_digits_than_anybody_reads(world: World, decided: Merge) -> None:
    Merge.objects.update(score=82.80769801456735)
    shown = main_of(world, "merge")
    assert "82.8" in shown
    assert "82.80" not in shown


def test_people_are_named(world: World, acme: Tenant, decided: Merge) -> None:
    for model in ("merge", "reviewcase", "verdict"):
        shown = main_of(world, model)
        assert "Alice" in shown, model
        assert "user:" not in shown, model
    unmerge(tenant=acme, by=world.by, merge_id=decided.pk)
    one = world.browser(world.alice).get(f"/admin/unify/merge/{decided.pk}/change/").content.decode()
    assert "user:" not in one
    assert "การรวมนั้นถูกย้อนกลับแล้ว" in main_of(world, "verdict", **{"Accept-Language": "th"})


def test_every_state_has_its_label(world: World, acme: Tenant, decided: Merge) -> None:
    unmerge(tenant=acme, by=world.by, merge_id=decided.pk)
    ReviewCase.objects.update(state=CaseState.WITHDRAWN)
    Candidate.objects.update(state=CandidateState.WITHDRAWN)
    for model in (BulkDecision, MatchRun):
        make_row(model)
        model.objects.update(state=RunState.CANCELLED)
    for model_name, label in (
        ("merge", "Taken back"),
        ("reviewcase", "No longer needed"),
        ("candidate", "No longer alike"),
        ("bulkdecision", "Cancelled"),
        ("matchrun", "Cancelled"),
    ):
        assert label in main_of(world, model_name), model_name


def test_what_a_model_says_of_itself_is_said_in_the_readers_language(world: World, acme: Tenant) -> None:
    version = current_model(acme)[0]
    type(version).objects.filter(pk=version.pk).update(note=MADE_AGAIN)
    browser = world.browser(world.alice)
    shown = browser.get("/admin/matching/model", headers={"Accept-Language": "th"}).content.decode()
    assert "สร้างใหม่ตามจำนวนลูกค้าในปัจจุบัน" in shown
    assert MADE_AGAIN not in shown


def test_two_customers_of_a_pair_are_told_apart_in_words(world: World, acme: Tenant, decided: Merge) -> None:
    for model in ("candidate", "verdict"):
        shown = main_of(world, model)
        assert "One customer" in shown, model
        assert "Other customer" in shown, model
        assert ">Low<" not in shown, model


def test_a_pair_is_told_in_numbers_and_words_people_read(world: World, acme: Tenant) -> None:
    make_case(twins())
    Candidate.objects.update(score=61.13717987645317, weight=0.5306839423448109, conflicts=["birth_date"])
    address = f"/admin/unify/candidate/{Candidate.objects.get().pk}/change/"
    shown = world.browser(world.alice).get(address).content.decode()
    for words in ("61.1", "+0.5", str(conflict_words("birth_date"))):
        assert words in shown, words
    for kept in ("61.137", "0.5306"):
        assert kept not in shown, kept
