"""Adding, correcting and removing relatives on a customer's page."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cdm.operations.add_family_member import add_family_member
from cdm.operations.change_family_member import remove_family_member, update_family_member
from cdm.records.family import FamilyChange, FamilyRecord
from cdm.views.acting import common, only_said, panel_after, typed
from cdp.permissions import PROFILE_WRITE
from cdp.views.pages import PageRequest, needs
from cdp.views.undo import report
from profiles.views.customer.answers import find_customer

PANEL = "family"
FIELDS = (
    "name",
    "relationship",
    "phone",
    "email",
    "date_of_birth",
    "anniversary_date",
    "gender",
    "profession",
)


@require_POST
@needs(PROFILE_WRITE)
def add(request: PageRequest, profile_id: uuid.UUID) -> HttpResponse:
    """Add a relative."""
    profile = find_customer(profile_id)

    def act() -> None:
        said = only_said(typed(request.POST, *FIELDS))
        record = FamilyRecord.parse(said, tenant=request.membership.tenant)
        row = add_family_member(**common(request), profile_id=profile.pk, record=record)
        text = _("Added %(name)s to the family.") % {"name": row.name}
        report(request, text, undo="family.remove", data={"id": str(row.pk)})

    return panel_after(request, profile.pk, PANEL, act)


@require_POST
@needs(PROFILE_WRITE)
def edit(request: PageRequest, profile_id: uuid.UUID, member_id: uuid.UUID) -> HttpResponse:
    """Correct a relative."""
    profile = find_customer(profile_id)

    def act() -> None:
        record = FamilyChange.parse(typed(request.POST, *FIELDS), tenant=request.membership.tenant)
        update_family_member(**common(request), member_id=member_id, record=record)

    return panel_after(request, profile.pk, PANEL, act)


@require_POST
@needs(PROFILE_WRITE)
def remove(request: PageRequest, profile_id: uuid.UUID, member_id: uuid.UUID) -> HttpResponse:
    """Remove a relative."""
    profile = find_customer(profile_id)

    def act() -> None:
        remove_family_member(**common(request), member_id=member_id)
        text = _("Removed from the family.")
        report(request, text, undo="family.restore", data={"id": str(member_id)})

    return panel_after(request, profile.pk, PANEL, act)
