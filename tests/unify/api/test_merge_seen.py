"""Merging through the API what was looked at, and nothing else."""

from __future__ import annotations

import pytest
from rest_framework.test import APIClient

from cdp.models import Tenant
from tests.factories.unify import make_case, twins
from tests.profiles.api.expect import nothing_written, problem
from tests.unify.api.test_merge import body_of


@pytest.mark.conforms("R38")
def test_a_merge_of_what_has_changed_since_it_was_seen_is_refused(api: APIClient, acme: Tenant) -> None:
    low, high = twins()
    make_case([low, high], score=83)
    seen = api.post("/profiles/merge/preview", body_of(low, high)).json()["versions"]
    assert seen == {str(low.pk): low.version, str(high.pk): high.version}
    assert api.patch(f"/api/v1/customers/{high.pk}", {"industry": "Tea"}).status_code == 200
    with nothing_written():
        for address, said in (
            ("/profiles/merge", body_of(low, high)),
            ("/profiles/merge/preview", body_of(low, high)),
            (f"/api/v1/customers/{low.pk}/merge", {"loserId": str(high.pk)}),
        ):
            refused = problem(api.post(address, {**said, "versions": seen}), 409)
            assert refused["type"].endswith("case-changed")
            assert refused["changed"] == [{"profileId": str(high.pk), "fields": ["industry"]}]
    seen = api.post("/profiles/merge/preview", body_of(low, high)).json()["versions"]
    assert api.post("/profiles/merge", body_of(low, high, versions=seen)).status_code == 200
