"""What one record changes in one customer."""

from __future__ import annotations

from datetime import date
from typing import Any

from profiles.choices import ContactKind
from profiles.imports.incoming.row import Incoming, Point
from profiles.imports.matching.directory import Directory
from profiles.imports.matching.notes import HELD, OTHERS_ID
from profiles.imports.matching.person import DAYS, NAME_PARTS, Person

Changes = dict[str, list[Any]]


def apply(record: Incoming, person: Person, directory: Directory, *, is_by_id: bool) -> Changes:
    """Put what the record says into the customer; return {path: [old, new]}.

    Empty cells say nothing. An e-mail or phone the customer has already stays what it was, primary or not,
    unless the record was found by an id: then the source speaks of its own customer.
    """
    changes: Changes = {}
    had_computed_name = "name" not in record.values and person.values["name"] == person.computed_name()
    _put_values(_with_days(record.values, person), person, changes)
    if record.exact_ids:
        _put_exact_ids(record, person, directory, changes)
    _put_primary(ContactKind.EMAIL, record.email, person, changes, is_forced=is_by_id)
    _put_primary(ContactKind.PHONE, record.phone, person, changes, is_forced=is_by_id)
    _put_points(record, person, directory, changes)
    if record.identifiers:
        _put_identifiers(record, person, directory, changes)
    if record.trees:
        _put_trees(record, person, changes)
    if record.tags:
        _put_tags(record, person, changes)
    if had_computed_name and not NAME_PARTS.isdisjoint(changes):
        _put_values({"name": person.computed_name()}, person, changes)
    if changes:
        person.is_changed = True
        person.version += 1
    return changes


def _put_values(said: dict[str, Any], person: Person, changes: Changes) -> None:
    values = person.values
    for name, value in said.items():
        old = values[name]
        if old != value:
            values[name] = value
            changes[name] = [_plain(old), _plain(value)]


def _with_days(said: dict[str, Any], person: Person) -> dict[str, Any]:
    """Return what is said with days as they are kept: a whole date wins over one without its year."""
    for whole, partial in DAYS.items():
        if whole in said and person.values[partial]:
            said = {**said, partial: ""}
        elif partial in said and person.values[whole] is not None:
            said = {name: value for name, value in said.items() if name != partial}
    return said


def _put_exact_ids(record: Incoming, person: Person, directory: Directory, changes: Changes) -> None:
    for column, value in record.exact_ids:
        holder = directory.exact_ids.get((column, str(value)))
        old = person.values[column]
        if holder is not None and holder is not person:
            record.note(HELD(column=column, customer=holder.id))
        elif holder is None:
            if old is not None:
                directory.exact_ids.pop((column, str(old)), None)
                person.released = True
            directory.exact_ids[column, str(value)] = person
            person.values[column] = value
            changes[column] = [old, value]


def _put_primary(kind: str, value: str, person: Person, changes: Changes, *, is_forced: bool) -> None:
    if not value:
        return
    old = person.values[kind]
    held = person.emails if kind == ContactKind.EMAIL else person.phones
    if old != value and (not old or is_forced or value not in held):
        person.values[kind] = value
        changes[kind] = [old, value]


def _put_points(record: Incoming, person: Person, directory: Directory, changes: Changes) -> None:
    for kind, primary, others, held in (
        (ContactKind.EMAIL, record.email, record.emails, person.emails),
        (ContactKind.PHONE, record.phone, record.phones, person.phones),
    ):
        points: list[Point] = [*others, (primary, "", "")]
        for point in points:
            value = point[0]
            if value and value not in held:
                held.add(value)
                directory.add_point(kind, value, person)
                person.new_points.append((kind, point))
                changes.setdefault(f"{kind}s", [[], []])[1].append(value)


def _put_identifiers(record: Incoming, person: Person, directory: Directory, changes: Changes) -> None:
    for hint in record.identifiers:
        if not directory.is_identifier_taken(hint):
            directory.add_identifier(hint, person)
            person.new_identifiers.append(hint)
            changes.setdefault("identifiers", [[], []])[1].append(f"{hint.source}: {hint.external_id}")
        elif person not in directory.owners(hint):
            record.note(OTHERS_ID)


def _put_trees(record: Incoming, person: Person, changes: Changes) -> None:
    for tree, said in record.trees.items():
        known = person.trees.setdefault(tree, {})
        for key, value in said.items():
            if key not in known or known[key] != value:
                changes[f"{tree}.{key}"] = [known.get(key), value]
                known[key] = value


def _put_tags(record: Incoming, person: Person, changes: Changes) -> None:
    for tag in record.tags:
        if tag.name not in person.tags:
            person.tags.add(tag.name)
            person.new_tags.append(tag)
            changes.setdefault("tags", [[], []])[1].append(tag.name)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
