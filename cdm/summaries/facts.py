"""SQL that counts what there is of each customer; ``{whose}`` narrows it to some of them."""

from __future__ import annotations

# Cancelled orders count for nothing; sales that came back whole are no orders any more.
ORDERS = """
SELECT profile_id,
       count(*) FILTER (WHERE counts) AS orders,
       sum(total) AS lifetime_value,
       coalesce(sum(total) FILTER (WHERE kind = 'SALE'), 0) AS gross_value,
       coalesce(-sum(total) FILTER (WHERE kind = 'RETURN'), 0) AS returned_value,
       min(ordered_at) FILTER (WHERE counts) AS first_order_at,
       max(ordered_at) FILTER (WHERE counts) AS last_order_at
  FROM (SELECT *, kind = 'SALE' AND (returned < total OR total = 0) AS counts FROM orders
         WHERE tenant_id = %(tenant)s AND profile_id {whose} AND status <> 'CANCELLED') AS valid
 GROUP BY profile_id"""

INTERACTIONS = """
SELECT profile_id,
       count(*) AS interactions,
       count(*) FILTER (WHERE type = 'call') AS calls,
       count(*) FILTER (WHERE type = 'email') AS emails,
       count(*) FILTER (WHERE type IN ('whatsapp', 'line', 'sms', 'facebook', 'instagram')) AS messages,
       count(*) FILTER (WHERE type = 'whatsapp') AS whatsapps,
       count(*) FILTER (WHERE type = 'meeting') AS meetings,
       max(occurred_at) AS last_contact_at,
       max(occurred_at) FILTER (WHERE direction = 'inbound') AS last_inbound_at,
       min(follow_up_at) FILTER (WHERE follow_up_required AND followed_up_at IS NULL) AS next_follow_up_at,
       bool_or(direction = 'inbound' OR was_answered IS TRUE) AS has_answered
  FROM customer_interactions
 WHERE tenant_id = %(tenant)s AND profile_id {whose}
 GROUP BY profile_id"""

_ACTIVITIES = """count(*) AS behaviours,
       count(*) FILTER (WHERE type = 'product_view') AS product_views,
       count(DISTINCT coalesce(product_id::text, nullif(product_ref, '')))
           FILTER (WHERE type = 'product_view') AS products_viewed,
       count(*) FILTER (WHERE type = 'add_to_cart') AS carts,
       count(*) FILTER (WHERE type = 'wishlist') AS wishlists,
       count(*) FILTER (WHERE type = 'search') AS searches,
       max(occurred_at) AS last_behaviour_at
  FROM customer_behavior"""
BEHAVIOUR = f"""
SELECT profile_id, {_ACTIVITIES}
 WHERE tenant_id = %(tenant)s AND profile_id {{whose}}
 GROUP BY profile_id"""
# As it was counted last, which costs the same however long the history is; of new customers, counted.
BEHAVIOUR_KEPT = f"""
SELECT profile_id, behaviours, product_views, products_viewed, carts, wishlists, searches, last_behaviour_at
  FROM customer_summaries
 WHERE tenant_id = %(tenant)s AND profile_id {{whose}}
 UNION ALL
SELECT given.profile_id, counted.*
  FROM given CROSS JOIN LATERAL (
    SELECT {_ACTIVITIES} WHERE tenant_id = %(tenant)s AND profile_id = given.profile_id) AS counted
 WHERE given.is_new"""  # noqa: S608 (our own text)

DROP_OFFS = """
SELECT profile_id,
       count(*) FILTER (WHERE recovered_at IS NULL) AS open_drop_offs,
       coalesce(sum(cart_value) FILTER (WHERE recovered_at IS NULL), 0) AS open_drop_off_value,
       true AS has_drop_off
  FROM customer_dropoff_tracking
 WHERE tenant_id = %(tenant)s AND profile_id {whose}
 GROUP BY profile_id"""

# From both sides of a link and each once, as families are shown; nobody is their own relative.
FAMILY = """
SELECT profile_id, count(DISTINCT who) AS family_members
  FROM (SELECT profile_id, coalesce(relative_id, id) AS who
          FROM customer_family_members
         WHERE tenant_id = %(tenant)s AND profile_id {whose} AND relative_id IS DISTINCT FROM profile_id
        UNION ALL
        SELECT relative_id, profile_id
          FROM customer_family_members
         WHERE tenant_id = %(tenant)s AND relative_id {whose} AND relative_id <> profile_id) AS linked
 GROUP BY profile_id"""

DEALS = """
SELECT profile_id,
       count(*) FILTER (WHERE closed_at IS NULL) AS open_deals,
       coalesce(sum(amount) FILTER (WHERE closed_at IS NULL AND currency = %(currency)s), 0)
           AS open_deal_value,
       true AS has_deal
  FROM deals
 WHERE tenant_id = %(tenant)s AND profile_id {whose}
 GROUP BY profile_id"""

QUOTATIONS = """
SELECT DISTINCT profile_id, true AS has_quotation
  FROM quotations
 WHERE tenant_id = %(tenant)s AND profile_id {whose}"""

PARTS = {
    "o": ORDERS,
    "i": INTERACTIONS,
    "b": BEHAVIOUR,
    "x": DROP_OFFS,
    "f": FAMILY,
    "d": DEALS,
    "q": QUOTATIONS,
}
COUNTS = (
    *("orders", "lifetime_value", "gross_value", "returned_value"),
    *("interactions", "calls", "emails", "messages", "whatsapps", "meetings"),
    *("behaviours", "product_views", "products_viewed", "carts", "wishlists", "searches"),
    *("open_drop_offs", "open_drop_off_value", "family_members", "open_deals", "open_deal_value"),
)
MOMENTS = (
    *("first_order_at", "last_order_at", "last_contact_at", "last_inbound_at", "next_follow_up_at"),
    "last_behaviour_at",
)
