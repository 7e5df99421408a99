"""Conditions on customers by what they bought: what the numbers of the pages lead to."""

from __future__ import annotations

import re
import uuid
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Exists, F, OuterRef, Q
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from cdm.choices import OrderKind, OrderStatus
from cdm.days import start_of
from cdm.models import Order, Product

_MONTH = re.compile(r"(19|20)[0-9]{2}-(0[1-9]|1[0-2])")
_DAY = re.compile(r"(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}")
_RANGE = re.compile(r"[0-9]{1,12}-[0-9]{0,12}")


def clean_month(text: str) -> str:
    """Return a month written as 2026-03, or ""."""
    return text if _MONTH.fullmatch(text) else ""


def month_words(text: str) -> str:
    """Return a month as people write it."""
    return str(date_format(date.fromisoformat(f"{text}-01"), "YEAR_MONTH_FORMAT"))


def month_bounds(text: str) -> tuple[datetime, datetime]:
    """Return where a month begins and where the next one does, in the active time zone."""
    first = date.fromisoformat(f"{text}-01")
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return start_of(first), start_of(following)


def sales() -> Q:
    """Keep orders that count as bought: neither cancelled nor come back whole."""
    is_kept = Q(returned__lt=F("total")) | Q(total=0)
    return Q(kind=OrderKind.SALE) & ~Q(status=OrderStatus.CANCELLED) & is_kept


def bought(text: str) -> Q:
    """Keep customers who bought in a month."""
    begin, end = month_bounds(text)
    orders = Order.objects.filter(sales(), profile=OuterRef("pk"), ordered_at__gte=begin, ordered_at__lt=end)
    return Q(Exists(orders))


def first_bought(text: str) -> Q:
    """Keep customers whose first order was in a month."""
    begin, end = month_bounds(text)
    return Q(summaries__first_order_at__gte=begin, summaries__first_order_at__lt=end)


def bought_again(text: str) -> Q:
    """Keep customers who bought in a month and had bought before."""
    begin, _end = month_bounds(text)
    return bought(text) & Q(summaries__first_order_at__lt=begin)


def clean_product(text: str) -> str:
    """Return a product's id, with or without the day since when, as <id>.2026-03-31, or ""."""
    product, dot, day = text.partition(".")
    try:
        found = str(uuid.UUID(product))
        return f"{found}.{_day(day)}" if dot else found
    except ValueError:
        return ""


def product_since(product_id: uuid.UUID, day: date) -> str:
    """Return the value of the filter: a product bought on a day or after it."""
    return f"{product_id}.{day}"


def bought_product(text: str) -> Q:
    """Keep customers who bought a product: ever, or since a day."""
    product, _dot, day = text.partition(".")
    orders = Order.objects.filter(sales(), profile=OuterRef("pk"), lines__product=uuid.UUID(product))
    return Q(Exists(orders.filter(ordered_at__gte=start_of(_day(day))) if day else orders))


def product_words(text: str) -> str:
    """Return the name of a product, and since when."""
    product, _dot, day = text.partition(".")
    found = Product.objects.filter(pk=uuid.UUID(product)).first()
    name = str(found) if found is not None else _("unknown")
    if not day:
        return name
    return _("%(product)s since %(day)s") % {"product": name, "day": date_format(_day(day))}


def _day(text: str) -> date:
    """Return the day; raises ValueError for anything that is not written as 2026-03-31."""
    if not _DAY.fullmatch(text):
        raise ValueError(text)
    return date.fromisoformat(text)


def clean_range(text: str) -> str:
    """Return a range of amounts written as 1000-5000 or 5000-, or ""."""
    return text if _RANGE.fullmatch(text) else ""


def worth_between(text: str) -> Q:
    """Keep customers whose lifetime value lies in a range, without its upper bound.

    From 0 on means those who are worth something.
    """
    low, _dash, high = text.partition("-")
    least = Decimal(low)
    condition = Q(summaries__lifetime_value__gte=least) if least else Q(summaries__lifetime_value__gt=0)
    return condition & Q(summaries__lifetime_value__lt=Decimal(high)) if high else condition


def range_words(text: str) -> str:
    """Return a range of amounts as people write it."""
    low, _dash, high = text.partition("-")
    words = {"low": number_format(int(low), force_grouping=True)}
    if not high:
        return _("%(low)s and more") % words
    return _("%(low)s to %(high)s") % {**words, "high": number_format(int(high), force_grouping=True)}
