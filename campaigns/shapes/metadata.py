"""What every asset may carry besides."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from campaigns.shapes.base import Shape, Text, Words


class Metadata(Shape):
    """Tags, notes, where it came from, how often it was used."""

    tags: Words = Field(default_factory=list)
    notes: Text | None = None
    source: Literal["manual", "imported", "AI"] | None = None
    usage_count: Annotated[int, Field(ge=0, le=2**31 - 1)] | None = None
