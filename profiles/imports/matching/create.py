"""A new customer, from the first record about them."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from profiles.choices import ContactKind, ProfileType
from profiles.imports.incoming.row import Incoming, Point
from profiles.imports.matching.directory import Directory
from profiles.imports.matching.notes import GONE_ID
from profiles.imports.matching.person import DEFAULTS, Person

_EMAIL, _PHONE = str(ContactKind.EMAIL), str(ContactKind.PHONE)
_COMPANY = str(ProfileType.COMPANY)
# With a company's name and none of these, the customer is the company.
_PERSONAL = frozenset(["type", "name", "first_name", "last_name"])


def create(
    record: Incoming, directory: Directory, *, identity: uuid.UUID, created_at: datetime, source: str
) -> Person:
    """Return the customer with everything the record says, known to the directory."""
    said = record.values
    values = {**DEFAULTS, **said, "email": record.email, "phone": record.phone, "primary_source": source}
    if "company_name" in said and _PERSONAL.isdisjoint(said):
        values["type"] = _COMPANY
    # Copied: the same record is decided once more when the database refuses a row of its chunk.
    trees = {name: dict(tree) for name, tree in record.trees.items()}
    person = Person(identity, values, trees, created_at, is_new=True, is_changed=True)
    for column, value in record.exact_ids:
        # Whoever holds it would have been found.
        values[column] = value
        directory.exact_ids[column, str(value)] = person
    _add_points(person, _EMAIL, record.email, record.emails, directory)
    _add_points(person, _PHONE, record.phone, record.phones, directory)
    for hint in record.identifiers:
        if directory.is_identifier_taken(hint):
            record.note(GONE_ID)
        else:
            directory.add_identifier(hint, person)
            person.new_identifiers.append(hint)
    if record.tags:
        by_name = {tag.name: tag for tag in record.tags}
        person.tags, person.new_tags = set(by_name), list(by_name.values())
    if "name" not in said:
        values["name"] = person.computed_name()
    directory.people[identity] = person
    return person


def additions(record: Incoming) -> dict[str, list[Any]] | None:
    """Return what the history of a new customer shows besides its columns: further addresses and tags."""
    found: dict[str, list[Any]] = {}
    for path, points in (("emails", record.emails), ("phones", record.phones)):
        if points:
            found[path] = [[], [point[0] for point in points]]
    if record.tags:
        found["tags"] = [[], [tag.name for tag in record.tags]]
    return found or None


def _add_points(person: Person, kind: str, primary: str, others: Any, directory: Directory) -> None:
    if not primary:
        return
    held = person.emails if kind == _EMAIL else person.phones
    points: list[Point] = [*others, (primary, "", "")] if others else [(primary, "", "")]
    for point in points:
        value = point[0]
        if value not in held:
            held.add(value)
            person.new_points.append((kind, point))
            directory.add_point(kind, value, person)
