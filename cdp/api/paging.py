"""Pages of a list: bounded, because the cost of skipping rows grows with how many are skipped."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, Strict, model_validator

from cdp.api.wire import AsNumber, Incoming, Outgoing
from cdp.errors import Invalid

DEEPEST_ROW = 100_000
_TOO_DEEP = f"Only the first {DEEPEST_ROW:,} rows can be paged through. Narrow the search instead."


class PageQuery(Incoming):
    """Which page of a list."""

    page: Annotated[int, Strict(), Field(ge=1, le=DEEPEST_ROW), AsNumber] = 1
    limit: Annotated[int, Strict(), Field(ge=1, le=100), AsNumber] = 20

    @model_validator(mode="after")
    def _is_within_reach(self) -> Self:
        if self.page * self.limit > DEEPEST_ROW:
            raise Invalid(_TOO_DEEP, fields={"page": [_TOO_DEEP]})
        return self

    @property
    def window(self) -> slice:
        """Return the rows of the page."""
        return slice((self.page - 1) * self.limit, self.page * self.limit)


class PageMeta(Outgoing):
    """Where a page stands; ``total`` and ``totalPages`` are lower bounds unless ``totalIsExact``."""

    total: int
    total_is_exact: bool
    page: int
    limit: int
    total_pages: int

    @classmethod
    def of(cls, query: PageQuery, total: int, *, is_exact: bool = True) -> Self:
        """Return the meta of the page ``query`` asks for."""
        return cls(
            total=total,
            total_is_exact=is_exact,
            page=query.page,
            limit=query.limit,
            total_pages=-(-total // query.limit),
        )


class WindowQuery(Incoming):
    """Which rows of a list."""

    skip: Annotated[int, Strict(), Field(ge=0, le=DEEPEST_ROW), AsNumber] = 0
    take: Annotated[int, Strict(), Field(ge=1, le=100), AsNumber] = 25

    @model_validator(mode="after")
    def _is_within_reach(self) -> Self:
        if self.skip + self.take > DEEPEST_ROW:
            raise Invalid(_TOO_DEEP, fields={"skip": [_TOO_DEEP]})
        return self


class WindowMeta(Outgoing):
    """Where the rows stand; ``total`` is a lower bound unless ``totalIsExact``."""

    total: int
    total_is_exact: bool
    skip: int
    take: int
    has_more: bool
