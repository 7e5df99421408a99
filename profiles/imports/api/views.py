"""Importing through the API."""

from __future__ import annotations

import uuid

from django.http import HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from cdp.api.caller import caller_of
from cdp.api.parsers import StrictJSONParser
from cdp.api.views import ApiView
from cdp.permissions import IMPORT_RUN, PROFILE_DELETE
from cdp.uploads import takes_files
from profiles.imports.api import endpoints
from profiles.imports.api.answers import MOST_ERRORS, ImportAnswer, RowAnswer, RowsAnswer, RowsMeta, RunAnswer
from profiles.imports.api.bodies import ImportFileBody, ImportListBody, RowsQuery
from profiles.imports.api.parsers import UploadParser
from profiles.imports.choices import RunState
from profiles.imports.models import ImportRow, ImportRun
from profiles.imports.operations.at_once import (
    dry_run,
    forgotten_if_refused,
    import_at_once,
    is_small,
    undo_at_once,
)
from profiles.imports.operations.confirm import confirm_import
from profiles.imports.operations.error_rows import error_file
from profiles.imports.operations.revise import revise_import
from profiles.imports.operations.runs import get_run
from profiles.imports.operations.start import start_import, start_list_import


@takes_files
class ImportView(ApiView):
    """Taking customers in."""

    parser_classes = [StrictJSONParser, UploadParser]
    schema = endpoints.ImportSchema()

    @endpoints.import_profiles
    def post(self, request: Request, body: ImportListBody | ImportFileBody) -> ImportAnswer | Response:
        """A list as JSON, or a CSV or XLSX file as a form. Every row is checked by itself, and one that an
        earlier import brought in already is skipped. A worker does large files, and those sent with `async`.
        Changing the `status` of a known customer also needs profile:delete; without it the status stays, and
        a note says so.
        """
        run = self._started_file(body) if isinstance(body, ImportFileBody) else self._started_list(body)
        is_dry = body.form.dry_run if isinstance(body, ImportFileBody) else body.dry_run
        with forgotten_if_refused(tenant=self.tenant, by=self.actor, run=run):
            if isinstance(body, ImportFileBody) and body.targets is not None:
                revise_import(tenant=self.tenant, by=self.actor, run_id=run.pk, targets=body.targets)
            if is_dry:
                return ImportAnswer.of_preview(
                    dry_run(tenant=self.tenant, by=self.actor, run_id=run.pk, sample=MOST_ERRORS // 2)
                )
            if isinstance(body, ImportFileBody) and (body.form.is_async or not is_small(run)):
                return _accepted(confirm_import(tenant=self.tenant, by=self.actor, run_id=run.pk))
            return ImportAnswer.of(import_at_once(tenant=self.tenant, by=self.actor, run_id=run.pk))

    def _started_list(self, body: ImportListBody) -> ImportRun:
        return start_list_import(
            tenant=self.tenant,
            by=self.actor,
            records=body.profiles,
            source=body.source,
            source_type=body.source_type,
            options=body.options,
            keeps_status=PROFILE_DELETE not in caller_of(self.request).codes,
        )

    def _started_file(self, body: ImportFileBody) -> ImportRun:
        return start_import(
            tenant=self.tenant,
            by=self.actor,
            file=body.file,
            file_name=body.file.name or "",
            source=body.form.source,
            source_type=body.form.source_type,
            options=body.options,
        )


class RunView(ApiView):
    """One import."""

    @endpoints.get_import
    def get(self, request: Request, run_id: uuid.UUID) -> RunAnswer:
        """How far it is, and what came of it."""
        return RunAnswer.of(get_run(run_id))


class RowsView(ApiView):
    """The rows of an import."""

    @endpoints.list_import_rows
    def get(self, request: Request, run_id: uuid.UUID, query: RowsQuery) -> RowsAnswer:
        """In the order of the file; `action=error` lists those that were not imported."""
        rows = ImportRow.objects.filter(run=get_run(run_id), row_no__gt=query.after).order_by("row_no")
        if query.action:
            rows = rows.filter(action=query.action)
        page = list(rows[: query.limit + 1])
        shown = page[: query.limit]
        meta = RowsMeta(next_after=shown[-1].row_no if len(page) > len(shown) else None)
        return RowsAnswer(data=[RowAnswer.of(row) for row in shown], meta=meta)


class ErrorsView(ApiView):
    """The rows that were not imported, as a file."""

    codes = {"get": IMPORT_RUN}

    @extend_schema(
        summary="Download the rows that were not imported",
        tags=["import"],
        responses={(200, "text/csv"): OpenApiTypes.STR},
    )
    def get(self, request: Request, run_id: uuid.UUID) -> HttpResponseBase:
        """Each row as it stands in the file, with its number and the reason; mend it and import it again."""
        run = get_run(run_id)
        response = StreamingHttpResponse(error_file(run), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="import-{run.pk}-errors.csv"'
        return response


class UndoView(ApiView):
    """Taking an import back."""

    @endpoints.undo_import
    def post(self, request: Request, run_id: uuid.UUID) -> RunAnswer | Response:
        """Customers it created are removed and changed values restored, unless they were changed since.

        What somebody else has imported also needs profile:delete. A large one is left to a worker.
        """
        may_delete = PROFILE_DELETE in caller_of(request).codes
        run = undo_at_once(tenant=self.tenant, by=self.actor, run_id=run_id, may_delete=may_delete)
        return _accepted(run) if run.state == RunState.UNDOING else RunAnswer.of(run)


def _accepted(run: ImportRun) -> Response:
    location = reverse("profile-import-run", args=[run.pk])
    return Response(RunAnswer.of(run), status=202, headers={"Location": location})
