"""Relatives are two people, however much they share."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence

import pytest

from cdp.models import Tenant
from tests.unify.finding.people import BY, run, somchai, spouses, strangers
from unify.choices import CandidateOrigin
from unify.finding.policy import FAMILY, FAMILY_SCORE
from unify.models import Candidate, MatchSettings, Merge
from unify.operations.explain import explain
from unify.operations.find_alike import find_alike
from unify.operations.open_candidate import open_candidate
from unify.operations.unify_profile import unify_profile
from unify.records.refresh import refresh
from unify.registries import family_links

Pairs = list[tuple[uuid.UUID, uuid.UUID]]


@pytest.fixture
def linked() -> Iterator[Pairs]:
    """Who is family, as an app further up would tell."""
    pairs: Pairs = []

    def among(ids: Sequence[uuid.UUID]) -> Pairs:
        return [pair for pair in pairs if {*pair} <= {*ids}]

    family_links.register("test", among)
    yield pairs
    family_links.unregister("test")


@pytest.mark.conforms("B48")
def test_relatives_are_not_put_before_people(acme: Tenant, linked: Pairs) -> None:
    strangers()
    anong, prasert = spouses()
    linked.append((anong.pk, prasert.pk))
    run(acme)
    assert not Candidate.objects.exists()
    reasons = explain(tenant=acme, low_id=anong.pk, high_id=prasert.pk).why_not
    assert "family" in {reason.code for reason in reasons}


@pytest.mark.conforms("B48")
def test_a_link_speaks_against_it_in_a_run_and_online_alike(acme: Tenant, linked: Pairs) -> None:
    strangers()
    father, son = somchai(), somchai()
    ids = (min(father.pk, son.pk), max(father.pk, son.pk))
    refresh(acme, ids)
    (alike,) = find_alike(tenant=acme, profile_id=father.pk)
    assert (alike.score > FAMILY_SCORE, alike.conflicts) == (True, ())
    linked.append(ids)
    # A link to a third customer says nothing of these two.
    linked.append((ids[0], somchai(first_name="Malee", email="", phone="").pk))
    MatchSettings.objects.update_or_create(defaults={"review_score": 50})
    run(acme)
    found = Candidate.objects.get(low=ids[0], high=ids[1])
    (online,) = [one for one in find_alike(tenant=acme, profile_id=father.pk) if one.profile == son]
    explained = explain(tenant=acme, low_id=ids[0], high_id=ids[1])
    assert found.score == online.score == explained.score == FAMILY_SCORE
    assert FAMILY in found.conflicts
    assert FAMILY in online.conflicts
    asked = open_candidate(tenant=acme, low_id=ids[0], high_id=ids[1], origin=CandidateOrigin.PERSON)
    assert asked is not None
    assert (asked.score, FAMILY in asked.conflicts) == (FAMILY_SCORE, True)
    assert unify_profile(tenant=acme, by=BY, profile_id=father.pk).merges == ()
    assert not Merge.objects.exists()


@pytest.mark.conforms("B48")
def test_relatives_are_not_merged_unasked(acme: Tenant, linked: Pairs) -> None:
    strangers()
    father, son = somchai(), somchai()
    linked.append((min(father.pk, son.pk), max(father.pk, son.pk)))
    run(acme)
    assert not Merge.objects.exists()
