"""What goes over the wire under /cdm: snake_case out, snake_case and camelCase in."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, ConfigDict, Field, PlainSerializer, Strict

from cdm.records.base import snake
from cdp.api.paging import DEEPEST_ROW
from cdp.api.wire import AsNumber, Incoming, Outgoing
from cdp.errors import Invalid
from cdp.models import Tenant

MOST_ROWS = 1000


class Answer(Outgoing):
    """What we answer under /cdm."""

    model_config = ConfigDict(
        alias_generator=None,
        from_attributes=True,
        frozen=True,
        json_schema_serialization_defaults_required=True,
    )


class Query(Incoming):
    """The query of an address under /cdm; documented in camelCase, as S3 writes it."""

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True)

    @classmethod
    def parse(cls, data: Any, *, tenant: Tenant) -> Self:
        renamed: dict[str, Any] = {}
        for key, value in data.items():
            name = snake(key) if snake(key) in cls.model_fields else key
            if name in renamed:
                raise Invalid("See errors for each field.", fields={key: ["Give this once."]})
            renamed[name] = value
        return super().parse(renamed, tenant=tenant)


class WindowOf(Query):
    """Which rows of a list."""

    limit: Annotated[int, Strict(), Field(ge=1, le=MOST_ROWS), AsNumber] = 100
    offset: Annotated[int, Strict(), Field(ge=0, le=DEEPEST_ROW), AsNumber] = 0

    @property
    def window(self) -> slice:
        """Return the rows asked for."""
        return slice(self.offset, self.offset + self.limit)


# Amounts are exact inside and numbers on the wire, as S3 shows them.
Amount = Annotated[Decimal, PlainSerializer(float, return_type=float)]
OptionalText = Annotated[str | None, BeforeValidator(lambda value: value or None)]
