"""Addresses of assets in templates."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import template

from campaigns.addresses import PLACE_OF, address_of, list_address
from campaigns.choices import AssetKind
from campaigns.models import Asset
from campaigns.views.kinds import Column

register = template.Library()


@register.filter
def page_of(asset: Asset, act: str = "asset") -> str:
    """Return the address of an asset's page, or of an act on it: edit, delete, restore, spend, use."""
    return address_of(asset.kind, asset.pk, act)


@register.filter
def list_of(place: str) -> str:
    """Return the address of the list of a kind."""
    return list_address(place)


@register.filter
def many_of(place: str, act: str) -> str:
    """Return the address of an act on the list of a kind: many, export, import."""
    return list_address(place, act)


@register.filter
def whose(names: dict[str, str], row: Any) -> str:
    """Return the name of who made a row."""
    return names.get(row.created_by, "")


@register.filter
def money(amount: Decimal, currency: str) -> str:
    """Return an amount as people write it: 1,234.50 THB."""
    return f"{amount:,.2f} {currency}"


@register.filter
def is_number(columns: Sequence[Column], place: int) -> bool:
    """Tell whether a column of a list holds numbers."""
    return columns[place].is_number


@register.filter
def at_most(number: Decimal, most: int) -> Decimal:
    """Return a number, or ``most`` if it is larger."""
    return min(number, Decimal(most))


@register.filter
def place_of(kind: str) -> str:
    """Return the place of a kind in addresses."""
    return PLACE_OF[AssetKind(kind)]


@register.filter
def new_of(place: str) -> str:
    """Return the address of the form of a new one."""
    return list_address(place, "new")
