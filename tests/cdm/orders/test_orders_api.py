"""Orders and products through the API: either spelling in, snake_case out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from cdm.models import Order, Product
from cdp.tenancy.context import tenant_context
from profiles.imports.models import ImportRun
from profiles.imports.operations.confirm import confirm_import
from profiles.imports.operations.run import run_import
from tests.factories.cdm_orders import OrderFactory, ProductFactory
from tests.factories.profiles import ProfileFactory, ProfileIdentifierFactory
from tests.world import World

ORDER = {"source": "Website", "number": "O-1", "ordered_at": "2026-03-01T09:30:00+07:00", "total": 500}


@pytest.mark.conforms("R118")
def test_an_order_is_made_then_found_and_sent_again(world: World, api: APIClient) -> None:
    with tenant_context(world.acme):
        customer = ProfileFactory()
    line = {"sku": "CUP", "description": "Tea cup", "quantity": 2, "unitPrice": 250}
    body = {**ORDER, "customerId": str(customer.pk), "lines": [line]}
    made = api.post("/cdm/orders", body, format="json")
    assert made.status_code == 201, made.content
    answer = made.json()
    assert (answer["total"], answer["customer_id"], answer["lines"][0]["sku"]) == (
        500.0,
        str(customer.pk),
        "CUP",
    )
    assert api.get(made["Location"]).json() == answer
    assert api.post("/cdm/orders", body, format="json").status_code == 200
    listed = api.get("/cdm/orders", {"customer": str(customer.pk), "kind": "SALE"}).json()
    assert [row["number"] for row in listed["data"]] == ["O-1"]
    assert listed["meta"] == {"total": 1, "total_is_exact": True, "page": 1, "limit": 20}
    assert api.get("/cdm/orders", {"from": "2026-03-02T00:00:00Z"}).json()["data"] == []
    cancelled = api.post(f"/cdm/orders/{answer['id']}/cancel")
    assert (cancelled.status_code, cancelled.json()["status"]) == (200, "CANCELLED")


def test_whose_an_order_is_may_be_said_by_any_id_they_are_known_by(world: World, api: APIClient) -> None:
    with tenant_context(world.acme):
        customer = ProfileIdentifierFactory(source="ERP", external_id="123").profile
        ProfileIdentifierFactory(profile=customer, source="CRM", external_id="TVS_FB_WEB_Mali_7")
        for source in ("CRM", "SHOP"):
            ProfileIdentifierFactory(source=source, external_id="44")
    for said in (123, "123", "TVS_FB_WEB_Mali_7", str(customer.pk)):
        answer = api.post("/cdm/orders", {**ORDER, "customerId": said}, format="json")
        assert answer.json()["customer_id"] == str(customer.pk), said
        listed = api.get("/cdm/orders", {"customer": said}).json()
        assert [row["number"] for row in listed["data"]] == ["O-1"], said
    for said in (44, "nobody"):
        refused = api.post("/cdm/orders", {**ORDER, "number": "O-2", "customer_id": said}, format="json")
        assert (refused.status_code, list(refused.json()["errors"])) == (400, ["customerId"])
    assert api.get("/cdm/orders", {"customer": "44"}).status_code == 409
    assert api.get("/cdm/orders", {"customer": "nobody"}).json()["data"] == []


def test_a_time_without_zone_is_the_companys(api: APIClient) -> None:
    said = {**ORDER, "ordered_at": "2026-03-01T09:30:00"}
    answer = api.post("/cdm/orders", said, format="json").json()
    assert answer["ordered_at"] == "2026-03-01T02:30:00Z"
    refused = api.post("/cdm/orders", {**ORDER, "ordered_at": 1772332200}, format="json")
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["ordered_at"])


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"total": "x"}, "total"),
        ({"currency": "EUR"}, "currency"),
        ({"colour": 1}, "colour"),
        ({"lines": 7}, "lines"),
    ],
)
def test_bad_input_is_a_problem_and_writes_nothing(
    world: World, api: APIClient, said: dict[str, Any], field: str
) -> None:
    answer = api.post("/cdm/orders", {**ORDER, **said}, format="json")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert field in answer.json()["errors"]
    with tenant_context(world.acme):
        assert not Order.objects.exists()


def test_orders_are_for_those_who_may(world: World) -> None:
    with tenant_context(world.acme):
        order = OrderFactory()
    reader = world.api(world.scoped_key("profile:read"))
    assert reader.get(f"/cdm/orders/{order.pk}").status_code == 200
    assert reader.post("/cdm/orders", ORDER, format="json").status_code == 403
    assert reader.post(f"/cdm/orders/{order.pk}/cancel").status_code == 403
    stranger = world.api(world.stranger_key)
    assert stranger.get(f"/cdm/orders/{order.pk}").status_code == 404
    assert stranger.get("/cdm/orders").json()["data"] == []
    with tenant_context(world.acme):
        order.refresh_from_db()
        assert (order.status, Order.objects.count()) == ("COMPLETED", 1)


def test_products_and_categories_are_kept(world: World, api: APIClient) -> None:
    shelf = api.post("/cdm/categories", {"name": "Tableware"}, format="json").json()
    made = api.post(
        "/cdm/products",
        {"sku": "CUP", "name": "Tea cup", "categoryId": shelf["id"], "price": 250},
        format="json",
    )
    assert (made.status_code, made.json()["price"]) == (201, 250.0)
    address = f"/cdm/products/{made.json()['id']}"
    assert api.patch(address, {"is_active": False}, format="json").json()["is_active"] is False
    assert api.get("/cdm/products", {"sku": "CUP"}).json()["data"][0]["category_id"] == shelf["id"]
    again = api.post("/cdm/products", {"sku": "CUP"}, format="json")
    assert (again.status_code, list(again.json()["errors"])) == (409, ["sku"])
    circle = api.patch(f"/cdm/categories/{shelf['id']}", {"parent_id": shelf["id"]}, format="json")
    assert circle.status_code == 400
    with tenant_context(world.acme):
        assert Product.objects.count() == 1


def test_a_list_costs_the_same_for_many(
    world: World, api: APIClient, django_assert_max_num_queries: Any
) -> None:
    with tenant_context(world.acme):
        for _ in range(15):
            OrderFactory()
        ProductFactory()
    with django_assert_max_num_queries(12):
        assert len(api.get("/cdm/orders").json()["data"]) == 15


def test_a_file_of_orders_is_imported(world: World, api: APIClient, tmp_path: Path) -> None:
    text = b"InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID\n1,CUP,2,2026-01-05 10:00,250,C7\n"
    file = SimpleUploadedFile("orders.csv", text)
    answer = api.post("/cdm/orders/import", {"file": file, "source": "ERP"}, format="multipart")
    assert (answer.status_code, answer.json()["created"], answer.json()["state"]) == (200, 1, "done")
    assert api.get(answer["Location"]).status_code == 200
    refused = api.post(
        "/cdm/orders/import", {"file": SimpleUploadedFile("x.csv", b"a,b\n1,2\n")}, format="multipart"
    )
    assert refused.status_code == 400


def test_the_pages_take_a_file_from_its_preview_to_its_result(world: World) -> None:
    browser = world.browser(world.alice)
    assert browser.get("/admin/imports/orders").status_code == 200
    text = b"InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID\n1,CUP,2,2026-01-05 10:00,250,C7\n"
    sent = browser.post(
        "/admin/imports/orders",
        {"file": SimpleUploadedFile("orders.csv", text), "source": "ERP"},
        follow=True,
    )
    page = sent.content.decode()
    assert "new customer" in page
    assert "CUP" in page
    assert world.browser(world.bob).get("/admin/imports/orders").status_code == 403


def test_pages_of_an_import_of_orders_say_nothing_of_customers_files(world: World) -> None:
    browser = world.browser(world.alice)
    text = (
        b"Order number,Product code,Product,Quantity,Order date,Unit price,Customer number\n"
        b"1,CUP,Tea cup,2,2026-01-05 10:00,1250,C7\n2,CUP,Tea cup,two,2026-01-05 10:00,250,C7\n"
    )
    file = SimpleUploadedFile("orders.csv", text)
    sent = browser.post("/admin/imports/orders", {"file": file, "source": "ERP"}, follow=True)
    check = sent.content.decode()
    assert "Tea cup" in check
    assert "1,250.00 THB" in check
    assert ">0<" not in check  # what is no number is not shown as one
    assert "Columns" not in check
    address = sent.redirect_chain[-1][0]
    with tenant_context(world.acme):
        run = ImportRun.objects.get()
        confirm_import(tenant=world.acme, by=world.by, run_id=run.pk, is_queued=False)
        run_import(tenant=world.acme, run_id=run.pk)
    result = browser.get(address, follow=True).content.decode()
    assert 'href="/admin/imports/orders"' in result
    assert "See the new rows" in result
    assert "Customers this import made" not in result


@pytest.mark.parametrize(
    "moment", ["2026-01-01T00:00:00+23:59", "0540-06-23T05:45:01+16:06", "9999-12-31T23:00:00-10:00"]
)
def test_a_moment_is_taken_at_any_offset_or_refused(api: APIClient, moment: str) -> None:
    answer = api.get("/cdm/orders", {"from": moment})
    assert answer.status_code == (400 if moment.startswith("9999") else 200)
