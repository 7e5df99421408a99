"""Erasing a person from what merges keep: nothing of them is left but that they were merged."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from cdp.models import AuditEntry, Tenant
from cdp.tenancy.context import tenant_context
from cdp.tenancy.expected import tenant_models
from profiles.operations.update_profile import update_profile
from profiles.records import ProfileRecord
from profiles.registries import erase_everywhere
from tests.factories.profiles import ProfileFactory
from tests.factories.unify import make_case
from tests.unify.merging.conftest import MergeOne
from tests.world import World
from unify.choices import Decision
from unify.merging.errors import MergeErased
from unify.merging.provenance import provenance_of
from unify.models import MatchSettings, Merge, MergedRows, MergeGroup, ReviewCase
from unify.operations.decide_case import decide_case
from unify.operations.erase_merges import erase_merges
from unify.operations.preview_unmerge import preview_unmerge
from unify.records.refresh import refresh

SECRET = "Xanthippe"


def kept_in_unify() -> str:
    """Return everything the app's tables hold, as text."""
    found = []
    with connection.cursor() as cursor:
        for model in tenant_models():
            if model._meta.app_label == "unify":
                cursor.execute(f"SELECT to_jsonb(t)::text FROM {model._meta.db_table} t")
                found += [row[0] for row in cursor.fetchall()]
    return json.dumps(found)


def test_nothing_of_the_person_is_left_in_merges_cases_and_keys(
    world: World, acme: Tenant, merge_one: MergeOne
) -> None:
    winner = ProfileFactory(first_name=SECRET, email="xanthippe@example.com")
    loser, twin = ProfileFactory(first_name=SECRET, last_name="Two"), ProfileFactory(first_name=SECRET)
    merge_one(
        winner,
        loser,
        reason=f"{SECRET} called",
        resolved_conflicts={"attributes.note": f"{SECRET} likes tea"},
    )
    MatchSettings.objects.update_or_create(defaults={"needs_second_person": True})
    case = make_case([winner, twin], is_risky=True)
    decide_case(
        tenant=acme,
        by=world.by,
        case_id=case.pk,
        decision=Decision.SAME,
        reason=f"{SECRET} again",
        resolved_conflicts={"name": f"{SECRET} Three"},
    )
    refresh(acme, [winner.pk])
    assert kept_in_unify().lower().count(SECRET.lower()) > 5
    erase_everywhere(acme, [loser.pk], world.by)
    erase_merges(tenant=acme, by=world.by, profile_ids=[twin.pk])
    assert SECRET.lower() not in kept_in_unify().lower()
    merge = Merge.objects.get()
    assert (merge.winner_id, merge.loser_id, merge.merged_by) == (winner.pk, loser.pk, str(world.by))
    assert merge.erased_at is not None
    assert AuditEntry.objects.filter(verb="merge.erase", object_id=merge.pk).count() == 1
    case = ReviewCase.objects.get()
    assert case.first_decision["by"] == str(world.by), "who said it is no secret of the customer's"


def test_an_erased_merge_cannot_be_taken_back_and_the_customer_lives_on(
    world: World, acme: Tenant, merge_one: MergeOne, take_back: Callable[..., Any]
) -> None:
    winner, loser, later = ProfileFactory(), ProfileFactory(), ProfileFactory()
    merged = merge_one(winner, loser)
    assert erase_merges(tenant=acme, by=world.by, profile_ids=[winner.pk]) == 1
    with pytest.raises(MergeErased):
        take_back(merged, default="revert")
    with pytest.raises(MergeErased):
        preview_unmerge(tenant=acme, merge_id=merged.pk)
    assert world.browser(world.alice).get(f"/admin/merges/{merged.pk}").status_code == 409
    record = ProfileRecord.parse({"industry": "Tea"}, tenant=acme)
    update_profile(tenant=acme, by=world.by, profile_id=winner.pk, record=record)
    assert provenance_of(winner)
    take_back(merge_one(winner, later))
    winner.refresh_from_db()
    assert winner.industry == "Tea"


def test_others_merges_are_not_touched(world: World, acme: Tenant, merge_one: MergeOne) -> None:
    mine = merge_one(ProfileFactory(), ProfileFactory())
    with tenant_context(world.zenith):
        theirs = ProfileFactory()
    group = MergeGroup.objects.get()
    rows = MergedRows.objects.count()
    erase_merges(tenant=acme, by=world.by, profile_ids=[ProfileFactory().pk, theirs.pk])
    mine.refresh_from_db()
    assert mine.erased_at is None
    assert MergeGroup.objects.get().before == group.before
    assert MergedRows.objects.count() == rows
