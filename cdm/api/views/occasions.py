"""Coming birthdays and anniversaries."""

from __future__ import annotations

from rest_framework.request import Request

from cdm.api import endpoints
from cdm.api.customer_answers import OccasionAnswer, Occasions
from cdm.api.queries import CustomerRows, OccasionsQuery
from cdm.api.subject import CdmViewSet
from cdm.api.wire import WindowOf
from cdm.choices import OccasionKind
from cdm.occasions.upcoming import BOTH, upcoming


class OccasionViewSet(CdmViewSet):
    """Birthdays and anniversaries of customers and their families, in the company's time zone."""

    @endpoints.list_birthdays
    def birthdays(self, request: Request, query: OccasionsQuery) -> Occasions:
        """Today included. 29 February falls on the 28th in common years; months alone come last."""
        return self._answer(query, query.days, (OccasionKind.BIRTHDAY,))

    @endpoints.list_anniversaries
    def anniversaries(self, request: Request, query: OccasionsQuery) -> Occasions:
        """Spouses who are both customers have one anniversary."""
        return self._answer(query, query.days, (OccasionKind.ANNIVERSARY,))

    @endpoints.list_today
    def today(self, request: Request, query: CustomerRows) -> Occasions:
        """Those that fall on today."""
        return self._answer(query, 0, BOTH)

    def _answer(self, query: WindowOf, days: int, kinds: tuple[OccasionKind, ...]) -> Occasions:
        rows = upcoming(tenant=self.tenant, days=days, kinds=kinds, limit=query.limit, offset=query.offset)
        return Occasions([OccasionAnswer.model_validate(row) for row in rows])
