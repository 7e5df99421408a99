"""Resolve, list, search and the 360° page: each beside its floor, interleaved in one process.

``python -m benchmarks.bench_requests [--small 10000] [--large 1000000] [--rounds 300]``
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from benchmarks.setting import prepare

if TYPE_CHECKING:
    from cdp.models import Tenant

KEY = "cdp_benchmark_{slug}_not_a_secret"


def main() -> None:
    """Fill the tenants if need be, then measure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--small", type=int, default=10_000)
    parser.add_argument("--large", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=300)
    options = parser.parse_args()
    prepare()
    from benchmarks import tenants  # noqa: PLC0415 (Django must be set up)

    small = tenants.filled(options.small)
    large = tenants.filled(options.large)
    resolving(large, options.rounds)
    lists(small, large, options.rounds)
    pages(large, options.rounds)


def resolving(tenant: Tenant, rounds: int) -> None:
    """A known e-mail through ``/api/v1/customers/resolve`` against one SELECT through a bare view."""
    from benchmarks import tenants, urls  # noqa: PLC0415
    from benchmarks.measure import interleaved, ratio, report  # noqa: PLC0415

    urls.OneSelect.tenant = tenant
    emails = iter(tenants.some_emails(tenant, 4 * (rounds + 20)))
    api = tenants.api_client(tenant)
    timings = interleaved(
        {
            "resolve, known e-mail": lambda: tenants.get(
                api, "/api/v1/customers/resolve", email=next(emails)
            ),
            "floor: one SELECT, bare view": lambda: tenants.get(api, "/floor/one-select", email=next(emails)),
        },
        rounds=rounds,
    )
    ours, floor = timings.values()
    report("resolve", {"ratio p50 (goal 2.0)": ratio(ours.p50, floor.p50)}, timings)


def lists(small: Tenant, large: Tenant, rounds: int) -> None:
    """The list and the search, API and page, at the large size against the small one."""
    from benchmarks import tenants  # noqa: PLC0415
    from benchmarks.measure import interleaved, ratio, report  # noqa: PLC0415

    calls: dict[str, Callable[[], object]] = {}
    for label, tenant in (("small", small), ("large", large)):
        api, browser = tenants.api_client(tenant), tenants.browser(tenant)
        words = tenants.search_words(tenant)
        calls[f"API list, {label}"] = _get(api, "/profiles")
        calls[f"API page 5, {label}"] = _get(api, "/profiles", page=5)
        calls[f"API search, {label}"] = _get(api, "/profiles", search=words[0])
        calls[f"page list, {label}"] = _get(browser, "/admin/customers/cdm")
        calls[f"page search, {label}"] = _get(browser, "/admin/customers/cdm", q=words[0])
    timings = interleaved(calls, rounds=max(rounds // 4, 20), warm_up=5)
    figures: dict[str, Any] = {}
    for name in ("API list", "API page 5", "API search", "page list", "page search"):
        found, floor = timings[f"{name}, large"], timings[f"{name}, small"]
        figures[f"{name}: large / small, p50 (goal 1.5)"] = ratio(found.p50, floor.p50)
    report("lists", figures, timings)


def pages(tenant: Tenant, rounds: int) -> None:
    """The 360° page of a customer with 10,000 events against one with 10."""
    from benchmarks import tenants  # noqa: PLC0415
    from benchmarks.measure import interleaved, ratio, report  # noqa: PLC0415

    browser = tenants.browser(tenant)
    few, many = tenants.customer_with_events(tenant, 10), tenants.customer_with_events(tenant, 10_000)
    timings = interleaved(
        {
            "360° page, 10,000 events": _get(browser, f"/admin/customers/{many}"),
            "360° page, 10 events": _get(browser, f"/admin/customers/{few}"),
        },
        rounds=max(rounds // 4, 20),
        warm_up=5,
    )
    ours, floor = timings.values()
    report("customer_360", {"ratio p50 (goal 1.3)": ratio(ours.p50, floor.p50)}, timings)


def _get(client: Any, path: str, **query: object) -> Callable[[], object]:
    from benchmarks import tenants  # noqa: PLC0415

    return lambda: tenants.get(client, path, **query)


if __name__ == "__main__":
    main()
