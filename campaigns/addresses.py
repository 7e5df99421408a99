"""Where the pages of assets are."""

from __future__ import annotations

import uuid

from django.urls import reverse

from campaigns.choices import AssetKind

# The part of the address that stands for each kind.
PLACE_OF: dict[str, str] = {
    AssetKind.CAMPAIGN: "plans",
    AssetKind.TARGET_PROFILE: "targets",
    AssetKind.BRAND_GUIDELINE: "brands",
    AssetKind.BUDGET: "budgets",
    AssetKind.CONTAINER: "containers",
}


def address_of(kind: str, asset_id: uuid.UUID, act: str = "asset") -> str:
    """Return the address of an asset's page, or of an act on it."""
    return reverse(f"marketing-{PLACE_OF[kind]}-{act}", args=[asset_id])


def list_address(place: str, act: str = "") -> str:
    """Return the address of the list of a kind, or of an act on it: new, import, export, many."""
    return reverse(f"marketing-{place}{f'-{act}' if act else ''}")
