"""Where something is on the earth."""

from __future__ import annotations

from typing import Annotated, Self

from django.utils.translation import gettext as _
from pydantic import BaseModel, Field, model_validator


class Coordinates(BaseModel):
    """Degrees north and east: both, or neither."""

    latitude: Annotated[float, Field(ge=-90, le=90, strict=True)] | None = None
    longitude: Annotated[float, Field(ge=-180, le=180, strict=True)] | None = None

    @model_validator(mode="after")
    def _has_both(self) -> Self:
        if (self.latitude is None) != (self.longitude is None):
            raise ValueError(_("Give both the latitude and the longitude, or neither."))
        return self
