"""Adding, removing and preferring e-mails and phones."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cdp.errors import DomainError
from cdp.permissions import PROFILE_WRITE
from cdp.views.pages import PageRequest, actor_of, needs
from cdp.views.undo import report
from profiles.choices import ContactKind
from profiles.forms_parts import ContactPointForm
from profiles.models import ContactPoint
from profiles.operations import contact_points
from profiles.views.customer.answers import answer, find_customer

PANEL = "contact-points"


@require_POST
@needs(PROFILE_WRITE)
def add(request: PageRequest, profile_id: uuid.UUID) -> HttpResponse:
    """Add an e-mail or phone."""
    form = ContactPointForm(request.POST)
    if not form.is_valid():
        return answer(request, profile_id, PANEL, errors=form)
    said = form.cleaned_data
    try:
        point = contact_points.add_contact_point(
            tenant=request.membership.tenant,
            by=actor_of(request),
            profile_id=profile_id,
            kind=ContactKind(said["kind"]),
            value=said["value"],
            type=said["type"],
        )
    except DomainError as error:
        return answer(request, profile_id, PANEL, errors=error)
    data = {"profile": str(profile_id), "id": str(point.pk)}
    text = _("Added %(address)s.") % {"address": point.value}
    report(request, text, undo="profile.remove_contact_point", data=data)
    return answer(request, profile_id, PANEL)


@require_POST
@needs(PROFILE_WRITE)
def remove(request: PageRequest, profile_id: uuid.UUID, contact_point_id: uuid.UUID) -> HttpResponse:
    """Remove an e-mail or phone."""
    profile = find_customer(profile_id)
    point = contact_points.remove_contact_point(
        tenant=request.membership.tenant,
        by=actor_of(request),
        profile_id=profile.pk,
        contact_point_id=contact_point_id,
    )
    data = {
        "profile": str(profile.pk),
        "kind": point.kind,
        "value": point.value,
        "type": point.type,
        "source": point.source,
        "was_primary": point.value in {profile.email, profile.phone},
    }
    text = _("Removed %(address)s.") % {"address": point.value}
    report(request, text, undo="profile.add_contact_point", data=data)
    return answer(request, profile.pk, PANEL)


@require_POST
@needs(PROFILE_WRITE)
def prefer(request: PageRequest, profile_id: uuid.UUID, contact_point_id: uuid.UUID) -> HttpResponse:
    """Make an e-mail or phone the primary one."""
    profile = find_customer(profile_id)
    point = contact_points.make_primary(
        tenant=request.membership.tenant,
        by=actor_of(request),
        profile_id=profile.pk,
        contact_point_id=contact_point_id,
    )
    before = ContactPoint.objects.filter(profile=profile, kind=point.kind, value=getattr(profile, point.kind))
    data = {"profile": str(profile.pk), "id": str(before.values_list("pk", flat=True).first() or point.pk)}
    text = _("%(address)s is the primary one now.") % {"address": point.value}
    report(request, text, undo="profile.make_primary", data=data)
    return answer(request, profile.pk, PANEL)
