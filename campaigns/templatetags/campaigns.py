"""Addresses of assets in templates."""

from __future__ import annotations

from django import template

from campaigns.models import Asset
from campaigns.views.kinds import address_of, list_address

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
def new_of(place: str) -> str:
    """Return the address of the form of a new one."""
    return list_address(place, "-new")
