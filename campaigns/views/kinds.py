"""What the pages call the five kinds."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaigns.choices import AssetKind


@dataclass(frozen=True)
class Shown:
    """A kind on pages: its part of the address, its names, its icon, and its model's columns in a list."""

    kind: AssetKind
    place: str
    many: Any
    new: Any
    icon: str
    columns: tuple[tuple[Any, str], ...]


SHOWN = {
    shown.place: shown
    for shown in (
        Shown(
            AssetKind.CAMPAIGN,
            "plans",
            _("Campaigns"),
            _("New campaign"),
            "campaign",
            ((_("Status"), "get_status_display"), (_("From"), "starts_on"), (_("To"), "ends_on")),
        ),
        Shown(
            AssetKind.TARGET_PROFILE,
            "targets",
            _("Target profiles"),
            _("New target profile"),
            "person_search",
            ((_("Youngest"), "age_min"), (_("Oldest"), "age_max"), (_("Version"), "version")),
        ),
        Shown(
            AssetKind.BRAND_GUIDELINE,
            "brands",
            _("Brand guidelines"),
            _("New brand guideline"),
            "palette",
            ((_("Industry"), "industry"), (_("Version"), "version")),
        ),
        Shown(
            AssetKind.BUDGET,
            "budgets",
            _("Budgets"),
            _("New budget"),
            "account_balance_wallet",
            (
                (_("For"), "get_period_display"),
                (_("Amount"), "amount"),
                (_("Spent"), "amount_spent"),
                (_("%"), "percentage_spent"),
                (_("Status"), "get_status_display"),
            ),
        ),
        Shown(
            AssetKind.CONTAINER,
            "containers",
            _("Containers"),
            _("New container"),
            "inventory_2",
            (
                (_("Status"), "get_status_display"),
                (_("Complete"), "is_complete"),
                (_("Default"), "is_default"),
            ),
        ),
    )
}
PLACE_OF = {shown.kind: place for place, shown in SHOWN.items()}


def address_of(kind: str, asset_id: uuid.UUID, act: str = "asset") -> str:
    """Return the address of an asset's page, or of an act on it."""
    return reverse(f"marketing-{PLACE_OF[AssetKind(kind)]}-{act}", args=[asset_id])


def list_address(place: str, act: str = "") -> str:
    """Return the address of the list of a kind, or of the form of a new one."""
    return reverse(f"marketing-{place}{act}")
