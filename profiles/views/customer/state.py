"""Deactivating one customer and taking it back."""

from __future__ import annotations

import uuid

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cdp.permissions import PROFILE_DELETE
from cdp.views.pages import PageRequest, actor_of, needs
from cdp.views.undo import report
from profiles.operations.deactivate_profiles import deactivate_profiles, reactivate_profiles
from profiles.views.customer.answers import customer_address, find_customer


@require_POST
@needs(PROFILE_DELETE)
def deactivate(request: PageRequest, profile_id: uuid.UUID) -> HttpResponse:
    """Make the customer inactive."""
    profile = find_customer(profile_id)
    deactivate_profiles(tenant=request.membership.tenant, by=actor_of(request), profile_ids=[profile.pk])
    text = _("%(name)s is inactive now.") % {"name": profile.name or profile.shown_name}
    report(request, text, undo="profile.reactivate", data={"profiles": [str(profile.pk)]})
    return HttpResponseRedirect(customer_address(profile.pk))


@require_POST
@needs(PROFILE_DELETE)
def reactivate(request: PageRequest, profile_id: uuid.UUID) -> HttpResponse:
    """Make the customer active again."""
    profile = find_customer(profile_id)
    reactivate_profiles(tenant=request.membership.tenant, by=actor_of(request), profile_ids=[profile.pk])
    text = _("%(name)s is active again.") % {"name": profile.name or profile.shown_name}
    report(request, text, undo="profile.deactivate", data={"profiles": [str(profile.pk)]})
    return HttpResponseRedirect(customer_address(profile.pk))
