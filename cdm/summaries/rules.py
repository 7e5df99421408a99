"""The written rules of ``cdm.insights.lifecycle`` as SQL; a test holds the two equal."""

from __future__ import annotations

from typing import Any

from cdm.insights.lifecycle import Thresholds
from cdm.models import WorkingRules

# What the rules look at, of the facts that were counted: days in the tenant's time zone.
SEEN = """
SELECT *,
       %(today)s::date - order_day AS days_since_order,
       least(%(today)s::date - order_day, %(today)s::date - contact_day) AS quiet_days,
       orders > 0 AND coalesce(%(today)s::date - order_day > %(inactive_days)s, false) AS is_gone,
       orders >= %(vip_orders)s AS is_vip_by_orders,
       coalesce(orders > 0 AND lifetime_value >= %(vip_value)s::numeric, false) AS is_vip_by_value
  FROM counted"""

_BUYER = """
       CASE WHEN is_gone THEN 'last order more than ' || %(inactive_days)s || ' days ago'
            WHEN is_vip_by_orders THEN orders || ' orders'
            WHEN is_vip_by_value THEN 'orders worth ' || lifetime_value::numeric(15, 2)"""

JUDGED = (
    """
SELECT *,
       CASE WHEN quiet_days <= %(hot_days)s THEN 'hot'
            WHEN quiet_days <= %(warm_days)s THEN 'warm'
            ELSE 'cold' END AS temperature,
       CASE WHEN quiet_days IS NULL THEN 'no order and no contact yet'
            ELSE 'last ' || CASE WHEN days_since_order = quiet_days THEN 'order' ELSE 'contact' END
              || CASE WHEN quiet_days <= %(hot_days)s THEN ' within ' || %(hot_days)s || ' days'
                      WHEN quiet_days <= %(warm_days)s THEN ' within ' || %(warm_days)s || ' days'
                      ELSE ' more than ' || %(warm_days)s || ' days ago' END END AS temperature_reason,
       CASE WHEN is_gone THEN 'inactive'
            WHEN is_vip_by_orders OR is_vip_by_value THEN 'vip'
            WHEN orders >= %(repeat_orders)s THEN 'repeat'
            ELSE 'new' END AS customer_type,"""
    + _BUYER
    + """
            WHEN orders >= %(repeat_orders)s THEN orders || ' orders'
            WHEN orders = 0 THEN 'no order yet'
            ELSE orders || ' order' END AS type_reason,
       CASE WHEN is_gone THEN 'inactive'
            WHEN is_vip_by_orders OR is_vip_by_value THEN 'VIP'
            WHEN orders >= %(loyal_orders)s THEN 'loyal'
            WHEN orders >= %(repeat_orders)s THEN 'repeat_buyer'
            WHEN orders > 0 THEN 'first_buyer'
            WHEN stage_said NOT IN ('SUBSCRIBER', 'lead', 'prospect') THEN stage_said
            WHEN has_shown_interest OR stage_said = 'prospect' THEN 'prospect'
            WHEN has_answered OR stage_said = 'lead' THEN 'lead'
            ELSE 'SUBSCRIBER' END AS lifecycle_stage,"""
    + _BUYER
    + """
            WHEN orders >= %(repeat_orders)s THEN orders || ' orders'
            WHEN orders > 0 THEN orders || ' order'
            WHEN stage_said NOT IN ('SUBSCRIBER', 'lead', 'prospect') THEN 'said by a person or a source'
            WHEN has_shown_interest THEN 'looked at products, or has a deal or quotation'
            WHEN stage_said = 'prospect' THEN 'said by a person or a source'
            WHEN has_answered THEN 'has answered or written'
            WHEN stage_said = 'lead' THEN 'said by a person or a source'
            ELSE 'known, but nothing heard yet' END AS stage_reason,
       least(
           CASE WHEN quiet_days <= %(hot_days)s THEN greatest(order_day, contact_day) + %(hot_days)s + 1
                WHEN quiet_days <= %(warm_days)s
                THEN greatest(order_day, contact_day) + %(warm_days)s + 1 END,
           CASE WHEN orders > 0 AND NOT is_gone THEN order_day + %(inactive_days)s + 1 END
       ) AS changes_on
  FROM seen"""
)

VERDICTS = (
    *("temperature", "temperature_reason", "customer_type", "type_reason"),
    *("lifecycle_stage", "stage_reason", "changes_on"),
)


def thresholds_of(rules: WorkingRules) -> Thresholds:
    """Return the bounds a tenant has set, as the pure rules take them."""
    return Thresholds(
        hot_days=rules.hot_days,
        warm_days=rules.warm_days,
        inactive_days=rules.inactive_days,
        repeat_orders=rules.repeat_orders,
        loyal_orders=rules.loyal_orders,
        vip_orders=rules.vip_orders,
        vip_value=rules.vip_value,
    )


def parameters(thresholds: Thresholds) -> dict[str, Any]:
    """Return the bounds as parameters of the SQL."""
    return {name: getattr(thresholds, name) for name in Thresholds.__slots__}
