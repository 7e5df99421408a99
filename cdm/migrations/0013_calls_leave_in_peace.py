"""Whoever has ordered since the numbers were made, or rests after a contact, is not in the view of calls either."""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("cdm.migrations.0011_views_as_pages_say_it").CALLS
VIEW = BEFORE + """   AND NOT EXISTS (
       SELECT FROM customer_summaries AS s
         JOIN tenants AS t ON t.id = s.tenant_id
         JOIN insight_fits AS i ON i.tenant_id = r.tenant_id AND i.id = r.fit_id
         LEFT JOIN working_rules AS w ON w.tenant_id = r.tenant_id
        WHERE s.tenant_id = r.tenant_id AND s.profile_id = r.profile_id
          AND ((s.last_order_at AT TIME ZONE t.time_zone)::date >= i.cutoff_on
            OR s.last_contact_at > now() - coalesce(w.rest_days, 3) * interval '1 day'))
"""


class Migration(migrations.Migration):
    dependencies = [("cdm", "0012_categories_as_the_shop_calls_them")]

    operations = [
        migrations.RunSQL(
            f"DROP VIEW ai_call_recommendations; {VIEW}", f"DROP VIEW ai_call_recommendations; {BEFORE}"
        )
    ]
