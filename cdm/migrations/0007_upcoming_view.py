"""The view of coming birthdays and anniversaries."""

from django.db import migrations

# Days whose year does not matter, as keys: 515 is 15 May. 29 February falls on the 28th in common years.
# Days of the coming year, one after the other, are looked up by key; months alone carry no number of days.
VIEW = """
CREATE VIEW upcoming_birthdays_anniversaries WITH (security_invoker = true) AS
WITH day AS (
    SELECT t.id AS tenant_id, d AS days, (now() AT TIME ZONE t.time_zone)::date + d AS on_day
    FROM tenants t CROSS JOIN generate_series(0, 365) AS d
), key AS (
    SELECT tenant_id, days, on_day, (extract(month FROM on_day) * 100 + extract(day FROM on_day))::int AS key
    FROM day
    UNION ALL
    SELECT tenant_id, days, on_day, 229 FROM day
    WHERE extract(month FROM on_day) = 2 AND extract(day FROM on_day) = 28
        AND extract(month FROM on_day + 1) = 3
    UNION ALL
    SELECT t.id, NULL, NULL, m * 100 FROM tenants t CROSS JOIN generate_series(1, 12) AS m
), customer AS NOT MATERIALIZED (
    SELECT p.tenant_id, p.id, p.name, p.phone, p.email, p.date_of_birth, p.birth_key, p.anniversary_date,
           p.anniversary_key, coalesce((p.contact_preferences ->> 'doNotContact')::boolean, false) AS is_left_alone
    FROM profiles p WHERE p.status = 'ACTIVE' AND NOT p.is_deceased
), said AS (
    SELECT p.tenant_id, p.id AS customer_id, NULL::uuid AS family_member_id, 'customer' AS type,
           NULL::varchar AS relationship, p.name, p.phone, p.email, 'birthday' AS event_type, p.birth_key AS key,
           p.date_of_birth AS since
    FROM customer p WHERE p.birth_key IS NOT NULL AND NOT p.is_left_alone
    UNION ALL
    SELECT p.tenant_id, p.id, NULL, 'customer', NULL, p.name, p.phone, p.email, 'anniversary',
           p.anniversary_key, p.anniversary_date
    FROM customer p WHERE p.anniversary_key IS NOT NULL AND NOT p.is_left_alone
        AND NOT EXISTS (
            SELECT FROM customer_family_members f JOIN customer o
                ON o.tenant_id = f.tenant_id AND o.id = CASE f.profile_id WHEN p.id THEN f.relative_id
                                                                          ELSE f.profile_id END
            WHERE f.tenant_id = p.tenant_id AND f.relationship = 'spouse'
                AND (f.profile_id = p.id OR f.relative_id = p.id)
                AND o.anniversary_key = p.anniversary_key AND o.id < p.id AND NOT o.is_left_alone
        )
    UNION ALL
    SELECT p.tenant_id, p.id, f.id, 'family', f.relationship, f.name, coalesce(nullif(f.phone, ''), p.phone),
           coalesce(nullif(f.email, ''), p.email), 'birthday', f.birth_key, f.date_of_birth
    FROM customer p JOIN customer_family_members f ON f.tenant_id = p.tenant_id AND f.profile_id = p.id
    LEFT JOIN profiles r ON r.tenant_id = f.tenant_id AND r.id = f.relative_id
    WHERE f.birth_key IS NOT NULL AND NOT f.is_deceased AND NOT p.is_left_alone
        AND f.relative_id IS DISTINCT FROM f.profile_id
        AND (r.id IS NULL OR (r.birth_key IS NULL AND r.status = 'ACTIVE' AND NOT r.is_deceased
            AND NOT coalesce((r.contact_preferences ->> 'doNotContact')::boolean, false)))
    UNION ALL
    SELECT p.tenant_id, p.id, f.id, 'family', f.relationship, f.name, coalesce(nullif(f.phone, ''), p.phone),
           coalesce(nullif(f.email, ''), p.email), 'anniversary', f.anniversary_key, f.anniversary_date
    FROM customer p JOIN customer_family_members f ON f.tenant_id = p.tenant_id AND f.profile_id = p.id
    LEFT JOIN profiles r ON r.tenant_id = f.tenant_id AND r.id = f.relative_id
    WHERE f.anniversary_key IS NOT NULL AND NOT f.is_deceased AND NOT p.is_left_alone
        AND f.relative_id IS DISTINCT FROM f.profile_id
        AND (r.id IS NULL OR (r.anniversary_key IS NULL AND r.status = 'ACTIVE' AND NOT r.is_deceased
            AND NOT coalesce((r.contact_preferences ->> 'doNotContact')::boolean, false)))
        AND NOT (f.relationship = 'spouse' AND p.anniversary_key IS NOT DISTINCT FROM f.anniversary_key)
        AND NOT EXISTS (
            SELECT FROM customer_family_members g
            WHERE g.tenant_id = f.tenant_id AND g.profile_id = f.profile_id AND g.id < f.id
                AND g.anniversary_key = f.anniversary_key AND NOT g.is_deceased
                AND g.relationship = f.relationship AND f.relationship IN ('parent', 'grandparent')
        )
)
SELECT s.tenant_id, s.type, s.customer_id, s.family_member_id, s.relationship, s.name, s.phone, s.email,
       s.event_type, k.on_day AS event_date, k.days AS days_until_event,
       CASE WHEN k.days IS NULL THEN s.key / 100 END AS month_only,
       (extract(year FROM k.on_day) - extract(year FROM s.since))::int AS years
FROM key k JOIN said s ON s.tenant_id = k.tenant_id AND s.key = k.key
"""


class Migration(migrations.Migration):
    """Show people with a SQL client what the pages show; row security holds through the view."""

    dependencies = [("cdm", "0006_tally_triggers"), ("profiles", "0009_days")]

    operations = [migrations.RunSQL(VIEW, "DROP VIEW upcoming_birthdays_anniversaries")]
