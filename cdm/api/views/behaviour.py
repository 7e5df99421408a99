"""What customers do in the shop, and where they turn back."""

from __future__ import annotations

import uuid

from rest_framework.request import Request
from rest_framework.response import Response

from cdm.api import endpoints
from cdm.api.answers import (
    BatchAnswer,
    BehaviourAnswer,
    Behaviours,
    DropOffAnswer,
    DropOffs,
    MostViewed,
    RecoveryAnswer,
    StageRecovery,
    ViewedAnswer,
)
from cdm.api.queries import BehaviourQuery, CustomerRows, MostViewedQuery, RecoveryQuery
from cdm.api.subject import CdmViewSet, answered, refuse
from cdm.customers import customer_by, customers_by
from cdm.figures import recovery
from cdm.models import BehaviourEvent, DropOff
from cdm.operations.record_behaviour import record_behaviour
from cdm.operations.record_drop_off import record_drop_off
from cdm.operations.recover_drop_off import recover_drop_off
from cdm.querysets import most_viewed, win_back
from cdm.records.behaviour import BehaviourBatch, NewBehaviour, NewDropOff


class BehaviourViewSet(CdmViewSet):
    """What customers do in the shop."""

    queryset = BehaviourEvent.objects.all()

    @endpoints.record_behaviour
    def create(self, request: Request, body: NewBehaviour) -> BehaviourAnswer:
        """A product the catalogue does not have is kept by the name the shop gives it."""
        records = [(self.named(body.customer_id), body)]
        return BehaviourAnswer.model_validate(
            record_behaviour(tenant=self.tenant, by=self.actor, records=records)[0]
        )

    @endpoints.record_behaviours
    def create_many(self, request: Request, body: BehaviourBatch) -> BatchAnswer:
        """All or none are recorded."""
        places = {
            f"events[{place}].customer_id": event.customer_id for place, event in enumerate(body.events)
        }
        found = customers_by(set(places.values()))
        refuse(found, places, also_unknown=True)
        records = [(found.known[event.customer_id], event) for event in body.events]
        rows = record_behaviour(tenant=self.tenant, by=self.actor, records=records)
        return BatchAnswer(recorded=len(rows))

    @endpoints.list_behaviour
    def list(self, request: Request, customer_id: str, query: BehaviourQuery) -> Response:
        """The latest first."""
        pk = customer_by(customer_id)
        rows = BehaviourEvent.objects.filter(profile=pk).order_by("-occurred_at", "-id")
        if query.type:
            rows = rows.filter(type=query.type)
        found = [BehaviourAnswer.model_validate(row) for row in rows[query.window]]
        return answered(customer_id, pk, Behaviours(found))

    @endpoints.list_most_viewed
    def viewed(self, request: Request, customer_id: str, query: MostViewedQuery) -> Response:
        """By number of views, then by the latest."""
        pk = customer_by(customer_id)
        found = [ViewedAnswer.model_validate(row) for row in most_viewed(pk, query.limit)]
        return answered(customer_id, pk, MostViewed(found))


class DropOffViewSet(CdmViewSet):
    """Where customers turn back."""

    queryset = DropOff.objects.all()

    @endpoints.record_drop_off
    def create(self, request: Request, body: NewDropOff) -> DropOffAnswer:
        """An order within 30 days recovers it by itself."""
        customer = self.named(body.customer_id)
        row = record_drop_off(tenant=self.tenant, by=self.actor, profile_id=customer, record=body)
        return DropOffAnswer.model_validate(row)

    @endpoints.list_drop_offs
    def list(self, request: Request, customer_id: str, query: CustomerRows) -> Response:
        """The latest first."""
        pk = customer_by(customer_id)
        rows = DropOff.objects.filter(profile=pk).order_by("-occurred_at", "-id")[query.window]
        return answered(customer_id, pk, DropOffs([DropOffAnswer.model_validate(row) for row in rows]))

    @endpoints.recover_drop_off
    def recover(self, request: Request, drop_off_id: uuid.UUID) -> DropOffAnswer:
        """One that is recovered already stays as it is."""
        row = recover_drop_off(tenant=self.tenant, by=self.actor, drop_off_id=drop_off_id)
        return DropOffAnswer.model_validate(row)

    @endpoints.count_recovered
    def stats(self, request: Request, query: RecoveryQuery) -> RecoveryAnswer:
        """The rate is the share of drop-offs that came to an order after all; null where there are none."""
        stages = recovery(days=query.days)
        number, back = sum(one.drop_offs for one in stages), sum(one.recovered for one in stages)
        return RecoveryAnswer(
            days=query.days,
            drop_offs=number,
            recovered=back,
            recovery_rate=round(back / number, 4) if number else None,
            lost_value=sum((one.lost_value for one in stages), start=stages[0].lost_value * 0),
            stages=[StageRecovery.model_validate(one) for one in stages],
        )

    @endpoints.list_win_back
    def win_back(self, request: Request, query: CustomerRows) -> DropOffs:
        """Nobody of these has come back yet."""
        return DropOffs([DropOffAnswer.model_validate(row) for row in win_back()[query.window]])
