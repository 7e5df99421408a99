"""The endpoints of the call list."""

from __future__ import annotations

import pytest
from django.test import Client

from cdm.models import InsightFit, Recommendation
from cdp.models import Tenant
from tests.factories.profiles import ProfileFactory
from tests.rows import make_row


@pytest.mark.parametrize(
    "path",
    [
        "/cdm/ai/recommendations?limit=0",
        "/cdm/ai/top-priority?limit=101",
        "/cdm/ai/recommendations?list=best",
    ],
)
def test_what_makes_no_sense_is_a_problem(acme: Tenant, api: Client, path: str) -> None:
    assert api.get(path).status_code == 400


@pytest.mark.conforms("R108")
def test_the_lists_and_one_customers_recommendation_are_answered(acme: Tenant, api: Client) -> None:
    assert api.get("/cdm/ai/recommendations").json() == []
    profile = ProfileFactory(name="Mali")
    fit = make_row(InsightFit)
    row = make_row(Recommendation, profile=profile, fit=fit, priority=9, temperature="hot", is_held_out=False)
    Recommendation.objects.filter(pk=row.pk).update(is_contactable=True, reasons=[], usual_products=[])
    body = api.get(f"/cdm/ai/recommendation/{profile.pk}").json()
    assert (body["customer_id"], body["customer_name"], body["call_priority_score"]) == (
        str(profile.pk),
        "Mali",
        9,
    )
    assert {"offer_type", "best_call_time", "recommended_products", "next_action"} <= body.keys()
    for path in ("recommendations", "top-priority"):
        assert [row["customer_id"] for row in api.get(f"/cdm/ai/{path}").json()] == [str(profile.pk)]


@pytest.mark.conforms("R108")
def test_before_the_first_night_what_is_known_now_is_told_without_numbers(acme: Tenant, api: Client) -> None:
    profile = ProfileFactory(name="Mali", available_time="after 18:00")
    address = f"/cdm/ai/recommendation/{profile.pk}"
    body = api.get(address).json()
    assert (body["customer_id"], body["customer_name"]) == (str(profile.pk), "Mali")
    numbers = ("call_priority_score", "chance", "total_points", "computed_at")
    assert [body[name] for name in numbers] == [None] * 4
    assert (body["customer_temperature"], body["is_contactable"], body["reasons"]) == ("cold", True, [])
    assert (body["offer_type"], body["offer_reason"]) == ("cross-sell", "has not ordered yet")
    assert body["best_call_time"] == "after 18:00"
    assert body["next_action"]
    profile.contact_preferences = {"doNotContact": True}
    profile.save()
    body = api.get(address).json()
    assert (body["is_contactable"], body["next_action"]) == (False, "Do not contact")
    assert api.get("/cdm/ai/recommendation/nobody").status_code == 404
    assert not Recommendation.objects.exists()


def test_the_hours_a_customer_asked_for_win_at_once(acme: Tenant, api: Client) -> None:
    row = make_row(Recommendation, profile=ProfileFactory(), fit=make_row(InsightFit), is_held_out=False)
    learned = {"best_time": "10:00-12:00", "best_time_reason": "21% of 90 calls to all customers answered"}
    Recommendation.objects.filter(pk=row.pk).update(reasons=[], usual_products=[], **learned)
    address = f"/cdm/ai/recommendation/{row.profile_id}"

    def said() -> list[str]:
        body = api.get(address).json()
        return [body["best_call_time"], body["best_call_time_reason"]]

    assert said() == list(learned.values())
    row.profile.available_time = "after 18:00"
    row.profile.save()
    assert said() == ["after 18:00", "asked for after 18:00"]
