"""Taking a file or a list of customers in."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from typing import Any, BinaryIO

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext, gettext_noop

from cdp import audit
from cdp.actors import Actor
from cdp.errors import Invalid
from cdp.models import Tenant
from profiles.choices import Source
from profiles.imports.choices import Mode, OnInvalid, RunState
from profiles.imports.errors import FileRefused, FileTooLarge
from profiles.imports.models import ImportRun
from profiles.imports.models.run import actor_to
from profiles.imports.staging import LIST, guessed_targets, inspect, month_first
from profiles.normalisation.errors import InvalidValue
from profiles.normalisation.names import clean_text

_LONGEST_SOURCE = 40
# What an import may be told besides its columns, with the values allowed.
_OPTIONS: dict[str, Sequence[Any]] = {
    "mode": Mode.values,
    "onInvalid": OnInvalid.values,
    "monthFirst": [True, False, None],
}


def start_import(
    *,
    tenant: Tenant,
    by: Actor,
    file: BinaryIO | File[bytes],
    file_name: str,
    source: str = Source.MANUAL,
    source_type: str = "",
    options: Mapping[str, Any] | None = None,
) -> ImportRun:
    """Keep the file, find out how it is written and guess its columns; nothing is imported yet.

    ``options``: mode (upsert, create, update), onInvalid (reject, drop), monthFirst.
    Raises FileTooLarge, FileRefused, Invalid.
    """
    size = _size(file)
    if size > settings.IMPORT_MAX_BYTES:
        raise FileTooLarge(
            gettext("The file may have at most %(most)s bytes.") % {"most": f"{settings.IMPORT_MAX_BYTES:,}"}
        )
    run = _run(by, source, source_type, options)
    # Below Django's proxies: every cell is read through it.
    raw: Any = getattr(file, "file", None) or file
    dialect = inspect(raw)
    if not dialect.first_rows:
        raise FileRefused(gettext_noop("The file has no rows below its header that could be read."))
    targets = guessed_targets(dialect)
    run.file_name = _file_name(file_name)
    run.file_size = size
    run.dialect = dialect.to_json()
    run.mapping = targets
    run.options.setdefault("monthFirst", month_first(dialect, targets))
    run.rows_total = max(dialect.line_count - dialect.preamble - int(dialect.has_header), 0)
    return _keep(run, file, by)


def start_list_import(
    *,
    tenant: Tenant,
    by: Actor,
    records: Sequence[Any],
    source: str,
    source_type: str = "",
    options: Mapping[str, Any] | None = None,
    keeps_status: bool = False,
) -> ImportRun:
    """Keep a list of customers as JSON has them (camelCase), ready to be imported. Raises Invalid.

    With ``keeps_status`` the status of customers who are known already is not changed.
    """
    run = _run(by, source, source_type, options)
    run.options |= {"keepsStatus": True} if keeps_status else {}
    run.dialect = {"kind": LIST}
    run.rows_total = len(records)
    lines = "".join(json.dumps(record, ensure_ascii=False, allow_nan=False) + "\n" for record in records)
    data = lines.encode()
    run.file_size = len(data)
    return _keep(run, io.BytesIO(data), by)


def checked_options(options: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return the options; raises Invalid naming those that do not exist or have another value."""
    given = dict(options or {})
    wrong = {
        name: [_why_not(name)]
        for name, value in given.items()
        if name not in _OPTIONS or not any(value is known or value == known for known in _OPTIONS[name])
    }
    if wrong:
        raise Invalid(gettext("See errors for each field."), fields=wrong)
    return given


def checked_source(source: str, *, field: str = "source", is_required: bool = True) -> str:
    """Return the name of a source in the form it is stored; raises Invalid."""
    try:
        name = clean_text(source, max_length=_LONGEST_SOURCE)
    except InvalidValue as error:
        raise Invalid(gettext("See errors for each field."), fields={field: [error.words()]}) from error
    if is_required and not name:
        raise Invalid(
            gettext("See errors for each field."),
            fields={field: [gettext("Say where the customers come from.")]},
        )
    return name


def _why_not(name: str) -> str:
    if name not in _OPTIONS:
        return gettext("Unknown option.")
    return gettext("Use one of: %(keys)s.") % {"keys": ", ".join(map(json.dumps, _OPTIONS[name]))}


def _run(by: Actor, source: str, source_type: str, options: Mapping[str, Any] | None) -> ImportRun:
    return ImportRun(
        source=checked_source(source),
        source_type=checked_source(source_type, field="sourceType", is_required=False),
        options=checked_options(options),
        state=RunState.DRAFT,
        ordered_by=actor_to(by),
        created_by=str(by),
        updated_by=str(by),
    )


def _keep(run: ImportRun, file: BinaryIO | File[bytes], by: Actor) -> ImportRun:
    file.seek(0)
    run.file.save("upload", file if isinstance(file, File) else File(file), save=False)
    try:
        with transaction.atomic():
            run.save(force_insert=True)
            audit.record(verb="import.start", obj=run, by=by, changes={"file_name": [None, run.file_name]})
    except BaseException:
        run.file.delete(save=False)
        raise
    return run


def _size(file: BinaryIO | File[bytes]) -> int:
    file.seek(0, io.SEEK_END)
    return int(file.tell())


def _file_name(name: str) -> str:
    shown = "".join(
        character for character in name.replace("\\", "/").rsplit("/", 1)[-1] if character.isprintable()
    )
    return shown.encode("utf-8", "ignore").decode()[:255]
