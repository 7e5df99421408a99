"""Statement triggers that tell ``summary_tallies`` about every change of customers' numbers."""

from django.db import migrations

KIND = "tenant_id, temperature, customer_type, lifecycle_stage"
INSERT = f"INSERT INTO summary_tallies (id, {KIND}, delta, value_delta)"

FUNCTIONS = f"""
CREATE FUNCTION tally_summaries_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {INSERT} SELECT gen_random_uuid(), {KIND}, count(*), sum(lifetime_value) FROM fresh GROUP BY {KIND};
    RETURN NULL;
END $$;

CREATE FUNCTION tally_summaries_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {INSERT} SELECT gen_random_uuid(), {KIND}, -count(*), -sum(lifetime_value) FROM stale GROUP BY {KIND};
    RETURN NULL;
END $$;

CREATE FUNCTION tally_summaries_updated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {INSERT} SELECT gen_random_uuid(), {KIND}, sum(n), sum(n * lifetime_value) FROM (
        SELECT {KIND}, lifetime_value, 1 AS n FROM fresh
        UNION ALL SELECT {KIND}, lifetime_value, -1 FROM stale
    ) AS moved GROUP BY {KIND} HAVING sum(n) <> 0 OR sum(n * lifetime_value) <> 0;
    RETURN NULL;
END $$;

CREATE TRIGGER tally_inserted AFTER INSERT ON customer_summaries REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION tally_summaries_inserted();
CREATE TRIGGER tally_deleted AFTER DELETE ON customer_summaries REFERENCING OLD TABLE AS stale
    FOR EACH STATEMENT EXECUTE FUNCTION tally_summaries_deleted();
CREATE TRIGGER tally_updated AFTER UPDATE ON customer_summaries REFERENCING OLD TABLE AS stale NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION tally_summaries_updated();
INSERT INTO summary_tallies (id, {KIND}, delta, value_delta)
SELECT gen_random_uuid(), {KIND}, count(*), sum(lifetime_value) FROM customer_summaries GROUP BY {KIND};
"""  # noqa: S608 (no value comes from outside)

REVERSE = """
DROP TRIGGER tally_inserted ON customer_summaries;
DROP TRIGGER tally_deleted ON customer_summaries;
DROP TRIGGER tally_updated ON customer_summaries;
DROP FUNCTION tally_summaries_inserted();
DROP FUNCTION tally_summaries_deleted();
DROP FUNCTION tally_summaries_updated();
"""


class Migration(migrations.Migration):
    """Count customers of each kind as their numbers change."""

    dependencies = [("cdm", "0005_days_and_tallies")]

    operations = [migrations.RunSQL(FUNCTIONS, REVERSE)]
