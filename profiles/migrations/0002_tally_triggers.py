"""Statement triggers that tell ``profile_tallies`` about every change in the number of customers."""

from django.db import migrations

KIND = "tenant_id, type, status, lifecycle_stage, (created_at AT TIME ZONE 'UTC')::date"
INSERT = "INSERT INTO profile_tallies (id, tenant_id, type, status, lifecycle_stage, created_on, delta)"

FUNCTIONS = f"""
CREATE FUNCTION tally_profiles_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {INSERT} SELECT gen_random_uuid(), {KIND}, count(*) FROM fresh GROUP BY {KIND};
    RETURN NULL;
END $$;

CREATE FUNCTION tally_profiles_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {INSERT} SELECT gen_random_uuid(), {KIND}, -count(*) FROM stale GROUP BY {KIND};
    RETURN NULL;
END $$;

CREATE FUNCTION tally_profiles_updated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM fresh JOIN stale USING (id)
         WHERE (fresh.type, fresh.status, fresh.lifecycle_stage, fresh.created_at)
               IS DISTINCT FROM (stale.type, stale.status, stale.lifecycle_stage, stale.created_at)
    ) THEN
        {INSERT} SELECT gen_random_uuid(), {KIND}, sum(n) FROM (
            SELECT *, 1 AS n FROM fresh UNION ALL SELECT *, -1 FROM stale
        ) AS moved GROUP BY {KIND} HAVING sum(n) <> 0;
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER tally_inserted AFTER INSERT ON profiles REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION tally_profiles_inserted();
CREATE TRIGGER tally_deleted AFTER DELETE ON profiles REFERENCING OLD TABLE AS stale
    FOR EACH STATEMENT EXECUTE FUNCTION tally_profiles_deleted();
CREATE TRIGGER tally_updated AFTER UPDATE ON profiles REFERENCING OLD TABLE AS stale NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION tally_profiles_updated();
"""

REVERSE = """
DROP TRIGGER tally_inserted ON profiles;
DROP TRIGGER tally_deleted ON profiles;
DROP TRIGGER tally_updated ON profiles;
DROP FUNCTION tally_profiles_inserted();
DROP FUNCTION tally_profiles_deleted();
DROP FUNCTION tally_profiles_updated();
"""


class Migration(migrations.Migration):
    """Count customers as they come and go."""

    dependencies = [("profiles", "0001_initial")]

    operations = [migrations.RunSQL(FUNCTIONS, REVERSE)]
