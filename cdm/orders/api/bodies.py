"""What the endpoints of orders and products take, in either spelling."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Self

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext
from pydantic import AfterValidator, Field

from cdm.choices import OrderKind, OrderStatus
from cdm.orders.importing.write import MAKE
from cdm.orders.records import Part
from cdp.api.paging import PageQuery
from cdp.api.parsers import unstorable
from cdp.api.wire import Incoming, QueryFlag
from cdp.errors import Invalid
from cdp.models import Tenant
from cdp.moments import Moment
from profiles.sizes import check_json_size

_Name = Annotated[str, Field(min_length=1, max_length=200)]
_Metadata = Annotated[dict[str, Any], AfterValidator(check_json_size)]
_Price = Annotated[Decimal, Field(ge=0, max_digits=15, decimal_places=2)]


class OrderListQuery(PageQuery):
    """Which orders: of a customer (any id they are known by), between two moments, of a kind, in a state."""

    customer: Annotated[str, Field(min_length=1, max_length=255)] | None = None
    from_: Annotated[Moment | None, Field(alias="from")] = None
    to: Moment | None = None
    kind: OrderKind | None = None
    status: OrderStatus | None = None
    source: Annotated[str, Field(max_length=40)] | None = None
    number: Annotated[str, Field(max_length=120)] | None = None

    @property
    def moments(self) -> tuple[datetime | None, datetime | None]:
        """Return from when (included) and until when (not included)."""
        return self.from_, self.to


class ProductListQuery(PageQuery):
    """Which products: those whose code it is, or whose name begins so."""

    sku: Annotated[str, Field(max_length=120)] | None = None
    search: Annotated[str, Field(max_length=200)] | None = None


class ProductBody(Part):
    """A product to add."""

    sku: Annotated[str, Field(min_length=1, max_length=120)]
    name: Annotated[str, Field(max_length=255)] = ""
    category_id: uuid.UUID | None = None
    price: _Price | None = None
    is_active: bool = True
    metadata: _Metadata = {}


class ProductChangeBody(Part):
    """What to change of a product."""

    sku: Annotated[str, Field(min_length=1, max_length=120)] = ""
    name: Annotated[str, Field(max_length=255)] = ""
    category_id: uuid.UUID | None = None
    price: _Price | None = None
    is_active: bool = True
    metadata: _Metadata = {}


class CategoryBody(Part):
    """A category to add."""

    name: _Name
    parent_id: uuid.UUID | None = None


class CategoryChangeBody(Part):
    """What to change of a category."""

    name: _Name = "-"
    parent_id: uuid.UUID | None = None


class OrdersForm(Incoming):
    """A file of order lines, CSV or parquet. `customers`: make those unknown, or let their orders wait."""

    file: bytes = b""
    source: Annotated[str, Field(min_length=1, max_length=40)] = "ERP"
    customers: Annotated[str, Field(pattern="^(make|wait)$")] = MAKE
    is_async: Annotated[QueryFlag, Field(alias="async")] = False


class OrdersFileBody:
    """A parsed form and its file."""

    def __init__(self, form: OrdersForm, file: UploadedFile[Any]) -> None:
        self.form, self.file = form, file

    @classmethod
    def parse(cls, data: QueryDict | Mapping[str, Any], *, tenant: Tenant) -> Self:
        """Validate; raises Invalid."""
        values = {name: data[name] for name in data}
        file = values.pop("file", None)
        if not isinstance(file, UploadedFile):
            raise Invalid(gettext("See errors for each field."), fields={"file": [gettext("Send a file.")]})
        for name, value in values.items():
            complaint = unstorable(name) or (
                unstorable(value) if isinstance(value, str) else "Send text, not a file."
            )
            if complaint:
                raise Invalid(complaint, fields={name.replace("\x00", "")[:200]: [complaint]})
        return cls(OrdersForm.parse(values, tenant=tenant), file)
