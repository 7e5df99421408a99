"""Orders and products through the API."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from rest_framework.request import Request
from rest_framework.response import Response

from cdm.customers import customer_by
from cdm.models import Order, Product, ProductCategory
from cdm.operations.cancel_order import cancel_order
from cdm.operations.import_orders import start_orders_import
from cdm.operations.keep_product import create_category, create_product, update_category, update_product
from cdm.operations.record_order import record_order
from cdm.orders.api import answers, bodies, endpoints
from cdm.orders.errors import CategoryNotFound, OrderNotFound, ProductNotFound
from cdm.orders.records import OrderRecord
from cdp.api.paging import PageQuery
from cdp.api.views import ApiView, ApiViewSet
from cdp.uploads import takes_files
from profiles.counting import bounded, page_of
from profiles.errors import ProfileNotFound
from profiles.imports.api.parsers import UploadParser
from profiles.imports.operations.at_once import is_small
from profiles.imports.operations.confirm import confirm_import
from profiles.imports.operations.run import run_import


class OrderViewSet(ApiViewSet):
    """Sales and returns."""

    queryset = Order.objects.order_by("-ordered_at", "-id")

    @endpoints.list_orders
    def list(self, request: Request, query: bodies.OrderListQuery) -> answers.OrderPage:
        """The latest first. `customer` is any id the customer is known by, also of one who was merged."""
        rows = self.get_queryset()
        if query.customer is not None:
            rows = _of_customer(rows, query.customer)
        first, last = query.moments
        asked = {
            "ordered_at__gte": first,
            "ordered_at__lt": last,
            "kind": query.kind,
            "status": query.status,
            "source": query.source,
            "number": query.number,
        }
        rows = rows.filter(**{name: value for name, value in asked.items() if value is not None})
        found, meta = _page(rows, query)
        return answers.OrderPage.model_validate({"data": found, "meta": meta})

    @endpoints.get_order
    def retrieve(self, request: Request, order_id: uuid.UUID) -> answers.OrderAnswer:
        """One order with its lines."""
        return answers.OrderAnswer.of(_one(self.get_queryset(), order_id, OrderNotFound))

    @endpoints.record_order
    def create(self, request: Request, body: OrderRecord) -> Response:
        """A new order is answered 201; one known by its source and number is changed, and answered 200.

        Say who ordered by `customer_id`, or by what the source knows of them: an unknown `customer` is made,
        a `customer_ref` waits until somebody is known by it, and nothing at all is an anonymous sale.
        """
        found = record_order(tenant=self.tenant, by=self.actor, record=body)
        address = reverse("order-detail", kwargs={"order_id": found.order.pk})
        return Response(
            answers.OrderAnswer.of(found.order),
            status=201 if found.is_new else 200,
            headers={"Location": address},
        )

    @endpoints.cancel_order
    def cancel(self, request: Request, order_id: uuid.UUID) -> answers.OrderAnswer:
        """It counts for nothing from then on; a cancelled one stays so."""
        return answers.OrderAnswer.of(cancel_order(tenant=self.tenant, by=self.actor, order_id=order_id))


@takes_files
class OrdersImportView(ApiView):
    """Taking a file of orders in."""

    parser_classes = [UploadParser]
    schema = endpoints.OrdersImportSchema()

    @endpoints.import_orders
    def post(self, request: Request, body: bodies.OrdersFileBody) -> Response:
        """One row per order line, as the UCI Online Retail data has them; other usual headings are known.

        A small file is done at once (200); a worker does a large one, and those sent with `async`.
        """
        run = start_orders_import(
            tenant=self.tenant,
            by=self.actor,
            file=body.file,
            file_name=body.file.name or "",
            source=body.form.source,
            customers=body.form.customers,
        )
        is_now = is_small(run) and not body.form.is_async
        run = confirm_import(tenant=self.tenant, by=self.actor, run_id=run.pk, is_queued=not is_now)
        if is_now:
            run = run_import(tenant=self.tenant, run_id=run.pk)
        location = reverse("profile-import-run", args=[run.pk])
        answer = answers.OrdersImportAnswer.model_validate(run)
        return Response(answer, status=200 if is_now else 202, headers={"Location": location})


class ProductViewSet(ApiViewSet):
    """The catalogue."""

    queryset = Product.objects.order_by("name", "id")

    @endpoints.list_products
    def list(self, request: Request, query: bodies.ProductListQuery) -> answers.ProductPage:
        """By name."""
        rows = self.get_queryset()
        if query.sku is not None:
            rows = rows.filter(sku=query.sku)
        if query.search is not None:
            rows = rows.filter(name__startswith=query.search)
        found, meta = _page(rows, query)
        return answers.ProductPage.model_validate({"data": found, "meta": meta})

    @endpoints.get_product
    def retrieve(self, request: Request, product_id: uuid.UUID) -> answers.ProductAnswer:
        """One product."""
        return answers.ProductAnswer.model_validate(_one(self.get_queryset(), product_id, ProductNotFound))

    @endpoints.add_product
    def create(self, request: Request, body: bodies.ProductBody) -> answers.ProductAnswer:
        """Codes are unique."""
        made = create_product(tenant=self.tenant, by=self.actor, **dict(body))
        return answers.ProductAnswer.model_validate(made)

    @endpoints.change_product
    def partial_update(
        self, request: Request, product_id: uuid.UUID, body: bodies.ProductChangeBody
    ) -> answers.ProductAnswer:
        """Changes what is given."""
        said = {name: getattr(body, name) for name in body.model_fields_set}
        changed = update_product(tenant=self.tenant, by=self.actor, product_id=product_id, **said)
        return answers.ProductAnswer.model_validate(changed)


class CategoryViewSet(ApiViewSet):
    """The shelves of the catalogue."""

    queryset = ProductCategory.objects.order_by("name", "id")

    @endpoints.list_categories
    def list(self, request: Request, query: PageQuery) -> answers.CategoryPage:
        """By name."""
        found, meta = _page(self.get_queryset(), query)
        return answers.CategoryPage.model_validate({"data": found, "meta": meta})

    @endpoints.get_category
    def retrieve(self, request: Request, category_id: uuid.UUID) -> answers.CategoryAnswer:
        """One category."""
        return answers.CategoryAnswer.model_validate(_one(self.get_queryset(), category_id, CategoryNotFound))

    @endpoints.add_category
    def create(self, request: Request, body: bodies.CategoryBody) -> answers.CategoryAnswer:
        """Names are unique."""
        made = create_category(tenant=self.tenant, by=self.actor, **dict(body))
        return answers.CategoryAnswer.model_validate(made)

    @endpoints.change_category
    def partial_update(
        self, request: Request, category_id: uuid.UUID, body: bodies.CategoryChangeBody
    ) -> answers.CategoryAnswer:
        """Changes what is given."""
        said = {name: getattr(body, name) for name in body.model_fields_set}
        changed = update_category(tenant=self.tenant, by=self.actor, category_id=category_id, **said)
        return answers.CategoryAnswer.model_validate(changed)


def _of_customer(rows: QuerySet[Order], reference: str) -> QuerySet[Order]:
    try:
        return rows.filter(profile_id=customer_by(reference))
    except ProfileNotFound:
        return rows.none()


def _one(rows: QuerySet[Any], row_id: uuid.UUID, missing: type[Exception]) -> Any:
    found = rows.filter(pk=row_id).first()
    if found is None:
        raise missing
    return found


def _page(rows: QuerySet[Any], query: PageQuery) -> tuple[list[Any], dict[str, Any]]:
    found, total = page_of(rows, query.window, lambda: bounded(rows))
    meta = {
        "total": total.number,
        "total_is_exact": total.is_exact,
        "page": query.page,
        "limit": query.limit,
    }
    return found, meta
