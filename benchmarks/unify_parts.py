"""The parts of the benchmark of finding duplicates; each runs in a process of its own."""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from random import Random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cdp.models import Tenant


def fill(tenant: Tenant, _options: argparse.Namespace) -> dict[str, Any]:
    """Make the records that are missing, learn a model, and search once, as any tenant has."""
    from benchmarks.tenants import BY  # noqa: PLC0415
    from cdp.tenancy.context import tenant_context  # noqa: PLC0415
    from unify.choices import ModelOrigin  # noqa: PLC0415
    from unify.finding.current import current_model, settings_of  # noqa: PLC0415
    from unify.finding.running import run_match  # noqa: PLC0415
    from unify.models import MatchRecord, MatchSettings  # noqa: PLC0415
    from unify.operations.publish_model import publish_model  # noqa: PLC0415
    from unify.operations.train_model import train_model  # noqa: PLC0415
    from unify.records.refresh import refresh_all  # noqa: PLC0415

    with tenant_context(tenant):
        settings_of(tenant)
        MatchSettings.objects.update(merges_by_itself=False)
        started = time.perf_counter()
        made = refresh_all(tenant)
        took = time.perf_counter() - started
        if current_model(tenant)[0].origin == ModelOrigin.SHIPPED:
            learned = run_match(tenant=tenant, run_id=train_model(tenant=tenant, by=BY).pk)
            publish_model(tenant=tenant, by=BY, number=learned.counts["version"], complete=True)
        per_second = round(made / took) if made > 1000 else None
        return {"records": MatchRecord.objects.count(), "per_second": per_second}


def alone(tenant: Tenant, _options: argparse.Namespace) -> dict[str, Any]:
    """What Splink takes to predict and cluster records that are in memory already."""
    from benchmarks.measure import cost_of  # noqa: PLC0415
    from cdp.tenancy.context import tenant_context  # noqa: PLC0415
    from unify.finding.current import current_model, settings_of  # noqa: PLC0415
    from unify.finding.loading import batch_database, load_all  # noqa: PLC0415
    from unify.finding.pairing import affordable  # noqa: PLC0415
    from unify.matching.batch import Limits, predict_on  # noqa: PLC0415
    from unify.matching.components import clusters_of  # noqa: PLC0415

    with tenant_context(tenant), batch_database() as batch:
        _, model = current_model(tenant)
        records = load_all(batch)
        limits = Limits(least_score=settings_of(tenant).review_score)
        model = affordable(model, records)
        cost = cost_of(lambda: (predict_on(batch, model, limits), sum(1 for _ in clusters_of(batch))))
        return {"seconds": cost.seconds, "cpu": cost.cpu}


def whole(tenant: Tenant, _options: argparse.Namespace) -> dict[str, Any]:
    """A deep run that stores every candidate and case anew."""
    from cdp.tenancy.context import tenant_context  # noqa: PLC0415
    from unify.choices import RunKind  # noqa: PLC0415
    from unify.models import Candidate, ReviewCase  # noqa: PLC0415

    with tenant_context(tenant):
        Candidate.objects.all()._raw_delete(using="default")
        ReviewCase.objects.all()._raw_delete(using="default")
        return _run(tenant, RunKind.DEEP)


def again(tenant: Tenant, _options: argparse.Namespace) -> dict[str, Any]:
    """A deep run as every night has it: candidates and cases are there already."""
    from cdp.tenancy.context import tenant_context  # noqa: PLC0415
    from unify.choices import RunKind  # noqa: PLC0415

    with tenant_context(tenant):
        return _run(tenant, RunKind.DEEP)


def changed(tenant: Tenant, _options: argparse.Namespace) -> dict[str, Any]:
    """An incremental run after one in a hundred customers has changed."""
    from django.db import connection  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from cdp.tenancy.context import tenant_context  # noqa: PLC0415
    from unify.choices import RunKind, RunState  # noqa: PLC0415
    from unify.models import MatchRecord, MatchRun, MatchSettings  # noqa: PLC0415
    from unify.records.policy import OVERLAP  # noqa: PLC0415

    with tenant_context(tenant):
        # What was done before lies further back than a run looks for late commits.
        past = timezone.now() - 3 * OVERLAP
        MatchRecord.objects.filter(changed_at__gte=past - OVERLAP).update(changed_at=past - 3 * OVERLAP)
        MatchRun.objects.filter(state=RunState.DONE, looked_at_until__gte=past).update(looked_at_until=past)
        MatchSettings.objects.update(records_until=timezone.now() + OVERLAP)
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE profiles SET version = version + 1, updated_at = now() + interval '1 minute',"
                " last_name = last_name || 'a' WHERE tenant_id = %s AND status = 'ACTIVE'"
                " AND ('x' || substr(md5(id::text || %s), 1, 8))::bit(32)::bigint %% 100 = 0",
                [tenant.pk, str(time.time())],
            )
        _vacuum(connection)
        return _run(tenant, RunKind.INCREMENTAL)


def _run(tenant: Tenant, kind: str) -> dict[str, Any]:
    from benchmarks.measure import cost_of  # noqa: PLC0415
    from benchmarks.tenants import BY  # noqa: PLC0415
    from unify.choices import RunKind, RunState  # noqa: PLC0415
    from unify.finding.progress import Progress  # noqa: PLC0415
    from unify.finding.running import run_match  # noqa: PLC0415
    from unify.models import MatchRun  # noqa: PLC0415
    from unify.operations.start_run import start_run  # noqa: PLC0415

    steps: dict[str, float] = {}

    begin = Progress.step

    def watched(self: Progress, name: str, total: int = 0) -> None:
        now = time.perf_counter()
        if steps:
            last = next(reversed(steps))
            steps[last] = round(now - steps[last], 2)
        steps[name] = now
        begin(self, name, total)

    Progress.step = watched  # type: ignore[method-assign]
    ordered = start_run(tenant=tenant, by=BY, kind=RunKind(kind))
    cost = cost_of(lambda: run_match(tenant=tenant, run_id=ordered.pk))
    done = MatchRun.objects.get(pk=ordered.pk)
    if done.state != RunState.DONE:
        raise RuntimeError(done.error)
    last = next(reversed(steps))
    steps[last] = round(time.perf_counter() - steps[last], 2)
    return {**done.counts, "seconds": cost.seconds, "cpu": cost.cpu, "steps": steps}


def online(tenant: Tenant, options: argparse.Namespace) -> dict[str, Any]:
    """Customers like one that is typed in again, with a slip, drawn from all over the table."""
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    from cdp.tenancy.context import tenant_context  # noqa: PLC0415
    from profiles.models import Profile  # noqa: PLC0415
    from profiles.records import ProfileRecord  # noqa: PLC0415
    from unify.models import MatchRecord  # noqa: PLC0415
    from unify.operations.find_alike import find_alike  # noqa: PLC0415

    rng = Random(1)
    with tenant_context(tenant):
        ids = list(MatchRecord.objects.values_list("profile_id", flat=True)[:: max(1, 997)])
        profiles = list(Profile.objects.filter(pk__in=rng.sample(ids, min(len(ids), options.rounds))))
        typed = [
            ProfileRecord.trusted(
                first_name=one.first_name[:-1], last_name=one.last_name, email=one.email, phone=one.phone
            )
            for one in profiles
        ]
        look: Callable[[Any], object] = lambda record: find_alike(tenant=tenant, record=record)  # noqa: E731
        for record in typed[:20]:
            look(record)
        with CaptureQueriesContext(connection) as queries:
            look(typed[0])
        taken = sorted(_milliseconds(look, record) for record in typed * (options.rounds // len(typed) + 1))
    return {
        "p50": round(statistics.median(taken), 2),
        "p99": round(taken[int(len(taken) * 0.99)], 2),
        "queries": len(queries),
    }


def _milliseconds(call: Callable[[Any], object], value: object) -> float:
    started = time.perf_counter()
    call(value)
    return (time.perf_counter() - started) * 1000


def _vacuum(connection: Any) -> None:
    with connection.cursor() as cursor:
        for table in ("match_records", "match_keys", "match_candidates", "review_cases"):
            cursor.execute(f"ANALYZE {table}")


PARTS: dict[str, Callable[[Tenant, argparse.Namespace], dict[str, Any]]] = {
    "fill": fill,
    "alone": alone,
    "whole": whole,
    "again": again,
    "changed": changed,
    "online": online,
}
