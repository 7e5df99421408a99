"""Searching target profiles, and counting whom one meets, beside the same at a tenth of the size.

``python -m benchmarks.bench_campaigns [--targets 100000] [--customers 1000000] [--rounds 30]``
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from benchmarks.setting import prepare

if TYPE_CHECKING:
    from campaigns.models import TargetProfile
    from cdp.models import Tenant

TODAY = date(2026, 3, 10)
PLACES = ("TH", "ZA", "BD", "JP", "GB")
WORDS = ("golf", "dawn", "coffee", "garden", "opera", "chess", "sailing", "running", "baking", "cycling")


def main() -> None:
    """Fill the tenants if need be, then measure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--targets", type=int, default=100_000)
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=30)
    options = parser.parse_args()
    prepare()
    searching(options.targets, options.rounds)
    counting(options.customers, options.rounds)


def searching(size: int, rounds: int) -> None:
    """Text and JSON queries, the first 20 rows of each."""
    from benchmarks.measure import interleaved, ratio, report  # noqa: PLC0415

    calls: dict[str, Callable[[], object]] = {}
    for label, number in (("small", size // 10), ("large", size)):
        tenant = with_targets(number)
        calls |= {f"{name}, {label}": call for name, call in _queries(tenant).items()}
    timings = interleaved(calls, rounds=rounds, warm_up=3)
    names = dict.fromkeys(name.rpartition(", ")[0] for name in calls)
    figures = {
        f"{name}: large / small, p50": ratio(timings[f"{name}, large"].p50, timings[f"{name}, small"].p50)
        for name in names
    }
    report("campaign_searches", figures, timings)


def _queries(tenant: Tenant) -> dict[str, Callable[[], object]]:
    from campaigns.models import TargetProfile  # noqa: PLC0415
    from cdp.tenancy.context import tenant_context  # noqa: PLC0415

    def first(narrowed: Callable[[Any], Any]) -> Callable[[], object]:
        def run() -> object:
            with tenant_context(tenant):
                return list(narrowed(TargetProfile.objects.kept()).defer("search_text", "search_vector")[:20])

        return run

    return {
        "part of a word": first(lambda rows: rows.matching("rare00042")),
        "full text": first(lambda rows: rows.about("rare00042")),
        "ages that overlap": first(lambda rows: rows.overlapping_ages(97, 99)),
        "country and gender": first(lambda rows: rows.in_country("TH").for_gender("female")),
        "an interest": first(lambda rows: rows.interested_in("rare00042")),
    }


def with_targets(size: int) -> Tenant:
    """Return a tenant with ``size`` target profiles."""
    from django.db import connection  # noqa: PLC0415

    from campaigns.models import TargetProfile  # noqa: PLC0415
    from cdp.models import Tenant  # noqa: PLC0415
    from cdp.postgresql.base import wrapper  # noqa: PLC0415
    from cdp.tenancy.context import tenant_context  # noqa: PLC0415

    tenant, _ = Tenant.objects.get_or_create(
        slug=f"bench-targets-{size}", defaults={"name": f"Targets {size}"}
    )
    with tenant_context(tenant):
        if TargetProfile.objects.count() < size:
            TargetProfile.objects.bulk_create(_targets(size), batch_size=2000)
            with wrapper().as_owner(), connection.cursor() as cursor:
                cursor.execute("VACUUM (ANALYZE) target_customer_profiles")
    return tenant


def _targets(size: int) -> Iterator[TargetProfile]:
    from campaigns.models import TargetProfile  # noqa: PLC0415

    for number in range(size):
        word, youngest = WORDS[number % len(WORDS)], number % 70
        yield TargetProfile(
            name=f"{word.title()} people {number}",
            description=f"People of group rare{number % 50_000:05d} who like {word}",
            demographics={
                "ageRange": {"min": youngest, "max": youngest + 25},
                "gender": ("female", "male", "all")[number % 3],
                "location": {"countries": [PLACES[number % len(PLACES)]]},
            },
            interests=[word, f"rare{number % 50_000:05d}"],
        )


def counting(size: int, rounds: int) -> None:
    """The live size of a target, and the overlap of two, against counting everybody."""
    from benchmarks import tenants  # noqa: PLC0415
    from benchmarks.measure import interleaved, ratio, report  # noqa: PLC0415
    from campaigns.models import TargetProfile  # noqa: PLC0415
    from campaigns.targeting.size import live_size, overlap_of  # noqa: PLC0415
    from cdp.tenancy.context import tenant_context  # noqa: PLC0415
    from profiles.models import Profile  # noqa: PLC0415

    tenant = tenants.filled(size)
    with tenant_context(tenant):
        young = TargetProfile(name="Young", demographics={"ageRange": {"min": 20, "max": 35}})
        place = {"location": {"countries": ["TH"]}, "gender": "female"}
        women = TargetProfile(name="Women", demographics=place)
        calls: dict[str, Callable[[], object]] = {
            "floor: count the active customers": lambda: Profile.objects.active().count(),
            "live size, by age": lambda: live_size(young, TODAY),
            "live size, by gender and country": lambda: live_size(women, TODAY),
            "overlap of the two": lambda: overlap_of(young, women, TODAY),
        }
        timings = interleaved(calls, rounds=max(rounds // 5, 3), warm_up=1)
    floor = timings["floor: count the active customers"].p50
    figures = {f"{name} / floor": ratio(timing.p50, floor) for name, timing in timings.items()}
    report("campaign_live_size", figures, timings)


if __name__ == "__main__":
    main()
