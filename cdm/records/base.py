"""What the records share: both spellings of names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Self
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from cdp.errors import Invalid
from cdp.models import Tenant
from cdp.validation import field_errors

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def snake(name: str) -> str:
    """Return ``customerId`` as ``customer_id``."""
    return _HUMP.sub("_", name).lower()


class Said(BaseModel):
    """What a caller says, in snake_case or camelCase; unknown names, and one name twice, are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    @classmethod
    def parse(cls, data: Any, *, tenant: Tenant) -> Self:
        """Validate ``data``; raise Invalid naming every bad field."""
        if not isinstance(data, Mapping):
            raise Invalid("Send a JSON object.", fields={"_": ["This is not an object."]})
        zone = ZoneInfo(tenant.time_zone)
        context = {"region": tenant.region, "zone": zone, "today": timezone.localdate(timezone=zone)}
        try:
            return cls.model_validate(cls.renamed(data), context=context)
        except ValidationError as error:
            raise Invalid(_("See errors for each field."), fields=field_errors(error)) from error

    @model_validator(mode="before")
    @classmethod
    def _renamed_inside(cls, data: Any) -> Any:
        if not isinstance(data, Mapping):
            return data
        try:
            return cls.renamed(data)
        except Invalid as error:
            names = ", ".join(error.fields)
            raise ValueError(_("%(names)s: this is given twice.") % {"names": names}) from error

    @classmethod
    def renamed(cls, data: Mapping[str, Any]) -> dict[str, Any]:
        """Return the data under the fields' names; raise Invalid when one is given in both spellings."""
        found: dict[str, Any] = {}
        for key, value in data.items():
            name = snake(key) if snake(key) in cls.model_fields else key
            if name in found:
                raise Invalid(_("See errors for each field."), fields={name: [_("This is given twice.")]})
            found[name] = value
        return found

    def says(self, field: str) -> bool:
        """Tell whether the caller said anything about ``field``."""
        return field in self.model_fields_set

    def said(self, *without: str) -> dict[str, Any]:
        """Return what was said, by field, without the fields named."""
        return {name: getattr(self, name) for name in self.model_fields_set if name not in without}
