"""What falls on today is named once in the view of occasions; the hours a customer asked for win at once."""

from importlib import import_module

from django.db import migrations

OCCASIONS_BEFORE = import_module("cdm.migrations.0007_upcoming_view").VIEW
CALLS_BEFORE = import_module("cdm.migrations.0004_call_view").VIEW
# Of 366 days in a row the first and the last may be one day of the year: the nearer one counts.
OCCASIONS = OCCASIONS_BEFORE.replace(
    "FROM key k JOIN",
    "FROM (SELECT DISTINCT ON (tenant_id, key) * FROM key ORDER BY tenant_id, key, days) AS k JOIN",
)
CALLS = CALLS_BEFORE.replace(
    "nullif(r.best_time, '') AS", "coalesce(nullif(p.available_time, ''), nullif(r.best_time, '')) AS"
)


def anew(name: str, before: str, after: str) -> migrations.RunSQL:
    """Return the change of a view; one is made anew because a column's type may differ."""
    return migrations.RunSQL(f"DROP VIEW {name}; {after}", f"DROP VIEW {name}; {before}")


class Migration(migrations.Migration):
    dependencies = [("cdm", "0010_lists_of_all")]

    operations = [
        anew("upcoming_birthdays_anniversaries", OCCASIONS_BEFORE, OCCASIONS),
        anew("ai_call_recommendations", CALLS_BEFORE, CALLS),
    ]
