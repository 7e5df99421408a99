"""What customers said before they were merged: a survivor alone no longer shows it.

A survivor keeps one value of each field. What its other records say counts all the same when a run asks
whether somebody else is the same customer, as it would have counted had all of them been compared at once.
"""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection

from cdp.tenancy.context import require_tenant_id
from unify.matching.conditions import Columns
from unify.merging.choices import MergeStatus
from unify.merging.kin import with_merged
from unify.models import MergeGroup
from unify.records.making import Maker, Said, said_in

# A merge leaves the loser's row as it was; only its contact points are handed over.
_ROWS = """
SELECT id, type, name, first_name, last_name, company_name, email, phone, date_of_birth, address,
       company_tax_id, auth_user_id
  FROM profiles
 WHERE tenant_id = %(tenant)s AND id = ANY(%(kin)s::uuid[])
"""
# A contact point was that customer's who was the first to hand it over.
_POINTS = """
SELECT coalesce(first.loser_id, c.profile_id), c.kind || ':' || c.value
  FROM contact_points AS c
  LEFT JOIN (
       SELECT DISTINCT ON (moved.id) moved.id, m.loser_id
         FROM merges AS m
         JOIN merged_rows AS r ON r.tenant_id = %(tenant)s AND r.merge_id = m.id
         CROSS JOIN unnest(r.ids) AS moved (id)
        WHERE m.tenant_id = %(tenant)s AND m.status = 'ACTIVE' AND m.loser_id = ANY(%(kin)s::uuid[])
          AND r.relation = 'profiles.ContactPoint.profile'
        ORDER BY moved.id, m.merged_at, m.id
  ) AS first ON first.id = c.id
 WHERE c.tenant_id = %(tenant)s AND c.profile_id = ANY(%(everybody)s::uuid[])
 ORDER BY c.created_at, c.id
"""
_PATHS = (
    *("type", "name", "first_name", "last_name", "company_name", "email", "phone", "date_of_birth"),
    *("address.street", "address.city", "address.postalCode", "company_tax_id", "auth_user_id"),
)


@dataclass(frozen=True, slots=True)
class Kindred:
    """How many were merged into each customer, and what all of them said before."""

    merged: Mapping[uuid.UUID, int] = field(default_factory=dict)
    said: Mapping[uuid.UUID, Sequence[Columns]] = field(default_factory=dict)

    def size(self, one: uuid.UUID) -> int:
        """Return how many records the customer is by now."""
        return 1 + self.merged.get(one, 0)

    def earlier(self, one: uuid.UUID) -> Sequence[Columns]:
        """Return what its records said; nothing where nobody was merged into it."""
        return self.said.get(one, ())


NOBODY = Kindred()


def kindred_of(maker: Maker, ids: Sequence[uuid.UUID]) -> Kindred:
    """Return who was merged into these customers; one query, and three more where anybody was."""
    survivor_of = {one: into for one, into in with_merged(ids).items() if one != into}
    if not survivor_of:
        return NOBODY
    survivors, kin = set(survivor_of.values()), list(survivor_of)
    points: dict[uuid.UUID, list[str]] = defaultdict(list)
    for owner, point in _rows(_POINTS, kin=kin, everybody=[*kin, *survivors]):
        points[owner].append(point)
    said: dict[uuid.UUID, list[Columns]] = defaultdict(list)
    for one, what in [*_losers(kin, points), *_before([*kin, *survivors], points)]:
        if _says_anything(what):
            said[survivor_of.get(one, one)].append(maker.person(str(one), what).columns())
    return Kindred(Counter(survivor_of.values()), said)


def _losers(
    kin: Sequence[uuid.UUID], points: Mapping[uuid.UUID, list[str]]
) -> Iterator[tuple[uuid.UUID, Said]]:
    """Yield what the rows of those say that were merged."""
    for one, *row in _rows(_ROWS, kin=list(kin)):
        yield one, said_in((*row[:7], points.get(one), *row[7:]))


def _before(
    winners: Sequence[uuid.UUID], points: Mapping[uuid.UUID, list[str]]
) -> Iterator[tuple[uuid.UUID, Said]]:
    """Yield what winners said before the first of their merges that hold."""
    groups = MergeGroup.objects.filter(winner__in=winners, merges__status=MergeStatus.ACTIVE)
    first = groups.exclude(before={}).order_by("winner_id", "position").distinct("winner_id")
    for one, before in first.values_list("winner_id", "before"):
        values = [before["values"].get(path) for path in _PATHS]
        yield one, _said(values, points.get(one))


def _said(values: Sequence[Any], points: list[str] | None) -> Said:
    *texts, born, street, city, code, tax_id, auth_id = values
    born_on = date.fromisoformat(born) if born else None
    address = {"street": street, "city": city, "postalCode": code}
    return said_in((*(text or "" for text in texts), points, born_on, address, tax_id or "", auth_id))


def _says_anything(said: Said) -> bool:
    """Tell whether there is anything to compare: an erased person's row says nothing."""
    return any((said.name, said.first_name, said.last_name, said.company_name, said.emails, said.phones))


def _rows(statement: str, **values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"tenant": require_tenant_id(), **values})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
