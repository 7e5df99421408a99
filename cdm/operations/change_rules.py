"""Changing a tenant's thresholds."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cdm.insights.errors import InsightsError
from cdm.models import WorkingRules
from cdm.operations.rules_of import rules_of
from cdm.summaries.queueing import queue_rebuild
from cdm.summaries.rules import JUDGED, SEEN, parameters, thresholds_of
from cdp import audit
from cdp.actors import Actor
from cdp.errors import Invalid
from cdp.models import Tenant

# The facts as the summaries have them: interest and answers are of nobody's threshold.
_PREVIEW = f"""
WITH counted AS (
    SELECT s.orders, s.lifetime_value, s.temperature AS was_temperature, s.customer_type AS was_type,
           s.lifecycle_stage AS was_stage, s.lifecycle_stage AS stage_said,
           false AS has_answered, false AS has_shown_interest,
           (s.last_order_at AT TIME ZONE %(zone)s)::date AS order_day,
           (s.last_contact_at AT TIME ZONE %(zone)s)::date AS contact_day
      FROM customer_summaries AS s WHERE s.tenant_id = %(tenant)s),
seen AS ({SEEN}),
judged AS ({JUDGED})
SELECT count(*) FILTER (WHERE temperature <> was_temperature),
       count(*) FILTER (WHERE customer_type <> was_type),
       count(*) FILTER (WHERE orders > 0 AND lifecycle_stage <> was_stage)
  FROM judged"""


def change_rules(*, tenant: Tenant, by: Actor, **values: Any) -> WorkingRules:
    """Change the thresholds given, and have everybody judged anew by a worker. Raises Invalid."""
    with transaction.atomic():
        rules = WorkingRules.objects.select_for_update().get(pk=rules_of(tenant).pk)
        before = {name: getattr(rules, name) for name in values}
        _fill(rules, values)
        changes = audit.changed_fields(before, values)
        if changes:
            rules.updated_by = str(by)
            rules.save()
            audit.record(verb="rules.change", obj=rules, by=by, changes=changes)
            queue_rebuild(tenant)
    return rules


def preview_rules(*, tenant: Tenant, **values: Any) -> dict[str, int]:
    """Return for how many customers the thresholds would change something, unsaved. Raises Invalid."""
    rules = rules_of(tenant)
    _fill(rules, values)
    said = {
        **parameters(thresholds_of(rules)),
        "tenant": tenant.pk,
        "zone": tenant.time_zone,
        "today": timezone.localdate(timezone=ZoneInfo(tenant.time_zone)),
    }
    with connection.cursor() as cursor:
        cursor.execute(_PREVIEW, said)
        temperature, type_, stage = cursor.fetchone()
    return {"temperature": temperature, "customer_type": type_, "lifecycle_stage": stage}


def _fill(rules: WorkingRules, values: dict[str, Any]) -> None:
    hours = values.get("closed_hours", [])
    if not (isinstance(hours, list) and all(type(hour) is int and hour in range(24) for hour in hours)):
        raise Invalid(
            _("See errors for each field."), fields={"closed_hours": [_("Name hours from 0 to 23.")]}
        )
    for name, value in values.items():
        setattr(rules, name, value)
    try:
        rules.full_clean()
        thresholds_of(rules)
    except ValidationError as error:
        raise Invalid(_("See errors for each field."), fields=error.message_dict) from error
    except InsightsError as error:
        raise Invalid(str(error)) from error
