"""Triggers that keep ``missing_profiles`` of a container true, whatever writes it or one of its parts."""

from django.db import migrations

PARTS = {
    "customer_profile": "target_customer_profiles",
    "brand_guidelines": "brand_guidelines",
    "budget": "budgets",
}

MISSING = "\n".join(
    f"""
    IF NOT EXISTS (
        SELECT FROM {table} part
         WHERE part.tenant_id = NEW.tenant_id AND part.id = NEW.{name}_id AND part.deleted_at IS NULL
    ) THEN
        missing := missing || '{name}'::text;
    END IF;"""
    for name, table in PARTS.items()
)

FUNCTIONS = f"""
CREATE FUNCTION container_completeness() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE missing text[] := '{{}}';
BEGIN{MISSING}
    NEW.missing_profiles := missing;
    RETURN NEW;
END $$;

CREATE FUNCTION container_part_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format(
        'UPDATE customer_profile_containers SET missing_profiles = missing_profiles'
        ' WHERE tenant_id = $1 AND %I = $2', TG_ARGV[0]
    ) USING NEW.tenant_id, NEW.id;
    RETURN NULL;
END $$;

CREATE TRIGGER container_completeness BEFORE INSERT OR UPDATE ON customer_profile_containers
    FOR EACH ROW EXECUTE FUNCTION container_completeness();
""" + "".join(
    f"""
CREATE TRIGGER container_part_changed AFTER UPDATE ON {table}
    FOR EACH ROW WHEN ((OLD.deleted_at IS NULL) <> (NEW.deleted_at IS NULL))
    EXECUTE FUNCTION container_part_changed('{name}_id');
"""
    for name, table in PARTS.items()
)

REVERSE = (
    "".join(f"DROP TRIGGER container_part_changed ON {table};\n" for table in PARTS.values())
    + """
DROP TRIGGER container_completeness ON customer_profile_containers;
DROP FUNCTION container_part_changed();
DROP FUNCTION container_completeness();
"""
)


class Migration(migrations.Migration):
    """A container knows what is missing, and heals when it comes back."""

    dependencies = [("campaigns", "0001_initial")]

    operations = [migrations.RunSQL(FUNCTIONS, REVERSE)]
