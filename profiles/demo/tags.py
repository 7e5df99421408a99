"""The labels of the demo tenants, and which of them come together."""

from __future__ import annotations

from random import Random

from profiles.choices import LifecycleStage
from profiles.demo.skew import by_weight

COLORS = {
    "VIP": "#B45309",
    "Newsletter": "#2563EB",
    "Wholesale": "#0F766E",
    "Workshop": "#7C3AED",
    "Birthday club": "#DB2777",
    "Gift buyer": "#C2410C",
    "Delivery": "#4D7C0F",
    "Complaint": "#B91C1C",
    "Referred": "#0369A1",
    "Reseller": "#475569",
}
_EVERYBODY = by_weight(
    [
        ("", 72.0),
        ("Newsletter", 12.0),
        ("Birthday club", 5.0),
        ("Delivery", 4.0),
        ("Workshop", 3.5),
        ("Gift buyer", 2.0),
        ("Referred", 1.0),
        ("Complaint", 0.5),
    ],
    bits=8,
)
_COMPANIES = by_weight(
    [("", 45.0), ("Wholesale", 30.0), ("Reseller", 12.0), ("Delivery", 8.0), ("Newsletter", 5.0)], bits=8
)


def _sets(stage: str, is_company: bool) -> list[tuple[str, ...]]:
    """Return 256 sets of tags as they occur on customers of one stage."""
    rng = Random(f"{stage} {is_company}")  # noqa: S311 (which labels a made-up customer has)
    table = _COMPANIES if is_company else _EVERYBODY
    sure = {"VIP"} if stage == LifecycleStage.VIP.value else set()
    draws = ({table[rng.getrandbits(8)], table[rng.getrandbits(8)]} | sure for _ in range(256))
    return [tuple(sorted(draw - {""})) for draw in draws]


TAG_SETS = {
    (stage, is_company): _sets(stage, is_company)
    for stage in LifecycleStage.values
    for is_company in (False, True)
}
