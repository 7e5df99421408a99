"""Runs about the model itself: learning one from the tenant's customers, and trying one before it is used."""

from __future__ import annotations

from typing import Any

import duckdb
from django.db import transaction

from cdp.models import Tenant
from profiles.locking import lock_values
from unify.choices import ModelOrigin, ModelState
from unify.finding.current import completed, current_model, next_number, settings_of, untrained_levels
from unify.finding.errors import ModelNotFound
from unify.finding.fates import find_fates
from unify.finding.loading import batch_database, load_all
from unify.finding.pairing import fill_pairs
from unify.finding.policy import SAMPLES
from unify.finding.progress import Progress
from unify.matching import MatchModel
from unify.matching.batch import Limits
from unify.matching.training import train_on
from unify.models import MatchModelVersion, MatchRun, MatchSettings
from unify.records.refresh import refresh_changed

_KEEP = "CREATE OR REPLACE TABLE fates_before AS FROM fates"
_CHANGES = """
CREATE OR REPLACE TABLE changes AS
SELECT low, high, b.score AS before, a.score AS after,
       coalesce(b.fate, 'drop') AS was, coalesce(a.fate, 'drop') AS becomes
  FROM fates_before AS b FULL JOIN fates AS a USING (low, high)
"""
_COUNTS = "SELECT was, becomes, count(*) FROM changes GROUP BY ALL ORDER BY ALL"
_SAMPLES = """
SELECT was, becomes, low, high, before, after FROM changes WHERE was <> becomes
QUALIFY row_number() OVER (
    PARTITION BY was, becomes ORDER BY abs(coalesce(after, 0) - coalesce(before, 0)) DESC, low, high
) <= $samples
ORDER BY ALL
"""


def learn(tenant: Tenant, run: MatchRun, progress: Progress) -> None:
    """Make a draft of what the customers themselves teach; nobody uses it until it is published."""
    progress.step("records")
    refresh_changed(tenant, progress=progress)
    with batch_database() as batch:
        progress.step("load")
        records = load_all(batch)
        progress.step("train")
        model = train_on(batch, base=MatchModel.shipped(records))
    untrained = untrained_levels(model)
    with transaction.atomic():
        lock_values(tenant.pk, ["match_models"])
        number = next_number()
        version = MatchModelVersion.objects.create(
            number=number,
            state=ModelState.DRAFT,
            origin=ModelOrigin.TRAINED,
            model=model.model_copy(update={"version": number}).model_dump(mode="json"),
            records=records,
            report={"untrained": untrained},
            created_by=run.created_by,
            updated_by=run.created_by,
        )
    run.model_version_id = version.pk
    run.counts = {"records": records, "untrained": len(untrained), "version": number}


def try_model(tenant: Tenant, run: MatchRun, progress: Progress) -> None:
    """Count what would merge, queue or drop differently with the run's version; nothing is changed."""
    version = run.model_version
    if version is None:
        raise ModelNotFound
    progress.step("records")
    refresh_changed(tenant, progress=progress)
    rules = settings_of(tenant)
    _, current = current_model(tenant)
    tried, shipped_levels = completed(version)
    with batch_database() as batch:
        progress.step("load")
        records = load_all(batch)
        _find_fates(batch, tenant, current, rules, records, progress)
        batch.execute(_KEEP)
        _find_fates(batch, tenant, tried, rules, records, progress)
        run.counts = {"records": records, "shipped_levels": shipped_levels, **_differences(batch)}


def _find_fates(
    batch: duckdb.DuckDBPyConnection,
    tenant: Tenant,
    model: MatchModel,
    rules: MatchSettings,
    records: int,
    progress: Progress,
) -> None:
    """Do with the batch what a run over everybody would, up to the decisions."""
    progress.step("compare")
    limits = Limits(least_score=rules.review_score)
    fill_pairs(batch, model, limits, records=records, progress=progress)
    progress.step("cluster")
    find_fates(batch, tenant, model, rules, progress)


def _differences(batch: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    batch.execute(_CHANGES)
    before: dict[str, int] = {"merge": 0, "queue": 0}
    after: dict[str, int] = {"merge": 0, "queue": 0}
    changes: dict[str, dict[str, Any]] = {}
    for was, becomes, count in batch.execute(_COUNTS).fetchall():
        if was in before:
            before[was] += count
        if becomes in after:
            after[becomes] += count
        if was != becomes:
            changes[f"{was}_to_{becomes}"] = {"count": count, "pairs": []}
    for was, becomes, low, high, old, new in batch.execute(_SAMPLES, {"samples": SAMPLES}).fetchall():
        pair = {"low": low, "high": high, "before": old, "after": new}
        changes[f"{was}_to_{becomes}"]["pairs"].append(pair)
    return {"before": before, "after": after, "changes": changes}
