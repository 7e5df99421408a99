"""Let the planner know how frequent parts of names are: searches for common ones take another way."""

from django.db import migrations


class Migration(migrations.Migration):
    """Keep 500 sample values of ``search_text``; 100 cannot tell a rare word from one in a hundred."""

    dependencies = [("profiles", "0002_tally_triggers")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE profiles ALTER COLUMN search_text SET STATISTICS 500",
            "ALTER TABLE profiles ALTER COLUMN search_text SET STATISTICS -1",
        )
    ]
