"""Creating and changing customers, with their contact points, identifiers and tags."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any

from uuid_utils import uuid7

from cdp.actors import Actor
from profiles.identity import EXACT_IDS
from profiles.imports.matching.person import DAYS, DEFAULTS, TREES, Person
from profiles.imports.writing.stage import Stage, run
from profiles.models import ProfileTag
from profiles.operations.labelling import find_or_make_tags

_FILLED = (*DEFAULTS, "primary_source", *TREES)
_KINDS = {
    **dict.fromkeys(DAYS, "date"),
    "is_deceased": "boolean",
    "scl_member_id": "bigint",
    **dict.fromkeys(TREES, "jsonb"),
}
PEOPLE = Stage(
    "import_people",
    {
        "is_new": "boolean",
        "id": "uuid",
        "created_at": "timestamptz",
        "version": "integer",
        **{name: _KINDS.get(name, "text") for name in _FILLED},
    },
)
POINTS = Stage(
    "import_points",
    {"id": "uuid", "profile_id": "uuid", "kind": "text", "value": "text", "type": "text", "source": "text"},
)
IDENTIFIERS = Stage(
    "import_identifiers",
    {"id": "uuid", "profile_id": "uuid", "source": "text", "source_type": "text", "external_id": "text"},
)
_NAMES = ", ".join(_FILLED)
_INSERT = f"""
INSERT INTO profiles (tenant_id, id, created_at, updated_at, created_by, updated_by, version, last_synced_at,
                      deleted_at, merged_from, {_NAMES})
SELECT %(tenant)s, id, created_at, created_at, %(reference)s, %(reference)s, version, %(now)s,
       CASE WHEN status <> 'ACTIVE' THEN %(now)s::timestamptz END, '[]', {_NAMES}
  FROM import_people WHERE is_new
"""  # noqa: S608
_UPDATED = tuple(name for name in _FILLED if name != "primary_source")
# The ids are named besides: the planner knows nothing of the temporary table, and might read all customers.
_UPDATE = f"""
UPDATE profiles AS p
   SET {", ".join(f"{name} = s.{name}" for name in _UPDATED)}, version = s.version, updated_at = %(now)s,
       updated_by = %(reference)s, last_synced_at = %(now)s,
       deleted_at = CASE WHEN s.status = 'ACTIVE' THEN NULL ELSE coalesce(p.deleted_at, %(now)s) END
  FROM import_people AS s
 WHERE NOT s.is_new AND p.tenant_id = %(tenant)s AND p.id = s.id AND p.id = ANY(%(people)s::uuid[])
"""  # noqa: S608
# Somebody may take an id another customer gives up in the same chunk; unique indexes look at every row.
_RELEASE = f"""
UPDATE profiles SET {", ".join(f"{column} = NULL" for column in EXACT_IDS.values())}
 WHERE tenant_id = %(tenant)s AND id = ANY(%(people)s::uuid[])
"""  # noqa: S608
_values = itemgetter(*DEFAULTS, "primary_source")
_INSERT_POINTS = """
INSERT INTO contact_points (tenant_id, id, profile_id, kind, value, type, source, created_at)
SELECT %(tenant)s, id, profile_id, kind, value, type, source, %(now)s FROM import_points
"""
_INSERT_IDENTIFIERS = """
INSERT INTO profile_identifiers (tenant_id, id, profile_id, source, source_type, external_id, external_ref,
                                 match_quality, is_primary, is_active, matched_at, metadata,
                                 created_at, updated_at, created_by, updated_by)
SELECT %(tenant)s, id, profile_id, source, source_type, external_id, '', 100, true, true, %(now)s, '{}',
       %(now)s, %(now)s, %(reference)s, %(reference)s
  FROM import_identifiers
"""


@dataclass(frozen=True, slots=True)
class Writing:
    """What every statement of a chunk needs to know."""

    tenant_id: uuid.UUID
    reference: str
    source: str
    by: Actor
    now: datetime

    def run(self, statement: str, **values: Any) -> int:
        """Execute one statement."""
        return run(statement, tenant=self.tenant_id, reference=self.reference, now=self.now, **values)


def write_people(writing: Writing, people: Iterable[Person]) -> None:
    """Write everything that is new or changed about these customers."""
    touched = [person for person in people if person.is_changed]
    if not touched:
        return
    old = sorted((person for person in touched if not person.is_new), key=lambda person: person.id)
    new = [person for person in touched if person.is_new]
    PEOPLE.fill(_row(person) for person in [*new, *old])
    released = [person.id for person in old if person.released]
    if released:
        writing.run(_RELEASE, people=released)
    if old:
        writing.run(_UPDATE, people=[person.id for person in old])
    if new:
        writing.run(_INSERT)
    _write_relations(writing, touched)


def _write_relations(writing: Writing, people: list[Person]) -> None:
    if any(person.new_points for person in people):
        POINTS.fill(_points(people, writing.source))
        writing.run(_INSERT_POINTS)
    if any(person.new_identifiers for person in people):
        IDENTIFIERS.fill(_identifiers(people))
        writing.run(_INSERT_IDENTIFIERS)
    tagged = [person for person in people if person.new_tags]
    if tagged:
        refs = list({tag.name: tag for person in tagged for tag in person.new_tags}.values())
        tags = {tag.name: tag for tag in find_or_make_tags(refs, by=writing.by)}
        ProfileTag.objects.bulk_create(
            [
                ProfileTag(profile_id=person.id, tag=tags[tag.name])
                for person in tagged
                for tag in person.new_tags
            ],
            ignore_conflicts=True,
        )


def _row(person: Person) -> list[Any]:
    return [
        person.is_new,
        str(person.id),
        person.created_at,
        person.version,
        *_values(person.values),
        *[json.dumps(tree) if (tree := person.trees.get(name)) else "{}" for name in TREES],
    ]


def _points(people: Iterable[Person], source: str) -> Iterator[tuple[Any, ...]]:
    for person in people:
        identity = str(person.id)
        for kind, (value, type_, said_by) in person.new_points:
            yield str(uuid7()), identity, kind, value, type_, said_by or source


def _identifiers(people: Iterable[Person]) -> Iterator[tuple[Any, ...]]:
    for person in people:
        for hint in person.new_identifiers:
            yield str(uuid7()), str(person.id), hint.source, hint.source_type, hint.external_id
