"""An agent can say that a recommendation is wrong, and take it back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cdm.models import RecommendationFeedback
from cdm.operations.say_wrong import say_wrong
from cdm.operations.take_back_feedback import take_back_feedback
from cdm.recommendations import call_list, recommendation_of
from cdm.recommending.errors import NoRecommendation, NothingSaid
from cdp.errors import Invalid
from cdp.models import AuditEntry, Tenant
from cdp.tenancy.context import tenant_context
from tests.factories.cdm_insights import RecommendationFactory
from tests.factories.profiles import ProfileFactory
from tests.world import World


def listed(tenant: Tenant) -> set[object]:
    return {one.profile.pk for one in call_list(tenant)}


@pytest.mark.conforms("B115")
def test_what_was_said_is_kept_shown_and_keeps_the_customer_off_the_list(world: World, acme: Tenant) -> None:
    row = RecommendationFactory()
    said = say_wrong(
        tenant=acme, by=world.bob.actor, profile_id=row.profile_id, reason="not_interested", note="Has moved"
    )
    assert said.said_about["next_action"] == "call"
    assert listed(acme) == set()
    own = recommendation_of(row.profile_id)
    assert own is not None
    (shown,) = own.feedback
    assert (shown.said_by, shown.note, shown.reason_label) == ("Bob", "Has moved", "Not interested in this")
    assert shown.quiet_until is not None
    assert (shown.quiet_until - timezone.now()).days == 89
    assert AuditEntry.objects.filter(verb="recommendation.say_wrong", object_id=said.pk).exists()
    take_back_feedback(tenant=acme, by=world.bob.actor, profile_id=row.profile_id)
    assert listed(acme) == {row.profile_id}
    with pytest.raises(NothingSaid):
        take_back_feedback(tenant=acme, by=world.bob.actor, profile_id=row.profile_id)
    assert RecommendationFeedback.objects.count() == 1, "the history keeps it"


def test_silence_ends_by_itself_and_wrong_products_ask_for_none(world: World, acme: Tenant) -> None:
    one, other = RecommendationFactory(), RecommendationFactory()
    said = say_wrong(tenant=acme, by=world.by, profile_id=one.profile_id, reason="other")
    say_wrong(tenant=acme, by=world.by, profile_id=other.profile_id, reason="wrong_product")
    assert listed(acme) == {other.profile_id}
    RecommendationFeedback.objects.filter(pk=said.pk).update(created_at=timezone.now() - timedelta(days=8))
    assert listed(acme) == {one.profile_id, other.profile_id}


def ago(said: RecommendationFeedback, days: int) -> None:
    at = timezone.now() - timedelta(days=days)
    RecommendationFeedback.objects.filter(pk=said.pk).update(created_at=at)


def test_said_again_after_the_pause_it_counts_anew_and_the_history_is_kept(
    world: World, acme: Tenant
) -> None:
    row = RecommendationFactory()
    said: dict[str, Any] = {"tenant": acme, "by": world.by, "profile_id": row.profile_id}
    first = say_wrong(**said, reason="other", note="Busy")
    assert say_wrong(**said, reason="other", note="Very busy").pk == first.pk, "corrected on the same day"
    ago(first, 5)
    assert say_wrong(**said, reason="other").pk == first.pk, "corrected while it holds"
    ago(first, 8)
    again = say_wrong(**said, reason="other", note="Busy again")
    assert again.pk != first.pk
    assert listed(acme) == set()
    assert RecommendationFeedback.objects.count() == 2
    take_back_feedback(tenant=acme, by=world.by, profile_id=row.profile_id)
    assert listed(acme) == {row.profile_id}
    assert RecommendationFeedback.objects.get(taken_back_at=None).pk == first.pk


def test_a_shorter_pause_in_place_of_a_longer_one_begins_today(world: World, acme: Tenant) -> None:
    row = RecommendationFactory()
    said: dict[str, Any] = {"tenant": acme, "by": world.by, "profile_id": row.profile_id}
    first = say_wrong(**said, reason="do_not_contact")
    ago(first, 60)
    again = say_wrong(**said, reason="just_bought")
    assert listed(acme) == set()
    ago(again, 31)
    assert listed(acme) == {row.profile_id}, "the longer one no longer holds"


def test_nonsense_and_strangers_are_refused_and_nothing_is_written(world: World, acme: Tenant) -> None:
    row = RecommendationFactory()
    with pytest.raises(Invalid):
        say_wrong(tenant=acme, by=world.by, profile_id=row.profile_id, reason="bored")
    with pytest.raises(NoRecommendation):
        say_wrong(tenant=acme, by=world.by, profile_id=ProfileFactory().pk, reason="other")
    with tenant_context(world.zenith), pytest.raises(NoRecommendation):
        say_wrong(tenant=world.zenith, by=world.charlie.actor, profile_id=row.profile_id, reason="other")
    assert not RecommendationFeedback.objects.exists()
