"""The endpoints of imports: what they are for, whom they are open to, what they take and answer."""

from __future__ import annotations

from typing import Any

from drf_spectacular.plumbing import build_media_type_object
from drf_spectacular.utils import OpenApiResponse

from cdp.api.operation import operation
from cdp.api.schema import ProblemAutoSchema
from cdp.permissions import IMPORT_RUN
from profiles.imports.api.answers import ImportAnswer, RowsAnswer, RunAnswer
from profiles.imports.api.bodies import ImportBody, ImportForm, ImportListBody, RowsQuery

_ACCEPTED = "The import is larger than is answered at once; a worker does it. Ask `Location` how far it is."
_STATE = {409: "The import is not at the point where this can be done."}
_EXAMPLE = {
    "source": "ERP",
    "sourceType": "CUSTOMER",
    "profiles": [
        {
            "type": "INDIVIDUAL",
            "firstName": "Somchai",
            "lastName": "Jaidee",
            "email": "somchai@example.com",
            "phone": "+66812345678",
            "metadata": {"externalId": "ERP001"},
        }
    ],
}

import_profiles = operation(
    "Import customers",
    tag="import",
    code=IMPORT_RUN,
    body=ImportBody,
    answer=ImportAnswer,
    example=_EXAMPLE,
)
get_import = operation("Get an import", tag="import", code=IMPORT_RUN, answer=RunAnswer)
list_import_rows = operation(
    "List the rows of an import", tag="import", code=IMPORT_RUN, query=RowsQuery, answer=RowsAnswer
)
undo_import = operation(
    "Take an import back", tag="import", code=IMPORT_RUN, answer=RunAnswer, problems=_STATE
)


class ImportSchema(ProblemAutoSchema):
    """Documents both bodies, and the answer when a worker does the import."""

    def get_request_serializer(self) -> Any:
        return ImportListBody

    def _get_request_body(self, direction: Any = "request") -> Any:
        kinds = {"application/json": ImportListBody, "multipart/form-data": ImportForm}
        refs = {kind: self.resolve_serializer(body, direction).ref for kind, body in kinds.items()}  # type: ignore[arg-type]
        return {
            "content": {
                kind: build_media_type_object(
                    ref, {"Example": {"value": _EXAMPLE}} if "json" in kind else None
                )
                for kind, ref in refs.items()
            },
            "required": True,
        }

    def get_response_serializers(self) -> Any:
        return {200: OpenApiResponse(ImportAnswer), 202: OpenApiResponse(RunAnswer, _ACCEPTED)}
