"""What the import endpoints take."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any, Self

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext
from pydantic import Field

from cdp.api.parsers import unstorable
from cdp.api.wire import AsNumber, Incoming, QueryFlag
from cdp.errors import Invalid
from cdp.models import Tenant
from profiles.choices import Source
from profiles.imports.choices import Mode, OnInvalid, RowAction
from profiles.imports.errors import FileTooLarge
from profiles.imports.policy import SYNC_ROWS

_MOST_COLUMNS = 500
_SourceName = Annotated[str, Field(min_length=1, max_length=40)]
_Kind = Annotated[str, Field(max_length=40)]


class ImportListBody(Incoming):
    """A list of customers; each is checked by itself, so one bad one does not stop the others."""

    source: _SourceName
    source_type: _Kind = ""
    mode: Mode = Mode.UPSERT
    dry_run: bool = False
    profiles: Annotated[list[Any], Field(min_length=1)]

    @classmethod
    def parse(cls, data: Any, *, tenant: Tenant) -> Self:
        """Validate; raises Invalid, or FileTooLarge for a list that wants to be a file."""
        said = data.get("profiles") if isinstance(data, Mapping) else None
        if isinstance(said, list) and len(said) > SYNC_ROWS:
            raise FileTooLarge(
                gettext("Send at most %(most)s profiles at once, or a CSV file as multipart/form-data.")
                % {"most": f"{SYNC_ROWS:,}"}
            )
        return super().parse(data, tenant=tenant)

    @property
    def options(self) -> dict[str, Any]:
        """Return what the import is told."""
        return {"mode": str(self.mode)}


class ImportForm(Incoming):
    """A file of customers. `mapping` is JSON: {column: field}, or a field for each column; else guessed."""

    file: bytes = b""
    source: _SourceName = str(Source.MANUAL)
    source_type: _Kind = ""
    mapping: Annotated[str, Field(max_length=100_000)] = ""
    mode: Mode = Mode.UPSERT
    on_invalid: OnInvalid = OnInvalid.REJECT
    dry_run: QueryFlag = False
    is_async: Annotated[QueryFlag, Field(alias="async")] = False


class ImportFileBody:
    """A parsed form and its file."""

    def __init__(self, form: ImportForm, file: UploadedFile[Any]) -> None:
        self.form, self.file = form, file

    @classmethod
    def parse(cls, data: QueryDict, *, tenant: Tenant) -> Self:
        """Validate; raises Invalid."""
        values = {name: _once(data, name) for name in data}
        file = values.pop("file", None)
        if not isinstance(file, UploadedFile):
            raise Invalid(gettext("See errors for each field."), fields={"file": [gettext("Send a file.")]})
        for name, value in values.items():
            complaint = unstorable(name) or (
                unstorable(value) if isinstance(value, str) else gettext("Send text, not a file.")
            )
            if complaint:
                raise Invalid(complaint, fields={name.replace("\x00", "")[:200]: [complaint]})
        return cls(ImportForm.parse(values, tenant=tenant), file)

    @property
    def options(self) -> dict[str, Any]:
        """Return what the import is told."""
        return {"mode": str(self.form.mode), "onInvalid": str(self.form.on_invalid)}

    @property
    def targets(self) -> list[str] | dict[str, str] | None:
        """Return the field of each column as far as it was said; raises Invalid."""
        if not self.form.mapping.strip():
            return None
        try:
            said = json.loads(self.form.mapping)
        except (ValueError, RecursionError) as error:
            raise _bad_mapping() from error
        values = list(said.values()) if isinstance(said, dict) else said
        is_fit = isinstance(values, list) and len(values) <= _MOST_COLUMNS
        if not is_fit or not all(isinstance(value, str) and not unstorable(value) for value in values):
            raise _bad_mapping()
        return said  # type: ignore[no-any-return]


class ImportBody:
    """Either of the two bodies, by media type."""

    @classmethod
    def parse(cls, data: Any, *, tenant: Tenant) -> ImportListBody | ImportFileBody:
        """Validate; raises Invalid, FileTooLarge."""
        if isinstance(data, QueryDict):
            return ImportFileBody.parse(data, tenant=tenant)
        return ImportListBody.parse(data, tenant=tenant)


class RowsQuery(Incoming):
    """Which rows of an import."""

    action: RowAction | None = None
    after: Annotated[int, Field(ge=0, le=2**31 - 1), AsNumber] = 0
    limit: Annotated[int, Field(ge=1, le=1000), AsNumber] = 100


def _once(data: QueryDict, name: str) -> Any:
    values = data.getlist(name)
    if len(values) != 1:
        raise Invalid(
            gettext("See errors for each field."), fields={name[:200]: [gettext("Give this once.")]}
        )
    return values[0]


def _bad_mapping() -> Invalid:
    text = gettext('Send JSON such as {"E-mail": "email", "Vorname": "first_name"}.')
    return Invalid(gettext("See errors for each field."), fields={"mapping": [text]})
