"""Paging that never counts a big table to its end."""

from __future__ import annotations

from functools import cached_property

from django.core.paginator import Paginator
from django.db.models import QuerySet

# Nobody pages further than this; search and filters get there faster.
MOST = 1_000
MOST_OFFERED = 200


class CappedPaginator(Paginator):  # type: ignore[type-arg]
    """Counts at most ``most`` rows: the cost of a page does not grow with the table."""

    template_name = "admin/capped_pagination.html"
    most = MOST

    @cached_property
    def found(self) -> int:
        """Return how many rows there are, or one more than ``most``."""
        if isinstance(self.object_list, QuerySet):
            return self.object_list.order_by()[: self.most + 1].count()
        return len(self.object_list)

    @cached_property
    def count(self) -> int:
        return min(self.found, self.most)

    @property
    def total(self) -> int:
        """Return the number to show."""
        return self.count

    @property
    def has_more(self) -> bool:
        """Tell whether there are more rows than ``total`` says."""
        return self.found > self.most


class OfferPaginator(CappedPaginator):
    """For choices that appear while somebody types: who has seen 200 types another letter."""

    most = MOST_OFFERED
