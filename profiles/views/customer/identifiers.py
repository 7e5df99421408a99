"""Adding and removing ids of other systems."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cdp.errors import DomainError
from cdp.permissions import PROFILE_WRITE
from cdp.views.pages import PageRequest, actor_of, needs
from cdp.views.undo import report
from profiles.forms_parts import IdentifierForm
from profiles.operations.identifiers import add_identifier, remove_identifier
from profiles.views.customer.answers import answer, find_customer

PANEL = "identifiers"
# What an identifier is made of again when its removal is undone.
KEPT = ("source", "source_type", "external_id", "external_ref", "match_quality", "is_primary", "metadata")


@require_POST
@needs(PROFILE_WRITE)
def add(request: PageRequest, profile_id: uuid.UUID) -> HttpResponse:
    """Add an id."""
    form = IdentifierForm(request.POST)
    if not form.is_valid():
        return answer(request, profile_id, PANEL, errors=form)
    try:
        identifier = add_identifier(
            tenant=request.membership.tenant, by=actor_of(request), profile_id=profile_id, **form.cleaned_data
        )
    except DomainError as error:
        return answer(request, profile_id, PANEL, errors=error)
    text = _("Added the id %(id)s.") % {"id": identifier.external_id}
    data = {"profile": str(profile_id), "id": str(identifier.pk)}
    report(request, text, undo="profile.remove_identifier", data=data)
    return answer(request, profile_id, PANEL)


@require_POST
@needs(PROFILE_WRITE)
def remove(request: PageRequest, profile_id: uuid.UUID, identifier_id: uuid.UUID) -> HttpResponse:
    """Remove an id."""
    profile = find_customer(profile_id)
    identifier = remove_identifier(
        tenant=request.membership.tenant,
        by=actor_of(request),
        profile_id=profile.pk,
        identifier_id=identifier_id,
    )
    data = {name: getattr(identifier, name) for name in KEPT} | {"profile": str(profile.pk)}
    text = _("Removed the id %(id)s.") % {"id": identifier.external_id}
    report(request, text, undo="profile.add_identifier", data=data)
    return answer(request, profile.pk, PANEL)
