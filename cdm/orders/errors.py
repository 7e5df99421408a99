"""What can go wrong with orders and products."""

from __future__ import annotations

from django.utils.translation import gettext

from cdp.errors import Conflict, Invalid, NotFound


class OrderNotFound(NotFound):
    """No such order in this tenant."""

    slug = "order-not-found"

    def __init__(self) -> None:
        super().__init__(gettext("There is no such order."))


class ProductNotFound(NotFound):
    """No such product in this tenant."""

    slug = "product-not-found"

    def __init__(self) -> None:
        super().__init__(gettext("There is no such product."))


class CategoryNotFound(NotFound):
    """No such product category in this tenant."""

    slug = "category-not-found"

    def __init__(self) -> None:
        super().__init__(gettext("There is no such product category."))


class WrongCurrency(Invalid):
    """Amounts are in another currency than the tenant's."""

    slug = "currency"

    def __init__(self, given: str, kept: str) -> None:
        text = gettext("Amounts are kept in %(kept)s: convert them from %(given)s first.") % {
            "kept": kept,
            "given": given,
        }
        super().__init__(text, fields={"currency": [text]})


class UnknownSale(Invalid):
    """A return names a sale nobody knows."""

    slug = "unknown-sale"

    def __init__(self, number: str) -> None:
        text = gettext(
            "There is no sale %(number)s of this source: send the sale first, or leave `returns` out."
        ) % {"number": number}
        super().__init__(text, fields={"returns": [text]})


class HasReturns(Conflict):
    """A sale with returns is to be cancelled."""

    slug = "has-returns"
    title = "Something of this sale was returned"

    def __init__(self) -> None:
        super().__init__(gettext("Cancel the returns of this sale first."))


class SaleIsCancelled(Conflict):
    """Something is to come back of a sale that counts for nothing."""

    slug = "sale-is-cancelled"
    title = "The sale of this return was cancelled"

    def __init__(self) -> None:
        text = gettext("The sale was cancelled, so nothing of it can come back: cancel the return, too.")
        super().__init__(text, fields={"returns": [text]})
