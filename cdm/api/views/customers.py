"""Customers at a glance, one or many, and figures of all."""

from __future__ import annotations

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from cdm.api import endpoints
from cdm.api.customer_answers import AssignedAnswer, Customers360, DashboardAnswer, at_a_glance
from cdm.api.queries import CustomersQuery
from cdm.api.subject import CdmViewSet, answered, refuse
from cdm.choices import CustomerType, Temperature
from cdm.customers import customer_by, customers_by
from cdm.errors import SEE
from cdm.figures import figures
from cdm.models import CustomerSummary
from cdm.operations.assign_owner import assign_owner
from cdm.records.ownership import OwnerBody
from cdp.errors import Invalid
from profiles.choices import LifecycleStage
from profiles.models import Profile


class CustomerViewSet(CdmViewSet):
    """Customers with their numbers, the most valuable first."""

    queryset = CustomerSummary.objects.all()

    @endpoints.get_customer
    def retrieve(self, request: Request, customer_id: str) -> Response:
        """The id is the customer's own, the number of an older system, or the label of another."""
        pk = customer_by(customer_id)
        profile = Profile.objects.defer("search_text", "attributes", "metadata").get(pk=pk)
        summary = CustomerSummary.objects.filter(profile=pk).first()
        return answered(customer_id, pk, at_a_glance(profile, summary, self.tenant))

    @endpoints.list_customers
    def list(self, request: Request, query: CustomersQuery) -> Customers360:
        """The filters narrow together."""
        return self._page(query)

    @endpoints.list_by_stage
    def by_stage(self, request: Request, stage: str, query: CustomersQuery) -> Customers360:
        """The stages are those of the list; further filters narrow."""
        return self._page(query, lifecycle_stage=_one_of(stage, LifecycleStage.values, "stage"))

    @endpoints.list_by_type
    def by_type(self, request: Request, type: str, query: CustomersQuery) -> Customers360:
        """new, repeat, vip or inactive; further filters narrow."""
        return self._page(query, customer_type=_one_of(type, CustomerType.values, "type"))

    @endpoints.list_by_temperature
    def by_temperature(self, request: Request, temperature: str, query: CustomersQuery) -> Customers360:
        """hot, warm or cold; further filters narrow."""
        return self._page(query, temperature=_one_of(temperature, Temperature.values, "temperature"))

    @endpoints.count_customers
    def dashboard(self, request: Request) -> DashboardAnswer:
        """Every customer is of one type and one temperature; who has no numbers yet is new and cold."""
        return DashboardAnswer.model_validate(figures())

    @endpoints.assign_owner
    def assign(self, request: Request, body: OwnerBody) -> AssignedAnswer:
        """Replaces whoever looked after them."""
        asked = set(body.customer_ids)
        found = customers_by(asked)
        places = {f"customer_ids[{place}]": reference for place, reference in enumerate(body.customer_ids)}
        refuse(found, places, also_unknown=False)
        known = set(found.known.values())
        done = assign_owner(tenant=self.tenant, by=self.actor, profile_ids=known, owner_id=body.owner_id)
        return AssignedAnswer(updated=done.updated, failed=len(asked) - len(found.known))

    def _page(self, query: CustomersQuery, **fixed: str) -> Customers360:
        asked = {name: getattr(query, name) for name in ("customer_type", "lifecycle_stage", "temperature")}
        wanted: dict[str, Any] = {name: value for name, value in (asked | fixed).items() if value}
        if any(asked[name] not in {None, value} for name, value in fixed.items()):
            return Customers360([])
        rows = CustomerSummary.objects.filter(**wanted).order_by("-lifetime_value", "-id")[query.window]
        found = list(rows)
        people = Profile.objects.defer("search_text", "attributes", "metadata").in_bulk(
            [row.profile_id for row in found]
        )
        return Customers360([at_a_glance(people[row.profile_id], row, self.tenant) for row in found])


def _one_of(value: str, known: Any, field: str) -> str:
    if value not in known:
        raise Invalid(SEE, fields={field: ["Use one of: " + ", ".join(known) + "."]})
    return value
