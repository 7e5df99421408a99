"""The endpoints of orders and products: whom they are open to, what they take and answer."""

from __future__ import annotations

from typing import Any

from drf_spectacular.plumbing import build_media_type_object
from drf_spectacular.utils import OpenApiResponse

from cdm.orders.api import answers, bodies
from cdm.orders.records import OrderRecord
from cdp.api.operation import operation
from cdp.api.paging import PageQuery
from cdp.api.schema import ProblemAutoSchema
from cdp.permissions import IMPORT_RUN, PROFILE_READ, PROFILE_WRITE

_ORDER = {
    "source": "Website",
    "number": "ORD-20260301-00017",
    "ordered_at": "2026-03-01T09:30:00+07:00",
    "customer": {"external_id": "U1042", "email": "somchai@example.com", "phone": "081 234 5678"},
    "lines": [{"sku": "CUP-BLUE", "description": "Tea cup, blue", "quantity": 2, "unit_price": 250}],
    "total": 500,
}
_PRODUCT = {"sku": "CUP-BLUE", "name": "Tea cup, blue", "price": 250}
_CATEGORY = {"name": "Tableware"}
_TAKEN = {409: "There is one of this code or name already."}

list_orders = operation(
    "List orders",
    tag="orders",
    code=PROFILE_READ,
    query=bodies.OrderListQuery,
    answer=answers.OrderPage,
    problems={409: "Several customers are known by this id."},
)
record_order = operation(
    "Record an order",
    tag="orders",
    code=PROFILE_WRITE,
    status=201,
    body=OrderRecord,
    answer=answers.OrderAnswer,
    example=_ORDER,
    headers={"Location": "The address of the order."},
)
get_order = operation("Get an order", tag="orders", code=PROFILE_READ, answer=answers.OrderAnswer)
cancel_order = operation(
    "Cancel an order",
    tag="orders",
    code=PROFILE_WRITE,
    answer=answers.OrderAnswer,
    problems={409: "Something of this sale was returned: cancel the returns first."},
)
import_orders = operation(
    "Import orders",
    tag="orders",
    code=IMPORT_RUN,
    status=202,
    body=bodies.OrdersFileBody,
    answer=answers.OrdersImportAnswer,
    headers={"Location": "Where to ask how far it is."},
)
list_products = operation(
    "List products",
    tag="products",
    code=PROFILE_READ,
    query=bodies.ProductListQuery,
    answer=answers.ProductPage,
)
get_product = operation("Get a product", tag="products", code=PROFILE_READ, answer=answers.ProductAnswer)
add_product = operation(
    "Add a product",
    tag="products",
    code=PROFILE_WRITE,
    status=201,
    body=bodies.ProductBody,
    answer=answers.ProductAnswer,
    example=_PRODUCT,
    problems=_TAKEN,
)
change_product = operation(
    "Change a product",
    tag="products",
    code=PROFILE_WRITE,
    body=bodies.ProductChangeBody,
    answer=answers.ProductAnswer,
    example={"price": 240},
    problems=_TAKEN,
)
list_categories = operation(
    "List product categories",
    tag="products",
    code=PROFILE_READ,
    query=PageQuery,
    answer=answers.CategoryPage,
)
get_category = operation(
    "Get a product category", tag="products", code=PROFILE_READ, answer=answers.CategoryAnswer
)
add_category = operation(
    "Add a product category",
    tag="products",
    code=PROFILE_WRITE,
    status=201,
    body=bodies.CategoryBody,
    answer=answers.CategoryAnswer,
    example=_CATEGORY,
    problems=_TAKEN,
)
change_category = operation(
    "Change a product category",
    tag="products",
    code=PROFILE_WRITE,
    body=bodies.CategoryChangeBody,
    answer=answers.CategoryAnswer,
    example=_CATEGORY,
    problems=_TAKEN,
)


class OrdersImportSchema(ProblemAutoSchema):
    """Documents the form, and the answer when a worker does the import."""

    def get_request_serializer(self) -> Any:
        return bodies.OrdersForm

    def _get_request_body(self, direction: Any = "request") -> Any:
        ref = self.resolve_serializer(bodies.OrdersForm, direction).ref  # type: ignore[arg-type]
        return {"content": {"multipart/form-data": build_media_type_object(ref)}, "required": True}

    def get_response_serializers(self) -> Any:
        waiting = "A worker does it. Ask `Location` how far it is."
        return {
            200: OpenApiResponse(answers.OrdersImportAnswer),
            202: OpenApiResponse(answers.OrdersImportAnswer, waiting),
        }
