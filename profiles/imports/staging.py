"""The uploaded file of an import: kept as the durable staging, read as often as needed."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

from django.utils import timezone

from cdp.models import Tenant
from profiles.identity import blocked_values
from profiles.imports.choices import OnInvalid
from profiles.imports.columns import guess_mapping
from profiles.imports.errors import FileRefused
from profiles.imports.incoming import Incoming, Refused, TableParser
from profiles.imports.incoming.objects import ObjectParser
from profiles.imports.incoming.table import TableFormat
from profiles.imports.matching.person import DAYS
from profiles.imports.models import ImportRun
from profiles.imports.reading import Dialect, UnreadableFile, detect, read_rows
from profiles.imports.subjects import subject_of
from profiles.normalisation.dates import date_order

LIST = "list"  # the kind of a run whose records came as JSON


def inspect(file: BinaryIO, **chosen: Any) -> Dialect:
    """Return how the file is written; what a person has chosen is not guessed. Raises FileRefused."""
    try:
        return detect(file, **chosen)
    except UnreadableFile as error:
        raise FileRefused(error.message) from error


def guessed_targets(dialect: Dialect) -> list[str]:
    """Return the field each column most likely is."""
    return [guess.target for guess in guess_mapping(dialect.header, dialect.first_rows)]


def month_first(dialect: Dialect, targets: Sequence[str]) -> bool | None:
    """Return whether the column of days writes the month first, as far as the first rows tell."""
    columns = [targets.index(name) for name in DAYS if name in targets]
    return date_order(row[column] for row in dialect.first_rows for column in columns) if columns else None


def is_list(run: ImportRun) -> bool:
    """Tell whether the records came as JSON."""
    return bool(run.dialect.get("kind") == LIST)


def parsed_rows(run: ImportRun, tenant: Tenant, *, skip: int = 0) -> Generator[Incoming | Refused]:
    """Read and validate the rows after the first ``skip``; raises FileRefused, FileGone."""
    with closing(run.open_file()) as file:
        if is_list(run):
            yield from _parsed_objects(run, tenant, file, skip)
            return
        dialect = run.read_dialect()
        parse = TableParser(_format(run, tenant, dialect)).parse
        try:
            for row in read_rows(file, dialect, skip=skip):
                yield parse(row)
        except UnreadableFile as error:
            raise FileRefused(error.message) from error


def raw_rows(run: ImportRun) -> Iterator[tuple[int, Sequence[str]]]:
    """Read the rows as they stand in the file, with their numbers."""
    if (subject := subject_of(run)) is not None:
        yield from subject.raw_rows(run)
        return
    with closing(run.open_file()) as file:
        if is_list(run):
            yield from ((number, [line.decode().rstrip("\n")]) for number, line in enumerate(file, 1))
        else:
            yield from ((row.row_no, row.values) for row in read_rows(file, run.read_dialect()))


def raw_header(run: ImportRun) -> list[str]:
    """Return the names of the columns of ``raw_rows``."""
    if (subject := subject_of(run)) is not None:
        return subject.header(run)
    return ["record"] if is_list(run) else list(run.read_dialect().header)


def _parsed_objects(
    run: ImportRun, tenant: Tenant, file: BinaryIO, skip: int
) -> Iterator[Incoming | Refused]:
    parser = ObjectParser(
        tenant=tenant, source=run.source, source_type=run.source_type, blocked=blocked_values(tenant)
    )
    for row_no, line in enumerate(file, start=1):
        if row_no > skip:
            yield parser.parse(row_no, json.loads(line))


def _format(run: ImportRun, tenant: Tenant, dialect: Dialect) -> TableFormat:
    return TableFormat(
        header=dialect.header,
        targets=run.mapping,
        source=run.source,
        source_type=run.source_type,
        region=tenant.region,
        today=timezone.localdate(timezone=ZoneInfo(tenant.time_zone)),
        blocked=blocked_values(tenant),
        on_invalid=run.options.get("onInvalid", OnInvalid.REJECT),
        is_month_first=run.options.get("monthFirst"),
        is_workbook=dialect.kind == "xlsx",
    )
