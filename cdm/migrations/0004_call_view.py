"""The view of whom to call, with what and when, for people with a SQL client."""

from django.db import migrations

# Who is in the comparison group, has asked to be left alone, or was called wrong is not in it, as on the lists.
VIEW = """
CREATE VIEW ai_call_recommendations WITH (security_invoker = true) AS
SELECT r.tenant_id, r.profile_id AS customer_id,
       coalesce(nullif(p.name, ''), nullif(p.email, ''), p.phone) AS customer_name,
       p.phone,
       r.temperature AS customer_temperature,
       r.priority AS call_priority_score,
       r.offer_type,
       nullif(r.best_time, '') AS best_call_time,
       coalesce((SELECT string_agg(x ->> 'name', ', ' ORDER BY n)
                   FROM jsonb_array_elements(
                        CASE WHEN r.offer_type <> 'cross-sell' AND r.usual_products <> '[]' THEN r.usual_products
                             WHEN r.new_products <> '[]' THEN r.new_products
                             ELSE r.usual_products END) WITH ORDINALITY AS a(x, n)), '') AS recommended_products,
       r.next_action_text AS next_action,
       r.total_points, r.chance, r.computed_at
  FROM recommendations AS r
  JOIN profiles AS p ON p.tenant_id = r.tenant_id AND p.id = r.profile_id
 WHERE r.is_contactable AND NOT r.is_held_out AND p.status = 'ACTIVE'
   AND NOT coalesce(p.contact_preferences -> 'doNotContact', 'false') @> 'true'
   AND NOT EXISTS (
       SELECT FROM recommendation_feedback AS f
        WHERE f.tenant_id = r.tenant_id AND f.profile_id = r.profile_id AND f.taken_back_at IS NULL
          AND f.created_at > now() - CASE f.reason WHEN 'just_bought' THEN interval '30 days'
                                                   WHEN 'not_interested' THEN interval '90 days'
                                                   WHEN 'do_not_contact' THEN interval '3650 days'
                                                   WHEN 'other' THEN interval '7 days'
                                                   ELSE interval '0 days' END)
"""


class Migration(migrations.Migration):
    dependencies = [("cdm", "0003_rules_that_fire"), ("profiles", "0007_demographics")]

    operations = [migrations.RunSQL(VIEW, "DROP VIEW ai_call_recommendations")]
