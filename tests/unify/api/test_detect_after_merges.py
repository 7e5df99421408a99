"""Whom a search has merged, it has looked at: nothing more has to be found among them."""

from __future__ import annotations

import pytest
from rest_framework.test import APIClient

from cdp.models import Tenant
from profiles.operations.update_profile import update_profile
from profiles.records import ProfileRecord
from tests.factories.profiles import ProfileFactory
from tests.unify.finding.people import BY, run, somchai
from unify.choices import RunState
from unify.deciding import detecting
from unify.models import MatchRun, Merge

DETECT = "/profiles/detect-duplicates"


@pytest.mark.conforms("R36")
def test_after_a_search_that_merged_nothing_is_left_to_look_at(
    api: APIClient, acme: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(detecting, "MOST_AT_ONCE", 0)
    ProfileFactory()
    somchai(), somchai(phone="")
    run(acme)
    survivor = Merge.objects.get().winner
    for method in (api.get, api.post):
        meta = method(DETECT).json()["meta"]
        assert (meta["isComplete"], meta["runId"]) == (True, None)
    record = ProfileRecord.parse({"industry": "Golf"}, tenant=acme)
    update_profile(tenant=acme, by=BY, profile_id=survivor.pk, record=record)
    meta = api.get(DETECT).json()["meta"]
    assert (meta["isComplete"], meta["runId"]) == (False, None)
    ordered = api.post(DETECT).json()["meta"]["runId"]
    assert ordered == str(MatchRun.objects.get(state=RunState.WAITING).pk)
