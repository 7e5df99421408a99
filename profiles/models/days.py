"""Days of the year as numbers an index can find: 515 for 15 May, 500 for a May whose day is not known."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Case, F, Value, When
from django.db.models.functions import Cast, Coalesce, ExtractDay, ExtractMonth, NullIf, Substr


def day_key(whole: str, partial: str) -> models.GeneratedField:
    """Return the stored column of month × 100 + day of a date, or of what is known of it; NULL for none."""
    number = models.IntegerField()
    of_whole: Any = Cast(ExtractMonth(F(whole)) * 100 + ExtractDay(F(whole)), number)
    month = Cast(Substr(F(partial), 3, 2), number)
    day = Coalesce(Cast(NullIf(Substr(F(partial), 6, 2), Value("")), number), Value(0))
    of_partial = Case(When(~models.Q(**{partial: ""}), then=month * 100 + day), default=None)
    return models.GeneratedField(
        expression=Coalesce(of_whole, of_partial, output_field=number), output_field=number, db_persist=True
    )
