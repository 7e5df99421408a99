"""The view of everything known of a customer at a glance."""

from django.db import migrations

VIEW = """
CREATE VIEW customer_360_view WITH (security_invoker = true) AS
SELECT p.tenant_id, p.id AS customer_id,
       p.name, p.first_name, p.last_name, p.company_name, p.email, p.phone,
       coalesce(p.address ->> 'district', '') AS district,
       coalesce(p.address ->> 'city', '') AS city,
       p.gender, p.date_of_birth, p.marital_status, p.anniversary_date, p.profession, p.available_time,
       coalesce(s.customer_type, 'new') AS customer_type,
       p.lifecycle_stage,
       coalesce(s.temperature, 'cold') AS customer_temperature,
       coalesce(s.lifetime_value, 0) AS lifetime_value,
       coalesce(s.orders, 0) AS total_orders,
       CASE WHEN s.orders > 0 THEN round(s.lifetime_value / s.orders, 2) ELSE 0 END AS avg_order_value,
       s.first_order_at AS first_order_date,
       s.last_order_at AS last_order_date,
       (now() AT TIME ZONE t.time_zone)::date - (s.last_order_at AT TIME ZONE t.time_zone)::date
           AS days_since_last_order,
       coalesce(s.returned_value, 0) AS returned_value,
       coalesce(s.interactions, 0) AS total_interactions,
       coalesce(s.calls, 0) AS total_calls,
       coalesce(s.emails, 0) AS total_emails,
       coalesce(s.whatsapps, 0) AS total_whatsapp,
       s.last_contact_at AS last_contact_date,
       s.next_follow_up_at AS next_follow_up_date,
       coalesce(s.products_viewed, 0) AS products_viewed,
       coalesce(s.behaviours, 0) AS total_activities,
       coalesce(s.family_members, 0) AS family_members_count,
       p.created_at, p.updated_at
  FROM profiles AS p
  JOIN tenants AS t ON t.id = p.tenant_id
  LEFT JOIN customer_summaries AS s ON s.tenant_id = p.tenant_id AND s.profile_id = p.id
 WHERE p.status IN ('ACTIVE', 'INACTIVE')
"""


class Migration(migrations.Migration):
    dependencies = [("cdm", "0007_upcoming_view"), ("cdp", "0004_companies"), ("profiles", "0007_demographics")]

    operations = [migrations.RunSQL(VIEW, "DROP VIEW customer_360_view")]
