"""How many customers there are, without counting them."""

from __future__ import annotations

from django.db import models

from cdp.tenancy.models import TenantModel


class ProfileTally(TenantModel):
    """A change in the number of customers of one kind; the sum of all rows is the number there is.

    Statement triggers on ``profiles`` write the rows, so every way in is counted, nobody waits for a
    counter's lock, and a total costs the same at ten and at a million customers. A job folds them.
    """

    type = models.CharField(max_length=10)
    status = models.CharField(max_length=8)
    lifecycle_stage = models.CharField(max_length=20)
    created_on = models.DateField()
    delta = models.IntegerField()

    class Meta(TenantModel.Meta):
        db_table = "profile_tallies"
        verbose_name = "tally"
        verbose_name_plural = "tallies"
        indexes = [models.Index(fields=["tenant", "status", "type"], name="profile_tallies_by_kind")]

    def __str__(self) -> str:
        return f"{self.status} {self.type} {self.delta:+}"
