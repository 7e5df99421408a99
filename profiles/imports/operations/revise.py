"""Changing what the columns of an import mean, before it runs."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from contextlib import closing
from typing import Any

from django.db import transaction
from django.utils.translation import gettext, gettext_noop

from cdp.actors import Actor
from cdp.errors import Invalid
from cdp.models import Tenant
from cdp.sentences import Sentence
from profiles.imports.choices import OPEN_STATES, RunState
from profiles.imports.columns import mapping_problems
from profiles.imports.errors import MappingRefused
from profiles.imports.models import ImportRun
from profiles.imports.operations.runs import get_run, locked_run, move
from profiles.imports.operations.start import checked_options, checked_source
from profiles.imports.reading import DELIMITERS, ENCODINGS, Dialect
from profiles.imports.staging import guessed_targets, inspect, is_list, month_first
from profiles.imports.subjects import subject_of

NO_COLUMN = Sentence(gettext_noop("There is no column “%(name)s”."))
ALL_COLUMNS = Sentence(gettext_noop("Choose a field for each of the %(count)s columns."))


def revise_import(
    *,
    tenant: Tenant,
    by: Actor,
    run_id: uuid.UUID,
    targets: Sequence[str] | Mapping[str, str] | None = None,
    reading: Mapping[str, Any] | None = None,
    source: str | None = None,
    source_type: str | None = None,
    options: Mapping[str, Any] | None = None,
) -> ImportRun:
    """Change columns, reading (encoding, delimiter, has_header, sheet), source or options of a draft.

    ``targets`` is one field per column, or {column name: field} with the other columns left as guessed.
    Another reading guesses the columns anew. Raises FileRefused, MappingRefused, Invalid, WrongState.
    """
    changes: dict[str, Any] = {}
    run = get_run(run_id)
    if is_list(run) and (reading or targets is not None):
        raise Invalid(gettext("A list of records has no columns."))
    if reading:
        changes |= _read_again(run, reading)
    if targets is not None:
        dialect = Dialect.from_json(changes.get("dialect", run.dialect))
        changes["mapping"] = _targets(targets, dialect, changes.get("mapping", run.mapping))
        problems = mapping_problems(changes["mapping"])
        if problems:
            raise MappingRefused(problems)
    if source is not None:
        changes["source"] = checked_source(source)
    if source_type is not None:
        changes["source_type"] = checked_source(source_type, field="sourceType", is_required=False)
    changes["options"] = {**run.options, **changes.get("options", {}), **checked_options(options)}
    with transaction.atomic():
        run = locked_run(run_id, OPEN_STATES)
        move(run, RunState.DRAFT, by=by, **changes)
    return run


def check_mapping(run: ImportRun) -> None:
    """Raise MappingRefused when the columns as they stand cannot be imported."""
    problems = [] if is_list(run) or subject_of(run) else mapping_problems(run.mapping)
    if problems:
        raise MappingRefused(problems)


def _read_again(run: ImportRun, reading: Mapping[str, Any]) -> dict[str, Any]:
    unknown = set(reading) - {"encoding", "delimiter", "has_header", "sheet"}
    if unknown:
        raise Invalid(
            gettext("See errors for each field."),
            fields={name: [gettext("Unknown option.")] for name in unknown},
        )
    for name, choices, why_not in (
        ("encoding", ENCODINGS, gettext("Choose the encoding from the list.")),
        ("delimiter", DELIMITERS, gettext("Choose the delimiter from the list.")),
    ):
        if reading.get(name) is not None and reading[name] not in choices:
            raise Invalid(why_not, fields={name: [gettext("Not one of the choices.")]})
    with closing(run.open_file()) as file:
        dialect = inspect(file, **reading)
    targets = guessed_targets(dialect)
    total = max(dialect.line_count - dialect.preamble - int(dialect.has_header), 0)
    return {
        "dialect": dialect.to_json(),
        "mapping": targets,
        "rows_total": total,
        "options": {"monthFirst": month_first(dialect, targets)},
    }


def _targets(
    targets: Sequence[str] | Mapping[str, str], dialect: Dialect, guessed: Sequence[str]
) -> list[str]:
    if isinstance(targets, Mapping):
        columns = {name.casefold(): index for index, name in enumerate(dialect.header)}
        unknown = [name for name in targets if name.casefold() not in columns]
        if unknown:
            raise MappingRefused([NO_COLUMN(name=name[:100]) for name in unknown[:20]])
        chosen = list(guessed)
        for name, target in targets.items():
            chosen[columns[name.casefold()]] = target
        return chosen
    if len(targets) != len(dialect.header):
        raise MappingRefused([ALL_COLUMNS(count=len(dialect.header))])
    return list(targets)
