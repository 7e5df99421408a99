"""Merging a customer with 10,000 events, and taking it back: beside one UPDATE of the same rows.

``python -m benchmarks.bench_merge [--events 10000] [--rounds 15] [--customers 10000]``
"""

from __future__ import annotations

import argparse
import time
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from benchmarks.setting import prepare

if TYPE_CHECKING:
    from cdp.models import Tenant

Step = Callable[[], object]


def main() -> None:
    """Make the customers if need be, then measure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--events", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--customers", type=int, default=10_000)
    options = parser.parse_args()
    prepare()
    from benchmarks import tenants  # noqa: PLC0415 (Django must be set up)
    from cdp.tenancy.context import tenant_context  # noqa: PLC0415

    tenant = tenants.filled(options.customers)
    with tenant_context(tenant):
        measure(tenant, options.events, options.rounds)


def measure(tenant: Tenant, events: int, rounds: int) -> None:
    """Merge and unmerge, and move as many events there and back, in turn."""
    from benchmarks.measure import ratio, report, timing  # noqa: PLC0415

    winner, loser = customer("merge-winner", 10), customer("merge-loser", events)
    here, there = customer("floor-from", events), customer("floor-to", 0)
    merging, unmerging = steps(tenant, winner, loser)
    calls: dict[str, Step] = {
        f"merge, {events:,} events": merging,
        "floor: one UPDATE": lambda: hand_over(here, there, events),
        "unmerge": unmerging,
        "floor: one UPDATE, back": lambda: hand_over(there, here, events),
    }
    taken: dict[str, list[float]] = {name: [] for name in calls}
    for number in range(rounds + 2):
        for name, call in calls.items():
            started = time.perf_counter()
            call()
            if number > 1:
                taken[name].append((time.perf_counter() - started) * 1000)
    timings = {name: timing(values) for name, values in taken.items()}
    merged, floor, unmerged, back = timings.values()
    figures = {
        "merge / floor, p50": ratio(merged.p50, floor.p50),
        "unmerge / floor, p50": ratio(unmerged.p50, back.p50),
    }
    report("merge", figures, timings)


def steps(tenant: Tenant, winner: uuid.UUID, loser: uuid.UUID) -> tuple[Step, Step]:
    """Return merging the two, and taking that back."""
    from benchmarks.tenants import BY  # noqa: PLC0415
    from unify.models import Merge  # noqa: PLC0415
    from unify.operations.merge import merge  # noqa: PLC0415
    from unify.operations.unmerge import unmerge  # noqa: PLC0415

    def there() -> None:
        merge(tenant=tenant, by=BY, winner_id=winner, loser_ids=[loser])

    def back() -> None:
        held = Merge.objects.get(loser=loser, status="ACTIVE")
        unmerge(tenant=tenant, by=BY, merge_id=held.pk)

    return there, back


def hand_over(owner: uuid.UUID, heir: uuid.UUID, count: int) -> None:
    """Move the events in one statement, and fetch which they were."""
    from django.db import connection, transaction  # noqa: PLC0415

    from cdp.tenancy.context import require_tenant_id  # noqa: PLC0415

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE customer_events SET profile_id = %s"
            " WHERE tenant_id = %s AND profile_id = %s RETURNING id",
            [heir, require_tenant_id(), owner],
        )
        assert len(cursor.fetchall()) == count


def customer(reference: str, events: int) -> uuid.UUID:
    """Return a customer with so many events of its own."""
    from django.utils import timezone  # noqa: PLC0415

    from profiles.models import CustomerEvent, Profile  # noqa: PLC0415

    reference = f"{reference}-{events}"
    profile, is_new = Profile.objects.get_or_create(
        messaging_contact_id=reference, defaults={"name": reference, "email": f"{reference}@example.com"}
    )
    if is_new:
        now = timezone.now()
        CustomerEvent.objects.bulk_create(
            [
                CustomerEvent(profile=profile, type="page_view", timestamp=now - timedelta(hours=n))
                for n in range(events)
            ],
            batch_size=2000,
        )
    return profile.pk


if __name__ == "__main__":
    main()
