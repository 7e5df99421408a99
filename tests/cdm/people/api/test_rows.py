"""Families, talks, behaviour, drop-offs and deals through the API."""

from __future__ import annotations

from typing import Any

import pytest
from rest_framework.test import APIClient

from cdm.models import (
    ActivityTask,
    BehaviourEvent,
    Billing,
    Deal,
    DropOff,
    FamilyMember,
    Interaction,
    ProductCategory,
    Quotation,
)
from cdp.models import Tenant
from tests.factories.cdm_people import DropOffFactory, FamilyMemberFactory
from tests.factories.profiles import ProfileFactory


def post(api: APIClient, path: str, expected: int = 201, /, **body: Any) -> Any:
    answer = api.post(path, body, format="json")
    assert answer.status_code == expected, answer.json()
    return answer.json()


def put(api: APIClient, path: str, expected: int = 200, /, **body: Any) -> Any:
    answer = api.put(path, body, format="json")
    assert answer.status_code == expected, answer.json()
    return answer.json()


@pytest.mark.conforms("R101")
def test_a_family_is_added_to_read_changed_and_left(acme: Tenant, api: APIClient) -> None:
    profile = ProfileFactory()
    body = {
        "customerId": str(profile.pk),
        "name": "Sarah Doe",
        "relationship": "spouse",
        "phone": "0812345678",
        "date_of_birth": "1992-05-15",
        "anniversary_date": "2015-12-20",
    }
    made = post(api, "/cdm/family", **body)
    assert made["customer_id"] == str(profile.pk)
    listed = api.get(f"/cdm/family/{profile.pk}").json()
    assert [(one["name"], one["date_of_birth"]) for one in listed] == [("Sarah Doe", "1992-05-15")]
    changed = put(api, f"/cdm/family/{made['id']}", dateOfBirth="--05-15")
    assert (changed["date_of_birth"], changed["partial_birth_date"], changed["name"]) == (
        None,
        "--05-15",
        "Sarah Doe",
    )
    assert api.delete(f"/cdm/family/{made['id']}").status_code == 204
    assert api.get(f"/cdm/family/{profile.pk}").json() == []
    assert api.post(f"/cdm/family/{made['id']}/restore").json()["partial_birth_date"] == "--05-15"
    assert api.post(f"/cdm/family/{made['id']}/restore").status_code == 409


@pytest.mark.conforms("B106")
def test_a_link_is_shown_once_from_both_sides(acme: Tenant, api: APIClient) -> None:
    mother = ProfileFactory(first_name="Mali", date_of_birth="1960-01-02")
    child = ProfileFactory(first_name="Ben")
    row = FamilyMemberFactory(profile=child, relative=mother, relationship="parent", name="Mum")
    (seen,) = api.get(f"/cdm/family/{child.pk}").json()
    assert (seen["relationship"], seen["relative_id"], seen["date_of_birth"], seen["is_inverse"]) == (
        "parent",
        str(mother.pk),
        "1960-01-02",
        False,
    )
    (back,) = api.get(f"/cdm/family/{mother.pk}").json()
    assert (back["relationship"], back["relative_id"], back["name"], back["is_inverse"]) == (
        "child",
        str(child.pk),
        child.name,
        True,
    )
    assert back["id"] == str(row.pk)


@pytest.mark.conforms("R92")
def test_talks_are_logged_listed_counted_and_corrected(acme: Tenant, api: APIClient) -> None:
    profile = ProfileFactory()
    for kind, answered in (("call", True), ("call", False), ("email", None)):
        made = post(
            api,
            "/cdm/interactions",
            customerId=str(profile.pk),
            interactionType=kind,
            was_answered=answered,
            duration_seconds=60,
        )
    assert len(api.get(f"/cdm/interactions/{profile.pk}?type=call&limit=20").json()) == 2
    assert len(api.get(f"/cdm/interactions/{profile.pk}?limit=1&offset=2").json()) == 1
    stats = api.get(f"/cdm/interactions/{profile.pk}/stats").json()
    assert (stats["total_interactions"], stats["by_type"]) == (3, {"call": 2, "email": 1})
    assert (stats["answered"], stats["unanswered"], stats["avg_duration_seconds"]) == (1, 1, 60)
    assert put(api, f"/cdm/interactions/{made['id']}", outcome="Bought")["outcome"] == "Bought"
    assert api.delete(f"/cdm/interactions/{made['id']}").status_code == 204
    assert Interaction.objects.count() == 2
    assert api.post(f"/cdm/interactions/{made['id']}/restore").status_code == 200


@pytest.mark.conforms("R67")
@pytest.mark.conforms("R68")
def test_behaviour_is_recorded_singly_and_in_bulk_and_read(acme: Tenant, api: APIClient) -> None:
    profile = ProfileFactory()
    one = {"customerId": str(profile.pk), "behavior_type": "product_view", "productId": 456}
    made = post(api, "/cdm/behavior", **one, sessionId="abc123xyz", device_type="phone")
    assert (made["product_ref"], made["session_id"], made["device_type"]) == ("456", "abc123xyz", "phone")
    batch = [one, {**one, "productId": "789"}, {**one, "behavior_type": "search", "query": "shoes"}]
    assert post(api, "/cdm/behavior/batch", events=batch)["recorded"] == 3
    assert len(api.get(f"/cdm/behavior/{profile.pk}?type=product_view&limit=50").json()) == 3
    viewed = api.get(f"/cdm/behavior/{profile.pk}/most-viewed?limit=10").json()
    assert [(row["product_ref"], row["views"]) for row in viewed] == [("456", 2), ("789", 1)]


def test_a_category_is_named_by_id_by_name_or_as_the_shop_calls_it(acme: Tenant, api: APIClient) -> None:
    shelf = ProductCategory.objects.create(name="Tableware")
    said = {"customerId": str(ProfileFactory().pk), "behavior_type": "product_view"}
    for name, known, ref in (
        (str(shelf.pk), str(shelf.pk), None),
        ("Tableware", str(shelf.pk), None),
        (12, None, "12"),
        (None, None, None),
    ):
        made = post(api, "/cdm/behavior", **said, categoryId=name)
        assert (made["category_id"], made["category_ref"]) == (known, ref), name


def test_a_batch_with_a_stranger_writes_nothing(acme: Tenant, api: APIClient) -> None:
    one = {"customer_id": str(ProfileFactory().pk), "behavior_type": "wishlist"}
    answer = post(api, "/cdm/behavior/batch", 400, events=[one, {**one, "customer_id": "nobody"}])
    assert set(answer["errors"]) == {"events[1].customer_id"}
    assert not BehaviourEvent.objects.exists()


@pytest.mark.conforms("R69")
@pytest.mark.conforms("R147")
def test_drop_offs_are_recorded_listed_recovered_and_rated(acme: Tenant, api: APIClient) -> None:
    profile = ProfileFactory()
    made = post(
        api,
        "/cdm/dropoff",
        customerId=str(profile.pk),
        stage="checkout_initiated",
        productId=789,
        cart_value=5500,
        reason="High shipping cost",
    )
    assert (made["cart_value"], made["recovered"]) == (5500, False)
    DropOffFactory(profile=profile, stage="add_to_cart", cart_value=9000)
    assert [row["cart_value"] for row in api.get("/cdm/dropoff/win-back").json()] == [9000, 5500]
    assert put(api, f"/cdm/dropoff/{made['id']}/recover")["recovered"] is True
    assert [row["cart_value"] for row in api.get("/cdm/dropoff/win-back").json()] == [9000]
    assert len(api.get(f"/cdm/dropoff/{profile.pk}").json()) == 2
    rates = api.get("/cdm/dropoff/stats?days=30").json()
    assert (rates["drop_offs"], rates["recovered"], rates["recovery_rate"]) == (2, 1, 0.5)
    by_stage = {row["stage"]: row for row in rates["stages"]}
    assert list(by_stage) == ["product_view", "add_to_cart", "checkout_initiated", "payment_failed"]
    assert by_stage["checkout_initiated"]["recovery_rate"] == 1
    assert by_stage["add_to_cart"]["lost_value"] == 9000
    assert by_stage["payment_failed"]["recovery_rate"] is None


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/cdm/family", {"name": "A", "relationship": "pet"}, "relationship"),
        ("/cdm/family", {"name": "", "relationship": "child"}, "name"),
        ("/cdm/family", {"name": "A", "relationship": "child", "date_of_birth": "31/02"}, "date_of_birth"),
        ("/cdm/family", {"name": "A", "relationship": "child", "phone": "12"}, "phone"),
        ("/cdm/interactions", {"interaction_type": "call", "duration_seconds": -1}, "duration_seconds"),
        ("/cdm/behavior", {"behavior_type": "stare"}, "behavior_type"),
        ("/cdm/dropoff", {"stage": "checkout_initiated", "cart_value": -5}, "cart_value"),
        ("/cdm/deals", {"title": "A", "amount": 1.234}, "amount"),
        ("/cdm/deals", {"title": "A", "currency": "baht"}, "currency"),
        ("/cdm/tasks", {"title": "A", "due_at": "soon"}, "due_at"),
        ("/cdm/quotations", {"number": "A", "valid_until": "tomorrow"}, "valid_until"),
        ("/cdm/billings", {"number": "A", "status": "lost"}, "status"),
    ],
)
def test_bad_values_are_named_and_nothing_is_written(
    acme: Tenant, api: APIClient, path: str, body: dict[str, Any], field: str
) -> None:
    answer = post(api, path, 400, customer_id=str(ProfileFactory().pk), **body)
    assert set(answer["errors"]) == {field}
    for model in (FamilyMember, Interaction, BehaviourEvent, DropOff, Deal, ActivityTask, Quotation, Billing):
        assert not model._default_manager.exists()


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/cdm/family", {"name": "A", "relationship": "child"}),
        ("/cdm/interactions", {"interaction_type": "call"}),
        ("/cdm/behavior", {"behavior_type": "wishlist"}),
        ("/cdm/dropoff", {"stage": "product_view"}),
        ("/cdm/deals", {"title": "A"}),
    ],
)
def test_an_unknown_customer_is_named(acme: Tenant, api: APIClient, path: str, body: dict[str, Any]) -> None:
    assert set(post(api, path, 400, customer_id="nobody", **body)["errors"]) == {"customer_id"}
