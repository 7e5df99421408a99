"""Finding, locking and storing assets: parts of the verbs."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext, gettext_noop
from psycopg import errors as pg

from campaigns.choices import AssetKind
from campaigns.errors import AssetNotFound, NameTaken
from campaigns.kinds import MODELS
from campaigns.models import Asset, AssetVersion
from campaigns.snapshots import snapshot
from cdp import audit
from cdp.actors import Actor
from cdp.errors import Invalid

_FIELD_OF_CONSTRAINT = {
    "campaigns_external_id_unique": "externalId",
    "asset_templates_once": "templateName",
    "containers_one_default": "isDefault",
    "targets_one_default": "isDefault",
}
_SENTENCE_OF_CONSTRAINT = {
    "budgets_end_after_start": ("endsOn", gettext_noop("The last day is before the first.")),
    "campaigns_end_after_start": ("endsOn", gettext_noop("The last day is before the first.")),
    "budgets_custom_has_an_end": ("endsOn", gettext_noop("A budget between two days needs a last day.")),
    "budgets_unshared_serve_one": ("isShared", gettext_noop("Several campaigns use this budget.")),
    # What was taken back in the period so far would be more than was spent in the one asked for.
    "budgets_spent_not_negative": (
        "period",
        gettext_noop("This takes back more than was spent in the period."),
    ),
}


def find_asset(
    kind: AssetKind,
    asset_id: uuid.UUID,
    *,
    lock: bool = False,
    deleted: bool | None = False,
    for_good: bool = False,
) -> Any:
    """Return an asset; ``deleted`` says whether it must, may not (False) or may (None) lie in the bin.

    A lock lets others write rows that point here, as a spend does while the campaign's figures come in;
    ``for_good`` keeps them off too, for whoever deletes the asset. Raises AssetNotFound.
    """
    rows = MODELS[kind].objects.filter(pk=asset_id)
    if deleted is not None:
        rows = rows.filter(deleted_at__isnull=not deleted)
    asset = (rows.select_for_update(of=("self",), no_key=not for_good) if lock else rows).first()
    if asset is None:
        raise AssetNotFound(AssetKind(kind).label.lower())
    return asset


def store(asset: Asset, *, by: Actor, verb: str, before: dict[str, Any], also: Iterable[str] = ()) -> bool:
    """Save what differs from ``before`` as a new version, remembered and audited; tell whether anything did.

    ``also`` names columns that follow from the others, saved with them.
    """
    now = snapshot(asset)
    changes = audit.changed_fields(before, now)
    if not changes:
        return False
    asset.version += 1
    asset.updated_by = str(by)
    asset.save(update_fields=[*_columns(changes), *also, "version", "updated_at", "updated_by"])
    remember(asset, now, author=str(by))
    audit.record(verb=verb, obj=asset, by=by, changes=changes)
    return True


def remember(asset: Asset, data: dict[str, Any], *, author: str) -> None:
    """Write the asset's version into the history."""
    AssetVersion.objects.create(
        profile_type=asset.kind,
        profile_id=asset.pk,
        version=asset.version,
        data=data,
        created_by=author,
    )


def _columns(names: Iterable[str]) -> list[str]:
    return [
        name.removesuffix("_id") if name.endswith("_id") and name != "external_id" else name for name in names
    ]


def explained(act: Callable[[], Any]) -> Any:
    """Run ``act``; turn a broken rule of the database into the error that names the field."""
    try:
        return act()
    except IntegrityError as error:
        cause = error.__cause__
        name = cause.diag.constraint_name or "" if isinstance(cause, pg.Error) else ""
        if name in _FIELD_OF_CONSTRAINT:
            raise NameTaken(_FIELD_OF_CONSTRAINT[name]) from error
        if name in _SENTENCE_OF_CONSTRAINT:
            field, sentence = _SENTENCE_OF_CONSTRAINT[name]
            raise Invalid(gettext(sentence), fields={field: [gettext(sentence)]}) from error
        raise
