"""The backtest commands, and the floors that recommendations must hold at three cutoffs."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from cdm.insights.call_list import room_to_win
from cdm.insights.evaluation.baselines import baselines
from cdm.insights.evaluation.metrics import Ordering
from cdm.insights.orders.book import Floats
from cdp.local.management import needs_servers
from tests.cdm.insights.conftest import CUTOFFS, RETAIL, retail_scores, retail_window

COMMANDS = ("evaluate_call_list", "evaluate_products")
# AUC and share buying by likelihood, share buying and revenue share by total: kept.
REACHED = {
    "2011-06-01": (0.757, 0.912, 0.886, 0.602),
    "2011-07-01": (0.773, 0.880, 0.858, 0.603),
    "2011-07-11": (0.776, 0.885, 0.848, 0.605),
}


def run(*arguments: str) -> dict[str, Any]:
    out = io.StringIO()
    call_command(*arguments, stdout=out)
    report: dict[str, Any] = json.loads(out.getvalue())
    return report


def figures(cutoff: str, order: Floats) -> tuple[float, float, float]:
    window = retail_window(cutoff)
    return Ordering.of(order, window.bought, window.revenue).figures(np.ones(len(order)))


@pytest.mark.conforms("B115")
@pytest.mark.parametrize("cutoff", CUTOFFS)
def test_the_floors_hold_against_simple_sorts(cutoff: str) -> None:
    scores, simple = retail_scores(cutoff), baselines(retail_window(cutoff).features)
    likelihood = figures(cutoff, scores.likelihood.astype(np.float64))
    total = figures(cutoff, scores.total.astype(np.float64))
    seed = figures(cutoff, simple["seed_heuristic"])
    assert likelihood[0] >= figures(cutoff, simple["rfm_sum"])[0] + 0.003
    assert total[2] >= seed[2] + 0.015
    assert total[1] >= seed[1] - 0.04
    auc, buying, total_buying, revenue = REACHED[cutoff]
    assert likelihood[0] >= auc
    assert likelihood[1] >= buying
    assert total[1] >= total_buying
    assert total[2] >= revenue


@pytest.mark.parametrize(
    ("cutoff", "goal"), [("2011-06-01", 0.755), ("2011-07-01", 0.768), ("2011-07-11", 0.773)]
)
def test_the_goal_for_telling_buyers_apart_is_reached(cutoff: str, goal: float) -> None:
    assert figures(cutoff, retail_scores(cutoff).likelihood.astype(np.float64))[0] >= goal


def test_the_rule_of_the_seeds_does_as_well_as_it_was_measured() -> None:
    simple = baselines(retail_window("2011-06-01").features)
    _, buying, revenue = figures("2011-06-01", simple["seed_heuristic_value_breaks_ties"])
    assert (round(buying, 3), round(revenue, 3)) == (0.878, 0.577)


def test_the_command_answers_with_every_list_and_its_intervals() -> None:
    report = run("evaluate_call_list", str(RETAIL), "--cutoff", "2011-07-01", "--replicates", "20")
    assert report["customers"] == 2_956
    assert report["is_window_complete"]
    assert report["lists"].keys() >= {
        "likelihood", "most_valuable", "room_to_win", "recency", "frequency", "spend", "rfm_sum",
        "seed_heuristic",
    }  # fmt: skip
    for entry in report["lists"].values():
        for name in ("auc", "share_buying", "revenue_share"):
            low, high = entry["intervals"][name]
            assert low < entry[name] < high
    own = report["lists"]["likelihood"]["auc"]
    assert own == pytest.approx(
        figures("2011-07-01", retail_scores("2011-07-01").likelihood.astype(float))[0], abs=1e-6
    )
    assert report["lists"]["room_to_win"]["auc"] == pytest.approx(
        figures("2011-07-01", room_to_win(retail_scores("2011-07-01")))[0], abs=1e-6
    )


def test_new_products_reach_the_goal_and_beat_every_baseline() -> None:
    lists = run("evaluate_products", str(RETAIL), "--cutoff", "2011-07-01", "--replicates", "20")["lists"]
    assert lists["new_for_customer"]["hit@5"] >= 0.43
    for name in ("item_knn", "basket_lift_summed", "popularity_30_days"):
        assert lists["new_for_customer"]["hit@5"] > lists[name]["hit@5"] + 0.03
        assert lists["new_for_customer"]["hit@10"] > lists[name]["hit@10"]
    assert lists["usual"]["hit@5"] > 0.78


@pytest.mark.parametrize("command", COMMANDS)
def test_no_server_is_started_for_a_backtest(command: str) -> None:
    assert not needs_servers([command, "orders.csv", "--cutoff", "2011-07-01"])


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("content", "cutoff", "message"),
    [
        (None, "2011-02-01", "cannot be read"),
        ("CustomerID,StockCode,Quantity,UnitPrice\n", "2011-02-01", "has no rows"),
        ("CustomerID,StockCode,Quantity,UnitPrice\n7,A,1,2\n", "2011-02-01", "No column for the date"),
        (
            "CustomerID,InvoiceDate,StockCode,Quantity,UnitPrice\n7,2011-01-01,A,1,2\n",
            "2011-02-01",
            "is not inside",
        ),
        (
            "CustomerID,InvoiceDate,StockCode,Quantity,UnitPrice\n,2011-01-01,A,1,2\n",
            "2011-02-01",
            "no order of a",
        ),
    ],
)
def test_what_cannot_be_measured_ends_in_one_line(
    tmp_path: Path, command: str, content: str | None, cutoff: str, message: str
) -> None:
    path = tmp_path / "orders.csv"
    if content is not None:
        path.write_text(content)
    with pytest.raises(CommandError, match=message) as raised:
        run(command, str(path), "--cutoff", cutoff)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("wrong", [["--cutoff", "soon"], ["--cutoff", "2011-07-01", "--days", "0"], []])
def test_wrong_options_are_refused(command: str, wrong: list[str]) -> None:
    with pytest.raises(CommandError):
        run(command, str(RETAIL), *wrong)


def test_a_small_shop_of_another_kind_is_measured_too(tmp_path: Path) -> None:
    rows = [
        f"{customer},2020-{month:02d}-{customer % 27 + 1:02d},P{(customer + month) % 7},{customer % 3 + 1},4"
        for customer in range(80)
        for month in range(1, 7)
        if (customer + month) % (customer % 4 + 1) == 0
    ]
    path = tmp_path / "orders.csv"
    path.write_text("customer_id,order_date,sku,qty,price\n" + "\n".join(rows))
    calls = run(
        "evaluate_call_list", str(path), "--cutoff", "2020-05-15", "--days", "30", "--replicates", "20"
    )
    offers = run(
        "evaluate_products", str(path), "--cutoff", "2020-05-15", "--days", "30", "--replicates", "20"
    )
    assert calls["customers"] == 79
    assert calls["lists"]["likelihood"]["auc"] > 0.5
    assert offers["products"] == 7
