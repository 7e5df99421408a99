"""Relatives are two people, however much they share."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence

import pytest

from cdp.models import Tenant
from tests.unify.finding.people import run, somchai, spouses, strangers
from unify.models import Candidate, Merge
from unify.operations.explain import explain
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


def test_relatives_are_not_merged_unasked(acme: Tenant, linked: Pairs) -> None:
    strangers()
    father, son = somchai(), somchai()
    linked.append((min(father.pk, son.pk), max(father.pk, son.pk)))
    run(acme)
    assert not Merge.objects.exists()
