"""Set-wise look-ups of the customers the rows of a chunk may be about."""

from __future__ import annotations

import json
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from cdp.tenancy.context import require_tenant_id
from profiles.choices import ContactKind, ProfileStatus
from profiles.identity import MOST_OWNERS
from profiles.imports.incoming.row import Incoming
from profiles.imports.matching.directory import Directory, Held
from profiles.imports.matching.exact_ids import holders_of_exact_ids
from profiles.imports.matching.person import DEFAULTS, TREES, Person

_OPEN = frozenset([ProfileStatus.ACTIVE, ProfileStatus.INACTIVE])

# Thousands of values go over as one text: quoting each would take longer than looking them up. Clean values
# hold no control characters.
_SEPARATOR = "\x1f"

# What was applied to a customer who is gone is to be applied anew: a scalar subquery, as the planner would
# rather read all customers than look a few thousand up. OFFSET keeps it from reading all rows likewise.
_APPLIED = """
SELECT held.record_hash,
       (SELECT p.id FROM profiles AS p
         WHERE p.tenant_id = %(tenant)s AND p.id = held.profile_id AND p.status <> 'DELETED')
  FROM unnest(string_to_array(%(keys)s, ' ')::bigint[]) AS asked(key)
 CROSS JOIN LATERAL (
    SELECT r.run_id FROM import_rows AS r
     WHERE r.tenant_id = %(tenant)s AND r.record_key = asked.key AND r.run_id <> %(run)s
     ORDER BY r.tenant_id, r.record_key, r.run_id DESC LIMIT 1
 ) AS last
 CROSS JOIN LATERAL (
    SELECT r.record_hash, r.profile_id FROM import_rows AS r
     WHERE r.tenant_id = %(tenant)s AND r.record_key = asked.key AND r.run_id = last.run_id
       AND r.record_hash = ANY(string_to_array(%(hashes)s, ' ')::bigint[]) OFFSET 0
 ) AS held
"""
_IDENTIFIERS = """
SELECT i.source, i.external_id, i.source_type, i.profile_id, i.is_active
  FROM unnest(string_to_array(%(ids)s, E'\x1f')) AS asked(id)
  JOIN profile_identifiers AS i
    ON i.tenant_id = %(tenant)s AND i.source = %(source)s AND i.external_id = asked.id
"""
_POINTS = """
SELECT held.kind, held.value, held.profile_id
  FROM unnest(string_to_array(%(values)s, E'\x1f')) AS asked(value)
 CROSS JOIN LATERAL (
    SELECT c.kind, c.value, c.profile_id FROM contact_points AS c
     WHERE c.tenant_id = %(tenant)s AND c.value = asked.value LIMIT %(most)s
 ) AS held
"""
_POINTS_OF = """
SELECT c.profile_id, c.kind, c.value FROM contact_points AS c
 WHERE c.tenant_id = %(tenant)s AND c.profile_id = ANY(%(people)s::uuid[])
"""
_TAGS_OF = """
SELECT pt.profile_id, t.name FROM profile_tags AS pt JOIN tags AS t ON t.id = pt.tag_id
 WHERE pt.tenant_id = %(tenant)s AND pt.profile_id = ANY(%(people)s::uuid[])
"""
_COLUMNS = ("id", "created_at", "version", "merged_into_id", *DEFAULTS, "primary_source", *TREES)


class Lookups:
    """Reads what is known; with ``lock`` the customers found stay as they are until the transaction ends."""

    def __init__(self, *, run_id: uuid.UUID, lock: bool) -> None:
        self._tenant = require_tenant_id()
        self._run_id = run_id
        self._lock = lock

    def extend(self, found: Directory, rows: Sequence[Incoming]) -> None:
        """Add the customers the rows may be about, and which rows an earlier run has applied.

        Customers in the directory already stay as the rows before have left them.
        """
        found.applied.update(self._applied(rows))
        fresh = [row for row in rows if row.hash not in found.applied]
        by_id = self._identifiers(fresh)
        by_point = found.of_few(self._points(fresh))
        by_exact_id = self._exact_ids(fresh)
        wanted = {owner for *_, owner, _ in by_id} | {owner for *_, owner in by_point}
        wanted |= {owner for *_, owner in by_exact_id}
        own_ids = {row.profile_id for row in fresh if row.profile_id is not None}
        holders = self._holders(found, wanted | own_ids, fresh)
        found.by_own_id |= {identity: holders[identity] for identity in own_ids & holders.keys()}
        for source, external_id, source_type, owner, is_active in by_id:
            one = Held(source_type, holders.get(owner) if is_active else None)
            held = found.identifiers.setdefault((source, external_id), [])
            if one not in held:
                held.append(one)
        for kind, value, owner in by_point:
            found.add_owner(kind, value, owner, holders.get(owner))
        for column, value, owner in by_exact_id:
            person = holders.get(owner)
            if person is not None and person.id != owner:
                found.exact_ids.setdefault((column, value), person)
            elif person is not None and str(person.values[column]) == value:
                found.exact_ids[column, value] = person

    def locked_people(self, wanted: set[uuid.UUID]) -> dict[uuid.UUID, Person]:
        """Return those of the customers that are open, themselves and not their survivors."""
        people, merged = self._people(wanted)
        found = {
            identity: people[identity] for identity in wanted if identity in people and identity not in merged
        }
        self._complete(found, [])
        return found

    def _holders(
        self, found: Directory, wanted: set[uuid.UUID], rows: Sequence[Incoming]
    ) -> dict[uuid.UUID, Person]:
        """Return each wanted customer, or the survivor of its merges, by the id asked for."""
        people, merged = self._people(wanted)
        fresh = {identity: person for identity, person in people.items() if identity not in found.people}
        self._complete(fresh, rows)
        found.people |= fresh
        survivors = {identity: _follow(identity, merged) for identity in wanted}
        return {
            identity: found.people[survivor]
            for identity, survivor in survivors.items()
            if survivor in found.people
        }

    def _applied(self, rows: Sequence[Incoming]) -> dict[int, uuid.UUID]:
        """Return, per row that the last run that held its record applied already, its customer."""
        keys = " ".join({str(row.key) for row in rows})
        hashes = " ".join({str(row.hash) for row in rows})
        found = self._rows(_APPLIED, keys=keys, hashes=hashes)
        return {row_hash: owner for row_hash, owner in found if owner is not None}

    def _identifiers(self, rows: Sequence[Incoming]) -> list[tuple[Any, ...]]:
        by_source: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            for hint in row.identifiers:
                by_source[hint.source].add(hint.external_id)
        return [
            found
            for source, ids in by_source.items()
            for found in self._rows(_IDENTIFIERS, source=source, ids=_SEPARATOR.join(sorted(ids)))
        ]

    def _points(self, rows: Sequence[Incoming]) -> list[tuple[Any, ...]]:
        values = {value for row in rows for value in (row.email, row.phone) if value}
        if not values:
            return []
        return self._rows(_POINTS, values=_SEPARATOR.join(sorted(values)), most=MOST_OWNERS + 1)

    def _exact_ids(self, rows: Sequence[Incoming]) -> list[tuple[str, str, uuid.UUID]]:
        asked = {(column, value) for row in rows for column, value in row.exact_ids}
        return [(column, value, owner) for (column, value), owner in holders_of_exact_ids(asked).items()]

    def _people(
        self, wanted: Iterable[uuid.UUID]
    ) -> tuple[dict[uuid.UUID, Person], dict[uuid.UUID, uuid.UUID]]:
        """Return the open customers, those that merged ones lead to included, and the merges."""
        people: dict[uuid.UUID, Person] = {}
        merged: dict[uuid.UUID, uuid.UUID] = {}
        missing = set(wanted)
        asked: set[uuid.UUID] = set()
        while missing:
            asked |= missing
            for row in self._rows(_people_statement(lock=self._lock), people=sorted(missing)):
                values = dict(zip(_COLUMNS, row, strict=True))
                if values["merged_into_id"] is not None:
                    merged[values["id"]] = values["merged_into_id"]
                elif values["status"] in _OPEN:
                    people[values["id"]] = _person(values)
            missing = set(merged.values()) - asked
        return people, merged

    def _complete(self, people: dict[uuid.UUID, Person], rows: Sequence[Incoming]) -> None:
        if not people:
            return
        for owner, kind, value in self._rows(_POINTS_OF, people=list(people)):
            person = people[owner]
            (person.emails if kind == ContactKind.EMAIL else person.phones).add(value)
        if any(row.tags for row in rows):
            for owner, name in self._rows(_TAGS_OF, people=list(people)):
                people[owner].tags.add(name)

    def _rows(self, statement: str, **values: Any) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(statement, {"tenant": self._tenant, "run": self._run_id, **values})
            return list(cursor.fetchall())


def _people_statement(*, lock: bool) -> str:
    columns = ", ".join(f"p.{name}" for name in _COLUMNS)
    # In the order of ids, so that two writers never wait for each other.
    suffix = " FOR UPDATE" if lock else ""
    return (
        f"SELECT {columns} FROM profiles AS p WHERE p.tenant_id = %(tenant)s"  # noqa: S608
        f" AND p.id = ANY(%(people)s::uuid[]) ORDER BY p.id{suffix}"
    )


def _person(row: dict[str, Any]) -> Person:
    return Person(
        row["id"],
        {name: row[name] for name in (*DEFAULTS, "primary_source")},
        {name: _tree(row[name]) for name in TREES},
        row["created_at"],
        row["version"],
    )


def _tree(stored: Any) -> dict[str, Any]:
    tree = json.loads(stored) if isinstance(stored, str) else stored
    return tree if isinstance(tree, dict) else {}


def _follow(identity: uuid.UUID, merged: dict[uuid.UUID, uuid.UUID]) -> uuid.UUID:
    seen = set()
    while identity in merged and identity not in seen:
        seen.add(identity)
        identity = merged[identity]
    return identity
