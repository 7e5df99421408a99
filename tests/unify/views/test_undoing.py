"""Taking back what was merged, after somebody has gone on working with the customer."""

from __future__ import annotations

import pytest
from django.test import Client

from cdp.models import Tenant
from profiles.models import Profile
from profiles.operations.update_profile import update_profile
from profiles.records import ProfileRecord
from tests.factories.unify import make_case
from tests.profiles.views.conftest import undo_token
from tests.unify.views.test_merging import merged, page_of
from tests.unify.views.test_review import Twins, address, open_next, part
from tests.world import World
from unify.models import Merge
from unify.operations.unmerge import unmerge


def edit(world: World, profile: Profile) -> None:
    record = ProfileRecord.parse({"industry": "Tea"}, tenant=world.acme)
    update_profile(tenant=world.acme, by=world.by, profile_id=profile.pk, record=record)


@pytest.mark.conforms("R44")
def test_undoing_a_merge_by_hand_asks_about_what_was_edited_since(
    alice: Client, twins: Twins, world: World
) -> None:
    one, two = twins
    alice.post(page_of(two, f"/merge/{one.pk}"), {"winner": one.pk, "shown_winner": one.pk})
    token = undo_token(alice.get(page_of(one)).content.decode())
    edit(world, one)
    asked = alice.post("/admin/undo", {"token": token, "next": page_of(one)}, follow=True)
    merge = Merge.objects.get()
    assert merge.is_active
    assert asked.redirect_chain[-1][0] == f"/admin/merges/{merge.pk}"
    html = asked.content.decode()
    assert "Say for each change whether to keep it" in html
    assert "answer-industry" in html


@pytest.mark.conforms("R44")
def test_undoing_a_decision_asks_about_what_was_edited_since(
    alice: Client, twins: Twins, world: World
) -> None:
    case = make_case(twins)
    open_next(alice)
    done = part(alice, "post", address(case, "decide"), {"decision": "same"}).content.decode()
    merge = Merge.objects.get()
    edit(world, twins[0])
    where = f"/admin/merges/{merge.pk}"
    assert part(alice, "post", address(case, "undo"), {}).headers["HX-Redirect"] == where
    assert alice.post(address(case, "undo")).headers["Location"] == where
    assert alice.post("/admin/undo", {"token": undo_token(done)}).headers["Location"] == where
    merge.refresh_from_db()
    assert merge.is_active


def test_a_thai_reader_is_told_in_thai_that_a_merge_was_taken_back(
    alice: Client, twins: Twins, world: World, acme: Tenant
) -> None:
    unmerge(tenant=acme, by=world.by, merge_id=merged(world, twins).pk)
    case = make_case(twins)
    shown = alice.get(address(case), headers={"Accept-Language": "th"}).content.decode()
    assert "“การรวมนั้นถูกย้อนกลับแล้ว”" in shown
    assert "The merge was taken back" not in shown
