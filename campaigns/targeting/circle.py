"""Customers inside a circle on the earth."""

from __future__ import annotations

import math
from typing import Any

from django.db.models import BooleanField, F, Func, Value
from django.db.models.functions import Coalesce

from campaigns.shapes import Radius

EARTH_RADIUS_KM = 6371.0088
KILOMETRES_PER_DEGREE = math.pi * EARTH_RADIUS_KM / 180

# Great-circle distance by the haversine formula. CASE keeps texts from being read as numbers, and numbers
# no double holds from being read as doubles: JSON knows no largest number.
_INSIDE = f"""
    CASE WHEN jsonb_typeof(%(expressions)s->'latitude') = 'number'
          AND jsonb_typeof(%(expressions)s->'longitude') = 'number'
         THEN CASE WHEN abs((%(expressions)s->>'latitude')::numeric) <= 90
                    AND abs((%(expressions)s->>'longitude')::numeric) <= 360
         THEN abs((%(expressions)s->>'latitude')::float8 - (%(latitude)s)) <= (%(degrees)s)
          AND 2 * {EARTH_RADIUS_KM} * asin(least(1, sqrt(
                power(sin(radians(((%(expressions)s->>'latitude')::float8 - (%(latitude)s)) / 2)), 2)
                + cos(radians(%(latitude)s)) * cos(radians((%(expressions)s->>'latitude')::float8))
                * power(sin(radians(((%(expressions)s->>'longitude')::float8 - (%(longitude)s)) / 2)), 2)
              ))) <= (%(kilometres)s)
         END END
"""


def lives_inside(circle: Radius) -> Coalesce:
    """Return whether a customer's place lies inside ``circle``.

    The place is two numbers in the address or, where it has none, among the attributes; whoever has none is
    nowhere.
    """
    return Coalesce(InsideCircle("address", circle), InsideCircle("attributes", circle), Value(False))


class InsideCircle(Func):
    """Whether the place in a JSON column lies inside ``circle``; unknown where it holds none."""

    arity = 1
    template = _INSIDE
    output_field: Any = BooleanField()

    def __init__(self, column: str, circle: Radius) -> None:
        numbers: dict[str, Any] = {
            "latitude": repr(float(circle.latitude)),
            "longitude": repr(float(circle.longitude)),
            "kilometres": repr(float(circle.kilometres)),
            "degrees": repr(circle.kilometres / KILOMETRES_PER_DEGREE),
        }
        super().__init__(F(column), **numbers)


def distance_km(latitude: float, longitude: float, circle: Radius) -> float:
    """Return how far a place is from the middle of ``circle``, by the same formula."""
    lat1, lat2 = math.radians(circle.latitude), math.radians(latitude)
    across = math.sin(math.radians(longitude - circle.longitude) / 2) ** 2
    upright = math.sin((lat2 - lat1) / 2) ** 2
    return (
        2 * EARTH_RADIUS_KM * math.asin(min(1, math.sqrt(upright + math.cos(lat1) * math.cos(lat2) * across)))
    )
