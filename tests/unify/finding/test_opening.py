"""Putting one pair before people, merging one customer, and what changes elsewhere mean."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoCaptureOnCommitCallbacks

from cdp.models import Tenant
from profiles.choices import ContactKind, ProfileStatus
from profiles.identity import Hints
from profiles.models import Profile
from profiles.operations.contact_points import add_contact_point
from profiles.operations.create_profile import create_profile
from profiles.operations.deactivate_profiles import deactivate_profiles, reactivate_profiles
from profiles.operations.resolve import resolve
from profiles.records import ProfileRecord
from tests.factories.profiles import ProfileFactory
from tests.unify.finding.people import BY, run, somchai, spouses, strangers
from unify.choices import CandidateOrigin, CandidateState, CaseState, Decision
from unify.finding.errors import NotAPair
from unify.models import Candidate, MatchRecord, MatchSettings, Merge, ReviewCase, Verdict
from unify.operations.merge import merge
from unify.operations.open_candidate import open_candidate
from unify.operations.unify_profile import unify_profile
from unify.operations.unmerge import unmerge
from unify.records.refresh import refresh_all
from unify.tasks import open_conflicts

PERSON = CandidateOrigin.PERSON


def test_a_person_may_ask_about_any_two(acme: Tenant) -> None:
    one, other = strangers(2)
    candidate = open_candidate(tenant=acme, low_id=other.pk, high_id=one.pk, origin=PERSON)
    assert candidate is not None
    assert (candidate.low_id, candidate.high_id) == (one.pk, other.pk)
    assert candidate.origin == PERSON
    assert (candidate.case.state, candidate.case.size) == (CaseState.OPEN, 2)
    assert candidate.levels["first_name"] == 0


def test_a_pair_that_waits_is_not_asked_twice(acme: Tenant) -> None:
    one, other = strangers(2)
    first = open_candidate(tenant=acme, low_id=one.pk, high_id=other.pk, origin=PERSON)
    assert open_candidate(tenant=acme, low_id=other.pk, high_id=one.pk, origin=PERSON) == first
    assert ReviewCase.objects.count() == 1


def test_a_run_leaves_what_a_person_asks_about(acme: Tenant) -> None:
    one, other = strangers(2)
    open_candidate(tenant=acme, low_id=one.pk, high_id=other.pk, origin=PERSON)
    run(acme)
    assert Candidate.objects.get().state == CandidateState.PENDING
    assert ReviewCase.objects.get().state == CaseState.OPEN


def test_a_customer_is_no_duplicate_of_itself(acme: Tenant) -> None:
    (one,) = strangers(1)
    with pytest.raises(NotAPair):
        open_candidate(tenant=acme, low_id=one.pk, high_id=one.pk, origin=PERSON)


def test_nothing_is_asked_about_an_inactive_customer(acme: Tenant) -> None:
    one, other = strangers(2)
    deactivate_profiles(tenant=acme, by=BY, profile_ids=[one.pk])
    assert open_candidate(tenant=acme, low_id=one.pk, high_id=other.pk, origin=PERSON) is None
    assert not ReviewCase.objects.exists()


def test_contradicting_ids_are_handed_to_a_worker_which_opens_a_case(
    acme: Tenant, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    one = ProfileFactory(email="one@shop.example", phone="", auth_user_id="a1")
    other = ProfileFactory(email="other@shop.example", phone="")
    with django_capture_on_commit_callbacks() as handed_over:
        resolve(tenant=acme, by=BY, hints=Hints(email="other@shop.example", ids={"authUserId": "a1"}))
    assert len(handed_over) == 1
    assert not Candidate.objects.exists(), "nobody who resolves waits for this"
    for _ in range(2):
        open_conflicts(str(acme.pk), [(str(one.pk), str(other.pk))])
        candidate = Candidate.objects.get()
        assert {candidate.low_id, candidate.high_id} == {one.pk, other.pk}
        assert candidate.origin == CandidateOrigin.RESOLVE
    assert ReviewCase.objects.count() == 1


def test_the_owners_of_a_shared_phone_are_no_contradiction(
    acme: Tenant, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    family = [ProfileFactory(phone="+66811111111", email="") for _ in range(5)]
    with django_capture_on_commit_callbacks() as handed_over:
        found = resolve(tenant=acme, by=BY, hints=Hints(phone="+66811111111"))
    assert len(found.conflicts) == len(family) - 1
    assert not handed_over


def test_resolving_takes_as_many_queries_however_many_are_contradicted(
    acme: Tenant, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    def queries(email: str) -> int:
        with CaptureQueriesContext(connection) as taken, django_capture_on_commit_callbacks():
            resolve(tenant=acme, by=BY, hints=Hints(email=email, ids={"authUserId": "a1"}))
        return len(taken)

    ProfileFactory(email="own@shop.example", phone="", auth_user_id="a1")
    ProfileFactory(email="one@shop.example", phone="")
    for _ in range(20):
        ProfileFactory(email="many@shop.example", phone="")
    assert queries("one@shop.example") == queries("many@shop.example")


def test_the_database_refuses_a_pair_in_the_wrong_order(acme: Tenant) -> None:
    one, other = strangers(2)
    candidate = open_candidate(tenant=acme, low_id=one.pk, high_id=other.pk, origin=PERSON)
    assert candidate is not None
    turned = Candidate.objects.filter(pk=candidate.pk)
    with pytest.raises(IntegrityError, match="match_candidates_lower_id_first"), transaction.atomic():
        turned.update(low_id=candidate.high_id, high_id=candidate.low_id)


@pytest.mark.conforms("R40")
def test_one_customer_is_merged_with_its_sure_duplicates(acme: Tenant) -> None:
    strangers()
    one, other = somchai(), somchai(phone="")
    refresh_all(acme)
    merges = unify_profile(tenant=acme, by=BY, profile_id=one.pk).merges
    assert [{merge.winner_id, merge.loser_id} for merge in merges] == [{one.pk, other.pk}]
    assert Profile.objects.active().filter(first_name="Somchai").count() == 1


@pytest.mark.conforms("R40")
def test_the_next_best_is_merged_when_something_bars_the_best(acme: Tenant) -> None:
    strangers()
    one, barred, next_best = somchai(), somchai(), somchai(phone="")
    refresh_all(acme)
    prints = dict(MatchRecord.objects.values_list("profile_id", "fingerprint"))
    low, high = sorted((one.pk, barred.pk))
    Verdict.objects.create(
        low_id=low,
        high_id=high,
        decision=Decision.DIFFERENT,
        low_fingerprint=prints[low],
        high_fingerprint=prints[high],
        by="user:x",
    )
    unified = unify_profile(tenant=acme, by=BY, profile_id=one.pk)
    assert [{merge.winner_id, merge.loser_id} for merge in unified.merges] == [{one.pk, next_best.pk}]
    assert unified.obstacle is not None
    assert Profile.objects.active().filter(pk=barred.pk).exists()


def test_who_is_only_like_it_is_put_before_people(acme: Tenant) -> None:
    strangers()
    anong, prasert = spouses()
    refresh_all(acme)
    assert unify_profile(tenant=acme, by=BY, profile_id=anong.pk).merges == ()
    assert Candidate.objects.get().case.state == CaseState.OPEN
    assert not Merge.objects.exists()
    assert prasert.status == ProfileStatus.ACTIVE


def test_nothing_is_merged_unasked_where_the_tenant_forbids_it(acme: Tenant) -> None:
    strangers()
    one, _ = somchai(), somchai()
    MatchSettings.objects.create(merges_by_itself=False)
    refresh_all(acme)
    assert unify_profile(tenant=acme, by=BY, profile_id=one.pk).merges == ()
    assert ReviewCase.objects.get().state == CaseState.OPEN


def test_a_merge_renews_the_survivors_record(acme: Tenant) -> None:
    one, other = somchai(), somchai(email="second@shop.example")
    refresh_all(acme)
    done = merge(tenant=acme, by=BY, winner_id=one.pk, loser_ids=[other.pk])
    record = MatchRecord.objects.get()
    assert record.profile_id == one.pk
    assert "second@shop.example" in record.prepared["mailboxes"]
    unmerge(tenant=acme, by=BY, merge_id=done[0].pk)
    assert set(MatchRecord.objects.values_list("profile_id", flat=True)) == {one.pk, other.pk}
    assert "second@shop.example" not in MatchRecord.objects.get(profile=one).prepared["mailboxes"]


def test_what_was_asked_about_a_loser_is_asked_about_the_survivor(
    acme: Tenant, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    strangers()
    one, other = somchai(email="", date_of_birth=None), somchai(phone="")
    third = somchai(phone="+66855555555", date_of_birth=None, first_name="Somchay")
    open_candidate(tenant=acme, low_id=other.pk, high_id=third.pk, origin=PERSON)
    with django_capture_on_commit_callbacks(execute=True):
        merge(tenant=acme, by=BY, winner_id=one.pk, loser_ids=[other.pk])
    about_loser = Candidate.objects.get(low_id=other.pk, high_id=third.pk)
    about_survivor = Candidate.objects.get(low_id=one.pk, high_id=third.pk)
    assert (about_loser.state, about_survivor.state) == (CandidateState.WITHDRAWN, CandidateState.PENDING)


def test_a_verb_renews_the_record_after_its_commit(
    acme: Tenant, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    record = ProfileRecord.parse({"firstName": "Mali", "email": "mali@shop.example"}, tenant=acme)
    with django_capture_on_commit_callbacks(execute=True):
        profile = create_profile(tenant=acme, by=BY, record=record)
    assert MatchRecord.objects.get().prepared["mailboxes"] == ["mali@shop.example"]
    with django_capture_on_commit_callbacks(execute=True):
        add_contact_point(
            tenant=acme, by=BY, profile_id=profile.pk, kind=ContactKind.EMAIL, value="m2@shop.example"
        )
    assert MatchRecord.objects.get().prepared["mailboxes"] == ["mali@shop.example", "m2@shop.example"]
    with django_capture_on_commit_callbacks(execute=True):
        deactivate_profiles(tenant=acme, by=BY, profile_ids=[profile.pk])
    assert not MatchRecord.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        reactivate_profiles(tenant=acme, by=BY, profile_ids=[profile.pk])
    assert MatchRecord.objects.exists()
