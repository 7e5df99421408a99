"""Keeping a shipped model in step with its tenant, which grows, and whose names it counts."""

from __future__ import annotations

import duckdb
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from cdp.models import Tenant
from profiles.locking import lock_values
from unify.choices import ModelOrigin, ModelState
from unify.finding.current import load, next_number
from unify.finding.policy import GROWTH
from unify.matching import MatchModel
from unify.matching.frequencies import frozen_frequencies
from unify.models import MatchModelVersion

MADE_AGAIN = gettext_noop("Made again for the present number of customers.")


def renewed(
    batch: duckdb.DuckDBPyConnection, tenant: Tenant, version: MatchModelVersion, records: int
) -> tuple[MatchModelVersion, MatchModel]:
    """Return the version in use; a shipped one that has never counted, or outgrown its counts, is made again.

    Within a version counts are frozen, or stored scores would drift as the tenant grows.
    """
    model = load(version)
    if not _is_due(version, model, records):
        return version, model
    model = MatchModel.shipped(records)
    model = model.model_copy(update={"term_frequencies": frozen_frequencies(batch, model)})
    with transaction.atomic():
        lock_values(tenant.pk, ["match_models"])
        current = MatchModelVersion.objects.select_for_update().get(state=ModelState.PUBLISHED)
        if current.pk != version.pk:
            return current, load(current)
        MatchModelVersion.objects.filter(pk=current.pk).update(state=ModelState.RETIRED)
        number = next_number()
        fresh = MatchModelVersion.objects.create(
            number=number,
            state=ModelState.PUBLISHED,
            origin=ModelOrigin.SHIPPED,
            model=model.model_copy(update={"version": number}).model_dump(mode="json"),
            records=records,
            note=MADE_AGAIN,
            published_at=timezone.now(),
            published_by="system:unify",
        )
    return fresh, load(fresh)


def _is_due(version: MatchModelVersion, model: MatchModel, records: int) -> bool:
    if version.origin != ModelOrigin.SHIPPED or not records:
        return False
    has_counted = bool(model.term_frequencies)
    return not has_counted or records >= GROWTH * max(version.records, 1)
