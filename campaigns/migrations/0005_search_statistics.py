"""Let the planner know how rare words and interests of target profiles are: it read a whole tenant for two."""

from django.db import migrations

COLUMNS = ("search_text", "interests")


class Migration(migrations.Migration):
    """Keep more sample values: of 100 none tells an interest of two in 100,000 from one in two hundred.

    Believing the latter, the planner walked the list until it had a page of hits, which there never were.
    """

    dependencies = [("campaigns", "0004_grants_leave_people_to_the_database")]

    operations = [
        migrations.RunSQL(
            f"ALTER TABLE target_customer_profiles ALTER COLUMN {column} SET STATISTICS 1000",
            f"ALTER TABLE target_customer_profiles ALTER COLUMN {column} SET STATISTICS -1",
        )
        for column in COLUMNS
    ]
