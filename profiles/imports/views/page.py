"""One import, at whatever point it is."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRefresh

from cdp.errors import DomainError
from cdp.permissions import IMPORT_RUN
from cdp.sentences import translated
from cdp.views.pages import PageRequest, actor_of, needs, render_page, render_part, wants_part
from profiles.imports.choices import ACTIVE_STATES, Mode, OnInvalid, RunState
from profiles.imports.columns import ATTRIBUTE_PREFIX, TARGET_FIELDS, guess_mapping
from profiles.imports.columns.targets import IGNORE
from profiles.imports.models import ImportRun
from profiles.imports.operations.preview import Preview, PreviewRow, preview_import
from profiles.imports.operations.runs import get_run
from profiles.imports.reading import DELIMITERS, ENCODINGS
from profiles.imports.staging import is_list
from profiles.imports.subjects import subject_of

# Enough to see what would happen, few enough to wait for.
PREVIEW_LIMIT, PREVIEW_SAMPLE = 5_000, 50
EXAMPLES = 3
MOST_KEPT_SHOWN = 100
_SNAKE = re.compile(r"(?<=[a-z])([A-Z])")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file on the mapping page: its name, some of its values, and what it is taken for."""

    index: int
    header: str
    examples: list[str]
    target: str
    reason: str

    @property
    def attribute(self) -> str:
        """Return the target that keeps the column as a free attribute."""
        if self.target.startswith(ATTRIBUTE_PREFIX):
            return self.target
        name = "".join("_" if letter in ". \t\0" else letter for letter in self.header.strip().lower())
        return f"{ATTRIBUTE_PREFIX}{name[:50] or self.index + 1}"


@require_safe
@needs(IMPORT_RUN)
def one(request: PageRequest, run_id: uuid.UUID) -> HttpResponse:
    """Show the columns, the preview, the progress or the result."""
    run = get_run(run_id)
    if wants_part(request):
        if not is_active(run):
            return HttpResponseClientRefresh()
        return render_part(request, "imports/_progress.html", _progress(run))
    if run.is_open and (subject := subject_of(run)) is not None:
        return HttpResponseRedirect(reverse(subject.page, args=[run.pk]))
    if run.state == RunState.DRAFT or (run.is_open and request.GET.get("step") == "columns"):
        return columns_page(request, run)
    if run.state == RunState.PREVIEWED:
        return _preview_page(request, run)
    context = {**_progress(run), "step": "run" if is_active(run) else "result"}
    return render_page(request, "imports/run.html", context, title=_("Import"))


def is_active(run: ImportRun) -> bool:
    """Tell whether a worker is, or will be, at work on the import."""
    return run.state in ACTIVE_STATES


def _progress(run: ImportRun) -> dict[str, Any]:
    """Return how far the import is, and what taking it back had to keep."""
    entries = run.undo_report.get("entries", ())[:MOST_KEPT_SHOWN]
    kept = [
        (entry["row"], entry["profileId"], entry["reason"], ", ".join(map(label_of, entry["fields"])))
        for entry in entries
    ]
    subject = subject_of(run)
    return {
        "run": run,
        "is_active": is_active(run),
        "kept": kept,
        "skips_columns": subject is not None,
        "another": reverse(subject.new_page if subject else "import-new"),
    }


def columns_page(request: PageRequest, run: ImportRun, *, error: str = "", status: int = 200) -> HttpResponse:
    """Show what each column is taken for, and how the file is read."""
    context: dict[str, Any] = {"run": run, "error": error, "step": "columns", "is_list": is_list(run)}
    if not is_list(run):
        dialect = run.read_dialect()
        context |= {
            "dialect": dialect,
            "columns": _columns(run),
            "groups": _groups(),
            "ignore": IGNORE,
            "encodings": [(value, _(label)) for value, label in ENCODINGS.items()],
            "delimiters": [(value, _(label)) for value, label in DELIMITERS.items()],
            "modes": Mode.choices,
            "on_invalid": OnInvalid.choices,
        }
    return render_page(request, "imports/columns.html", context, title=_("Import"), status=status)


def _preview_page(request: PageRequest, run: ImportRun) -> HttpResponse:
    try:
        preview: Preview = preview_import(
            tenant=request.membership.tenant,
            by=actor_of(request),
            run_id=run.pk,
            sample=PREVIEW_SAMPLE,
            limit=PREVIEW_LIMIT,
        )
    except DomainError as error:
        return columns_page(request, run, error=error.detail, status=error.status)
    run.refresh_from_db()
    context = {
        "run": run,
        "preview": preview,
        "counts": _shares(preview),
        "rows": [(row, *_in_words(row)) for row in preview.sample],
        "step": "preview",
    }
    return render_page(request, "imports/preview.html", context, title=_("What would happen"))


def _columns(run: ImportRun) -> list[Column]:
    dialect = run.read_dialect()
    guesses = guess_mapping(dialect.header, dialect.first_rows)
    return [
        Column(
            index=guess.index,
            header=guess.header,
            examples=_examples(dialect.first_rows, guess.index),
            target=target,
            reason=translated(guess.reason) if target == guess.target else "",
        )
        for guess, target in zip(guesses, run.mapping, strict=True)
    ]


def _examples(rows: tuple[tuple[str, ...], ...], index: int) -> list[str]:
    values = (row[index].strip() for row in rows if index < len(row))
    return list(dict.fromkeys(value[:60] for value in values if value))[:EXAMPLES]


def _groups() -> list[tuple[str, list[tuple[str, str]]]]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for field in TARGET_FIELDS.values():
        if field.code != IGNORE:
            groups.setdefault(_(field.group), []).append((field.code, _(field.label)))
    return list(groups.items())


def _in_words(row: PreviewRow) -> tuple[list[tuple[str, Any]], list[tuple[str, Any, Any]]]:
    """Return what the row says and what it would change, under the names people know."""
    said = [(label_of(name), value) for name, value in row.said.items() if value]
    return said, changes_in_words(row.changes) if row.profile_id else []


def changes_in_words(changes: dict[str, list[Any]]) -> list[tuple[str, Any, Any]]:
    """Return (label, before, after) of what a row changes."""
    return [
        (label_of(name), _value_in_words(old), _value_in_words(new)) for name, (old, new) in changes.items()
    ]


def _value_in_words(value: Any) -> Any:
    return ", ".join(str(part) for part in value) if isinstance(value, list) else value


def label_of(name: str) -> str:
    """Return a field's label; attributes keep their own names."""
    field = TARGET_FIELDS.get("external_id" if name == "identifiers" else _SNAKE.sub(r"_\1", name).lower())
    return _(field.label) if field else name.removeprefix(ATTRIBUTE_PREFIX)


def _shares(preview: Preview) -> list[tuple[str, int, int]]:
    """Return (action, rows, percent) of what was looked at."""
    seen = max(preview.rows_seen, 1)
    return [(action, number, round(100 * number / seen)) for action, number in preview.counts.items()]
