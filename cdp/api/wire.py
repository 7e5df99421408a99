"""What goes over the wire: camelCase, nothing unknown, every field always there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, Self

from django.http import QueryDict
from django.utils.translation import gettext
from pydantic import AliasGenerator, BaseModel, BeforeValidator, ConfigDict, Strict, ValidationError
from pydantic.alias_generators import to_camel
from rest_framework.renderers import JSONRenderer

from cdp.api.parsers import unstorable
from cdp.errors import Invalid
from cdp.models import Tenant
from cdp.validation import field_errors

_NESTED_NAME = re.compile(r"([^\[\]]+)\[([^\[\]]+)\]").fullmatch
_WHOLE_NUMBER = re.compile(r"-?[0-9]{1,19}").fullmatch


class Outgoing(BaseModel):
    """What we answer, read from objects: attributes in snake_case, the wire in camelCase."""

    model_config = ConfigDict(
        alias_generator=AliasGenerator(serialization_alias=to_camel),
        from_attributes=True,
        frozen=True,
        json_schema_serialization_defaults_required=True,
    )


class Incoming(BaseModel):
    """What a caller says in a body or in the query of an address; unknown names are refused."""

    model_config = ConfigDict(alias_generator=to_camel, extra="forbid", frozen=True)

    @classmethod
    def parse(cls, data: Any, *, tenant: Tenant) -> Self:
        """Validate ``data``; raise Invalid naming every bad field."""
        if not isinstance(data, Mapping):
            raise Invalid(gettext("Send a JSON object."), fields={"_": [gettext("This is not an object.")]})
        try:
            return cls.model_validate(data, context={"region": tenant.region})
        except ValidationError as error:
            raise Invalid(gettext("See errors for each field."), fields=field_errors(error)) from error

    def said(self) -> dict[str, Any]:
        """Return the fields that were given, by attribute name."""
        return {name: getattr(self, name) for name in self.model_fields_set}


def read_query(query: QueryDict) -> dict[str, Any]:
    """Return the query of an address as a mapping; ``a[b]=c`` becomes {"a": {"b": "c"}}.

    Raises Invalid when a name is given twice or holds what cannot be stored: nobody could say what was meant.
    """
    found: dict[str, Any] = {}
    for name, values in query.lists():
        if len(values) > 1:
            raise Invalid(
                gettext("See errors for each field."), fields={name[:200]: [gettext("Give this once.")]}
            )
        complaint = unstorable(name) or unstorable(values[0])
        if complaint:
            raise Invalid(complaint, fields={name.replace("\x00", "")[:200]: [complaint]})
        if nested := _NESTED_NAME(name):
            inner = found.setdefault(nested[1], {})
            if isinstance(inner, dict):
                inner[nested[2]] = values[0]
        else:
            found[name] = values[0]
    return found


def _as_number(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if not _WHOLE_NUMBER(value):
        raise ValueError(gettext("Use a whole number."))
    return int(value)


def _as_flag(value: Any) -> Any:
    if isinstance(value, str):
        if value not in {"true", "false"}:
            raise ValueError(gettext("Use true or false."))
        return value == "true"
    return value


# Types of query parameters, which arrive as text.
AsNumber = BeforeValidator(_as_number)
QueryFlag = Annotated[bool, Strict(), BeforeValidator(_as_flag)]


class WireRenderer(JSONRenderer):
    """Writes our answers without building dictionaries first; anything else as the framework does."""

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        if isinstance(data, BaseModel):
            return data.model_dump_json(by_alias=True).encode()
        rendered: bytes = super().render(data, accepted_media_type, renderer_context)
        return rendered
