"""An import is taken back with everything that matching has made of its customers."""

from __future__ import annotations

from cdp.models import Tenant
from profiles.models import Profile
from tests.profiles.imports.steps import import_file, undo
from tests.unify.finding.people import run, strangers
from tests.world import World
from unify.choices import CandidateOrigin, CaseState
from unify.models import Candidate, MatchKey, MatchRecord, ReviewCase
from unify.operations.open_candidate import open_candidate

FILE = """externalId,email,firstName,lastName
E1,mali@shop.example,Mali,Sukjai
E2,som@shop.example,Som,Rakdee
"""


def test_records_pairs_and_cases_go_with_the_customers(world: World, acme: Tenant) -> None:
    known = strangers(3)
    done = import_file(world, FILE)
    run(acme)
    imported = Profile.objects.get(email="mali@shop.example")
    ids = {"low_id": known[0].pk, "high_id": imported.pk}
    open_candidate(tenant=acme, **ids, origin=CandidateOrigin.PERSON)
    undone = undo(world, done)
    assert (undone.undo_report["removed"], undone.undo_report["kept"]) == (2, 0)
    left = {one.pk for one in known}
    assert set(Profile.objects.values_list("pk", flat=True)) == left
    assert set(MatchRecord.objects.values_list("profile_id", flat=True)) == left
    assert set(MatchKey.objects.values_list("profile_id", flat=True)) == left
    assert not Candidate.objects.exists()
    assert ReviewCase.objects.get().state == CaseState.WITHDRAWN
