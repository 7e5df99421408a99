"""Whom a campaign is for: demographics, behaviour, persona."""

from __future__ import annotations

import math
from typing import Annotated, Literal, Self

from django.utils.translation import gettext
from pydantic import AfterValidator, Field, model_validator

from campaigns.shapes.base import Amount, Shape, Text, Texts, Word, Words

OLDEST = 150
KILOMETRES_PER_MILE = 1.609344


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise ValueError(gettext("Use a number."))
    return value


Number = Annotated[float, AfterValidator(_finite)]
Age = Annotated[int, Field(ge=0, le=OLDEST, strict=True)]
Income = Annotated[Amount, Field(ge=0, max_digits=15, decimal_places=2)]


class AgeRange(Shape):
    """Ages in whole years, both ends included; an open end is left out."""

    min: Age | None = None
    max: Age | None = None

    @model_validator(mode="after")
    def _is_in_order(self) -> Self:
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError(gettext("The lowest age is above the highest."))
        return self


class IncomeRange(Shape):
    """Yearly income, both ends included, in the tenant's currency unless one is named."""

    min: Income | None = None
    max: Income | None = None
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = None

    @model_validator(mode="after")
    def _is_in_order(self) -> Self:
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError(gettext("The lowest income is above the highest."))
        return self


class Radius(Shape):
    """A circle on the earth."""

    latitude: Annotated[Number, Field(ge=-90, le=90)]
    longitude: Annotated[Number, Field(ge=-180, le=180)]
    radius: Annotated[Number, Field(gt=0, le=20_100)]
    unit: Literal["km", "miles"] = "km"

    @property
    def kilometres(self) -> float:
        """Return the radius in kilometres."""
        return self.radius * (KILOMETRES_PER_MILE if self.unit == "miles" else 1)


class Location(Shape):
    """Where people live: any of the names of each list that is given, and inside the circle."""

    countries: Words = Field(default_factory=list)
    states: Words = Field(default_factory=list)
    cities: Words = Field(default_factory=list)
    postal_codes: Words = Field(default_factory=list)
    radius: Radius | None = None


class Demographics(Shape):
    """Age, gender, place, income, education and family of the people meant."""

    age_range: AgeRange | None = None
    gender: Literal["all", "female", "male", "other"] | None = None
    location: Location | None = None
    income_range: IncomeRange | None = None
    education_level: Word | None = None
    occupations: Words = Field(default_factory=list)
    marital_status: Word | None = None
    languages: Words = Field(default_factory=list)


class Behavior(Shape):
    """Devices, buying and being online."""

    device_preferences: Words = Field(default_factory=list)
    purchase_behavior: Words = Field(default_factory=list)
    online_activity_level: Word | None = None
    social_media_platforms: Words = Field(default_factory=list)


class Persona(Shape):
    """One invented person who stands for all."""

    name: Word | None = None
    description: Text | None = None
    motivations: Texts = Field(default_factory=list)
    pain_points: Texts = Field(default_factory=list)
    values: Texts = Field(default_factory=list)
    goals: Texts = Field(default_factory=list)
    quote: Text | None = None
