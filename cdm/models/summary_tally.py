"""How many customers there are of each kind, and what they have spent, without counting them."""

from __future__ import annotations

from django.db import models

from cdm.models.columns import no_money
from cdp.tenancy.models import TenantModel


class SummaryTally(TenantModel):
    """A change in the number and value of customers of one kind; the sum of all rows is what there is.

    Statement triggers on ``customer_summaries`` write the rows, as those of ``profile_tallies`` are written.
    """

    temperature = models.CharField(max_length=4)
    customer_type = models.CharField(max_length=8)
    lifecycle_stage = models.CharField(max_length=20)
    delta = models.IntegerField()
    value_delta = no_money("value")

    class Meta(TenantModel.Meta):
        db_table = "summary_tallies"
        verbose_name = "summary tally"
        verbose_name_plural = "summary tallies"
        indexes = [models.Index(fields=["tenant", "temperature"], name="summary_tallies_by_kind")]

    def __str__(self) -> str:
        return f"{self.customer_type} {self.temperature} {self.delta:+}"
