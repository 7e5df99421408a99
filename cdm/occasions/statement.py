"""One statement that finds who has a birthday or anniversary on given days."""

from __future__ import annotations

from cdm.choices import OccasionKind

# Kind of occasion -> the columns of its key and of its date.
COLUMNS = {
    OccasionKind.BIRTHDAY: ("birth_key", "date_of_birth"),
    OccasionKind.ANNIVERSARY: ("anniversary_key", "anniversary_date"),
}

# The days come as keys, and tables are entered by their indexes on them: the cost is that of what is found.
_GIVEN = "SELECT * FROM unnest(%(keys)s::int[], %(on)s::date[], %(days)s::int[]) AS g (key, on_day, days)"
# Those who died, are not active or want no contact are left out, and with them their families.
_MAY = """{0}.status = 'ACTIVE' AND NOT {0}.is_deceased
       AND NOT coalesce(({0}.contact_preferences ->> 'doNotContact')::boolean, false)"""
_OWN = """
    SELECT p.id AS customer_id, NULL::uuid AS family_member_id, NULL AS relationship, p.name, p.phone,
           p.email, '{kind}' AS event_type, g.on_day, g.days, g.key, p.{date} AS since, {partner} AS partner,
           {partner_id} AS partner_id
      FROM given g JOIN profiles p ON p.tenant_id = %(tenant)s AND p.{key} = g.key {beside}
     WHERE {may} {once}"""
# A relative who is a customer with the day is shown as one; a relative's own wishes hold.
_RELATIVES = """
    SELECT p.id, f.id, f.relationship, f.name, coalesce(nullif(f.phone, ''), p.phone),
           coalesce(nullif(f.email, ''), p.email), '{kind}', g.on_day, g.days, g.key, f.{date},
           {partner}, NULL
      FROM given g
      JOIN customer_family_members f ON f.tenant_id = %(tenant)s AND f.{key} = g.key
      JOIN profiles p ON p.tenant_id = f.tenant_id AND p.id = f.profile_id
      LEFT JOIN profiles r ON r.tenant_id = f.tenant_id AND r.id = f.relative_id
     WHERE NOT f.is_deceased AND f.relative_id IS DISTINCT FROM f.profile_id AND {may}
       AND (r.id IS NULL OR (r.{key} IS NULL AND {relative_may})) {once}"""
# Who is married to a customer, and on the same day; the profile of one who may be greeted, too.
_BESIDE = """
      LEFT JOIN LATERAL (
        SELECT coalesce(nullif(o.name, ''), f.name) AS name, CASE WHEN {other_may} THEN o.id END AS id
          FROM customer_family_members f
          LEFT JOIN profiles o ON o.tenant_id = f.tenant_id
               AND o.id = CASE f.profile_id WHEN p.id THEN f.relative_id ELSE f.profile_id END
         WHERE f.tenant_id = p.tenant_id AND f.relationship = 'spouse'
           AND p.id IN (f.profile_id, f.relative_id) AND NOT f.is_deceased
           AND g.key IN (f.anniversary_key, o.anniversary_key)
         ORDER BY f.id LIMIT 1) AS m ON true"""
# Of two customers who are married to each other, the first one stands for both.
_ONCE_OF_TWO = """AND NOT EXISTS (
        SELECT FROM customer_family_members f
          JOIN profiles o ON o.tenant_id = f.tenant_id
               AND o.id = CASE f.profile_id WHEN p.id THEN f.relative_id ELSE f.profile_id END
         WHERE f.tenant_id = p.tenant_id AND f.relationship = 'spouse'
           AND p.id IN (f.profile_id, f.relative_id) AND o.anniversary_key = p.anniversary_key
           AND o.id < p.id AND {other_may})"""
# A spouse's is the customer's own; of parents and grandparents with one day, the first stands for both.
_ONCE_OF_RELATIVES = """
       AND NOT (f.relationship = 'spouse' AND p.anniversary_key IS NOT DISTINCT FROM f.anniversary_key)
       AND NOT EXISTS (
        SELECT FROM customer_family_members o
         WHERE o.tenant_id = f.tenant_id AND o.profile_id = f.profile_id AND o.id < f.id AND NOT o.is_deceased
           AND o.anniversary_key = f.anniversary_key AND o.relationship = f.relationship
           AND f.relationship IN ('parent', 'grandparent'))"""
_COUPLE = """(
        SELECT o.name FROM customer_family_members o
         WHERE o.tenant_id = f.tenant_id AND o.profile_id = f.profile_id AND o.id > f.id AND NOT o.is_deceased
           AND o.anniversary_key = f.anniversary_key AND o.relationship = f.relationship
           AND f.relationship IN ('parent', 'grandparent') ORDER BY o.id LIMIT 1)"""


def occasions_statement(kinds: tuple[OccasionKind, ...]) -> str:
    """Return the statement for these kinds; it takes keys, on, days, tenant, limit and offset."""
    parts = " UNION ALL ".join(part for kind in kinds for part in _parts(kind))
    return (
        f"WITH given AS MATERIALIZED ({_GIVEN}), said AS ({parts}) "  # noqa: S608 (texts of this module)
        "SELECT * FROM said ORDER BY days NULLS LAST, name, customer_id, family_member_id NULLS FIRST "
        "LIMIT %(limit)s OFFSET %(offset)s"
    )


def _parts(kind: OccasionKind) -> tuple[str, str]:
    key, date = COLUMNS[kind]
    is_couple = kind == OccasionKind.ANNIVERSARY
    common = {"kind": kind.value, "key": key, "date": date, "may": _MAY.format("p")}
    own = _OWN.format(
        **common,
        partner="m.name" if is_couple else "NULL",
        partner_id="m.id" if is_couple else "NULL::uuid",
        beside=_BESIDE.format(other_may=_MAY.format("o")) if is_couple else "",
        once=_ONCE_OF_TWO.format(other_may=_MAY.format("o")) if is_couple else "",
    )
    relatives = _RELATIVES.format(
        **common,
        relative_may=_MAY.format("r"),
        partner=_COUPLE if is_couple else "NULL",
        once=_ONCE_OF_RELATIVES if is_couple else "",
    )
    return own, relatives
