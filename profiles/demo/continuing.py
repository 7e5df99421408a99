"""Going on where a tenant's customers end, so that nothing made up clashes with what is there."""

from __future__ import annotations

from django.db import connection, transaction

from cdp.tenancy.context import require_tenant_id
from profiles.choices import ContactKind
from profiles.demo.people import Population
from profiles.demo.stream import Start
from profiles.models import ContactPoint

NUMBERS = """
SELECT max((metadata #>> '{demo,record}')::bigint), max((metadata #>> '{demo,person}')::bigint),
       max((metadata #>> '{demo,household}')::bigint)
  FROM profiles
 WHERE tenant_id = %s AND metadata #>> '{demo,record}' ~ '^[0-9]{1,12}$'
"""
MEMBERS = """
SELECT substring(member_id FROM 5 FOR 4)::int, max(substring(member_id FROM 10)::bigint)
  FROM profiles
 WHERE tenant_id = %s AND member_id ~ '^MEM-[0-9]{4}-[0-9]{4,12}$'
 GROUP BY 1
"""


def start() -> Start:
    """Return the active tenant's first free numbers."""
    with connection.cursor() as cursor:
        cursor.execute(NUMBERS, [require_tenant_id()])
        record, person, household = (highest or 0 for highest in cursor.fetchone())
        cursor.execute(MEMBERS, [require_tenant_id()])
        members = dict(cursor.fetchall())
    return Start(record + 1, person + 1, household + 1, members)


def remember(population: Population) -> None:
    """Keep the population from giving anybody an e-mail or phone that a customer already has."""
    with transaction.atomic():
        points = ContactPoint.objects.order_by().values_list("kind", "value")
        for kind, value in points.iterator(chunk_size=10_000):
            (population.emails if kind == ContactKind.EMAIL else population.phones).add(value)
