"""The nightly job, run on a day of the past, ranks as the backtest of the same file does."""

from __future__ import annotations

import json
from datetime import date, datetime
from io import StringIO
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from django.core.management import call_command

from cdm.insights.card.fitting import window_of
from cdm.insights.evaluation.metrics import Ordering
from cdm.insights.orders.book import day_number
from cdm.models import InsightFit, Recommendation
from cdm.operations.make_recommendations import make_recommendations
from cdp.models import Tenant
from profiles.models import Profile
from tests.cdm.insights.conftest import RETAIL, retail_book
from tests.cdm.recommending.shop import load, retail_lines

CUTOFF = date(2011, 7, 1)


@pytest.mark.slow
@pytest.mark.conforms("R107", "R114", "B115")
def test_the_job_ranks_as_the_backtest_of_the_same_orders_does(acme: Tenant) -> None:
    book = retail_book()
    # What the shop will sell later is not known on that morning.
    lines = [line for line in retail_lines(RETAIL) if line[1].date() < CUTOFF]
    load(acme, lines)
    night = datetime(2011, 7, 1, 3, 30, tzinfo=ZoneInfo(acme.time_zone))
    fit = make_recommendations(acme, now=night)
    assert fit.error == ""
    numbers = dict(Profile.objects.values_list("pk", "member_id"))
    rows = {
        numbers[row.profile_id]: row
        for row in Recommendation.objects.only(
            "profile", "total_points", "likelihood_points", "room", "reasons"
        )
    }
    window = window_of(book, day_number(CUTOFF), 60)
    ranked = [rows[book.customers[number]] for number in window.features.customer.tolist()]
    report = _report()
    for name, scores in (
        ("likelihood", [row.likelihood_points for row in ranked]),
        ("most_valuable", [row.total_points for row in ranked]),
        ("room_to_win", [row.room for row in ranked]),
    ):
        ordering = Ordering.of(np.asarray(scores, dtype=np.float64), window.bought, window.revenue)
        auc, buying, revenue = ordering.figures(np.ones(len(ranked)))
        told = report["lists"][name]
        assert (auc, buying, revenue) == pytest.approx(
            (told["auc"], told["share_buying"], told["revenue_share"]), abs=1e-4
        ), name
    assert InsightFit.objects.get().card["points"] == report["card"]["points"]


def _report() -> dict[str, dict[str, dict[str, float]]]:
    out = StringIO()
    call_command(
        "evaluate_call_list", str(RETAIL), "--cutoff", CUTOFF.isoformat(), "--replicates", "2", stdout=out
    )
    report: dict[str, dict[str, dict[str, float]]] = json.loads(out.getvalue())
    return report
