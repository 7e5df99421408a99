"""Families."""

from __future__ import annotations

import uuid

from rest_framework.request import Request
from rest_framework.response import Response

from cdm.api import endpoints
from cdm.api.answers import Family, FamilyAnswer, RelativeAnswer
from cdm.api.subject import CdmViewSet, answered
from cdm.customers import customer_by
from cdm.errors import RowNotFound
from cdm.family.seen import relatives_of
from cdm.models import FamilyMember
from cdm.operations.add_family_member import add_family_member
from cdm.operations.change_family_member import (
    remove_family_member,
    restore_family_member,
    update_family_member,
)
from cdm.records.family import FamilyChange, NewFamilyRecord


class FamilyViewSet(CdmViewSet):
    """Relatives of customers; one address names a customer when it is read, and a relative when changed."""

    queryset = FamilyMember.objects.all()

    @endpoints.list_family
    def list(self, request: Request, customer_or_row_id: str) -> Response:
        """A relative who is a customer is shown once, from whichever side the link was written."""
        pk = customer_by(customer_or_row_id)
        rows = [RelativeAnswer.model_validate(one) for one in relatives_of(pk)]
        return answered(customer_or_row_id, pk, Family(rows))

    @endpoints.add_family
    def create(self, request: Request, body: NewFamilyRecord) -> FamilyAnswer:
        """A relative with the e-mail or phone of a customer of like name is linked to them."""
        row = add_family_member(
            tenant=self.tenant, by=self.actor, profile_id=self.named(body.customer_id), record=body
        )
        return FamilyAnswer.model_validate(row)

    @endpoints.change_family
    def update(self, request: Request, customer_or_row_id: str, body: FamilyChange) -> FamilyAnswer:
        """Changes the fields that are given; null clears one. The id is the family member's."""
        member = row_id(customer_or_row_id, "family member")
        row = update_family_member(tenant=self.tenant, by=self.actor, member_id=member, record=body)
        return FamilyAnswer.model_validate(row)

    @endpoints.remove_family
    def destroy(self, request: Request, customer_or_row_id: str) -> Response:
        """The customer and the relative's own profile stay. The id is the family member's."""
        member = row_id(customer_or_row_id, "family member")
        remove_family_member(tenant=self.tenant, by=self.actor, member_id=member)
        return Response(status=204)

    @endpoints.restore_family
    def restore(self, request: Request, member_id: uuid.UUID) -> FamilyAnswer:
        """As they were when they were removed."""
        row = restore_family_member(tenant=self.tenant, by=self.actor, member_id=member_id)
        return FamilyAnswer.model_validate(row)


def row_id(text: str, what: str) -> uuid.UUID:
    """Return an id that stands where S3 has a customer's; raises RowNotFound for what is none."""
    try:
        return uuid.UUID(text)
    except ValueError as error:
        raise RowNotFound(what) from error
