"""Which column of an orders file is which field of an order line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cdm.insights.errors import UnknownColumns

# In order of preference; headings are compared without case, spaces and punctuation.
ALIASES: dict[str, tuple[str, ...]] = {
    "customer": (
        "customerid", "customer", "customerno", "customernumber", "customercode", "custid", "clientid",
        "client", "userid", "user", "buyerid", "buyer", "memberid", "accountid", "contactid", "profileid",
    ),
    "time": (
        "invoicedate", "orderdate", "purchasedate", "transactiondate", "saledate", "orderedat", "createdat",
        "datetime", "timestamp", "date", "orderpurchasetimestamp", "invoicetime", "ordertime", "day",
    ),
    "order": (
        "invoiceno", "invoice", "invoiceid", "invoicenumber", "orderid", "orderno", "ordernumber", "order",
        "transactionid", "receiptno", "receiptid", "basketid",
    ),
    "product": (
        "stockcode", "productid", "productcode", "product", "sku", "itemid", "itemcode", "item", "articleid",
        "article", "productname",
    ),
    "name": ("description", "productname", "productdescription", "itemname", "title", "name"),
    "quantity": ("quantity", "qty", "units", "count", "cds", "numberofitems"),
    "price": ("unitprice", "price", "itemprice", "priceperunit", "unitcost", "rate"),
    "amount": (
        "amount", "total", "linetotal", "totalprice", "sales", "revenue", "value", "dollars", "totalamount",
        "spend", "orderamount", "ordertotal",
    ),
}  # fmt: skip
_not_word = re.compile(r"[\W_]+")


def map_columns(header: Sequence[str], *, wants_product: bool = False) -> dict[str, str]:
    """The column of each field that has one; raises UnknownColumns naming what is needed and missing."""
    plain: dict[str, str] = {}
    for column in header:
        plain.setdefault(_not_word.sub("", column).lower(), column)
    found = {
        field: next(plain[alias] for alias in aliases if alias in plain)
        for field, aliases in ALIASES.items()
        if any(alias in plain for alias in aliases)
    }
    # A column "Product" beside one of codes names what the code stands for.
    if "name" not in found and found.get("product") != plain.get("product", found.get("product")):
        found["name"] = plain["product"]
    missing = [_NEEDED[field] for field in ("customer", "time") if field not in found]
    if "price" not in found and "amount" not in found:
        missing.append("the price (UnitPrice)")
    if wants_product and "product" not in found:
        missing.append("the product (StockCode)")
    if missing:
        raise UnknownColumns(missing, list(header))
    return found


_NEEDED = {"customer": "the customer (CustomerID)", "time": "the date (InvoiceDate)"}
