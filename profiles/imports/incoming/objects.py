"""Objects of a JSON request into records."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_noop

from cdp.errors import Invalid
from cdp.models import Tenant
from profiles.identity import EXACT_IDS, IdentifierHint, external_hints
from profiles.imports.incoming.blocking import Blocking
from profiles.imports.incoming.cells import LONGEST_ID, TEXT_LENGTHS
from profiles.imports.incoming.row import Incoming, Problem, Refused
from profiles.imports.incoming.table import NOBODY
from profiles.normalisation.blocked import BlockedValues
from profiles.normalisation.errors import InvalidValue
from profiles.normalisation.names import clean_text
from profiles.records import ProfileRecord

_PLAIN = (
    *TEXT_LENGTHS,
    *("display_name", "date_of_birth", "partial_birth_date", "gender", "marital_status", "anniversary_date"),
    *("partial_anniversary", "available_time", "is_deceased"),
)
# Said by name only: their defaults are not what the source says.
_ENUMS = ("type", "status", "lifecycle_stage")


class ObjectParser:
    """Turns the objects of one request into records."""

    def __init__(self, *, tenant: Tenant, source: str, source_type: str, blocked: BlockedValues) -> None:
        self._tenant = tenant
        self._source, self._source_type = source, source_type
        self._blocking = Blocking(blocked)

    def parse(self, row_no: int, data: Any) -> Incoming | Refused:
        """Return the record, or why there is none."""
        try:
            external_id, rest = _split_external_id(data)
            said = ProfileRecord.parse(rest, tenant=self._tenant)
        except Invalid as error:
            return Refused(row_no, _problems(error))
        unsupported = _unsupported(said)
        if unsupported:
            return Refused(row_no, unsupported)
        record = self._record(row_no, said, external_id)
        self._blocking.settle(record)
        if not record.is_somebody:
            return Refused(row_no, [Problem("", "", NOBODY)])
        record.seal(f"{self._source}\x1f{self._source_type}", json.dumps(data, sort_keys=True))
        return record

    def _record(self, row_no: int, said: ProfileRecord, external_id: str) -> Incoming:
        # By name, as in files: an id may be one of the source's own, or name another tag here.
        tags = [tag.model_copy(update={"id": None}) for tag in said.tags]
        record = Incoming(row_no, email=said.email, phone=said.phone, tags=tags)
        record.values = {name: value for name in _PLAIN if (value := getattr(said, name))}
        record.values |= {name: str(getattr(said, name)) for name in _ENUMS if said.says(name)}
        emails = sorted(said.emails, key=lambda entry: not entry.is_primary)
        phones = sorted(said.phones, key=lambda entry: not entry.is_primary)
        record.emails = [(entry.email, entry.type, entry.source or self._source) for entry in emails]
        record.phones = [(entry.phone, entry.type, entry.source or self._source) for entry in phones]
        record.exact_ids = [
            (column, value) for column in EXACT_IDS.values() if (value := getattr(said, column)) is not None
        ]
        own = [IdentifierHint(self._source, external_id, self._source_type or None)] if external_id else []
        record.identifiers = [*own, *external_hints(said.external_ids)]
        trees = {
            "address": said.address.as_json(),
            "contact_preferences": said.contact_preferences.as_json(),
            "attributes": said.attributes,
            "metadata": said.metadata,
        }
        record.trees = {name: tree for name, tree in trees.items() if tree}
        return record


def _split_external_id(data: Any) -> tuple[str, Any]:
    """Take the source's id out of ``metadata.externalId`` (or ``externalId``); raises Invalid."""
    if not isinstance(data, Mapping):
        return "", data
    metadata = data.get("metadata")
    rest = {name: value for name, value in data.items() if name != "externalId"}
    raw = data.get("externalId")
    if isinstance(metadata, Mapping):
        raw = raw if raw is not None else metadata.get("externalId")
        rest["metadata"] = {name: value for name, value in metadata.items() if name != "externalId"}
    if raw is None:
        return "", rest
    if isinstance(raw, bool) or not isinstance(raw, (str, int)):
        raise Invalid(
            gettext_noop("See errors for each field."),
            fields={"metadata.externalId": [gettext_noop("Give the id as text.")]},
        )
    try:
        return clean_text(str(raw), max_length=LONGEST_ID), rest
    except InvalidValue as error:
        raise Invalid(
            gettext_noop("See errors for each field."), fields={"metadata.externalId": [error.message]}
        ) from error


def _unsupported(said: ProfileRecord) -> list[Problem]:
    problems = []
    if said.segment_ids:
        problems.append(
            Problem(
                "segmentIds", "", gettext_noop("Put customers into segments with /profiles/bulk/segments.")
            )
        )
    if any(not tag.name for tag in said.tags):
        problems.append(Problem("tags", "", gettext_noop("Give each tag its name.")))
    return problems


def _problems(error: Invalid) -> list[Problem]:
    return [
        Problem(name, "", message) for name, messages in error.fields.items() for message in messages
    ] or [Problem("", "", error.detail)]
