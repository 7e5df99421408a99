"""Tally updates by counting alone: to look for a change first, each new row was held against every old one."""

from importlib import import_module

from django.db import migrations

# Nothing is written where no kind has more or fewer customers than before.
FUNCTION = """
CREATE OR REPLACE FUNCTION tally_profiles_updated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO profile_tallies (id, tenant_id, type, status, lifecycle_stage, created_on, delta)
    SELECT gen_random_uuid(), tenant_id, type, status, lifecycle_stage,
           (created_at AT TIME ZONE 'UTC')::date, sum(n)
      FROM (SELECT tenant_id, type, status, lifecycle_stage, created_at, 1 AS n FROM fresh
            UNION ALL
            SELECT tenant_id, type, status, lifecycle_stage, created_at, -1 FROM stale) AS moved
     GROUP BY tenant_id, type, status, lifecycle_stage, (created_at AT TIME ZONE 'UTC')::date
    HAVING sum(n) <> 0;
    RETURN NULL;
END $$;
"""
FORMER = import_module("profiles.migrations.0002_tally_triggers")
BEFORE = "CREATE OR REPLACE FUNCTION tally_profiles_updated()" + (
    FORMER.FUNCTIONS.split("CREATE FUNCTION tally_profiles_updated()")[1].split("CREATE TRIGGER")[0]
)


class Migration(migrations.Migration):
    """Let an update of many customers cost what its rows cost."""

    dependencies = [("profiles", "0010_defaults")]

    operations = [migrations.RunSQL(FUNCTION, BEFORE)]
