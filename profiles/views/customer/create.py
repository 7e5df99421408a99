"""Adding a customer by hand."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cdp.errors import DomainError
from cdp.permissions import PROFILE_WRITE
from cdp.views.pages import PageRequest, actor_of, needs, render_page
from profiles.choices import Source
from profiles.errors import DuplicateProfile
from profiles.forms import ProfileForm
from profiles.identity import EMAIL, PHONE
from profiles.models import Profile
from profiles.operations.create_profile import create_profile
from profiles.records import ProfileRecord
from profiles.views.customer.answers import customer_address, find_customer

FIRST_VALUES = {"type": "INDIVIDUAL", "lifecycle_stage": "SUBSCRIBER", "primary_source": Source.MANUAL.value}


@require_http_methods(["GET", "HEAD", "POST"])
@needs(PROFILE_WRITE)
def create(request: PageRequest) -> HttpResponse:
    """Show the form, or add the customer; somebody known is shown before a second one is made."""
    if request.method != "POST":
        return _page(request, ProfileForm(initial=FIRST_VALUES))
    form = ProfileForm(request.POST, initial=FIRST_VALUES)
    if not form.is_valid():
        return _page(request, form, status=400)
    tenant = request.membership.tenant
    said = FIRST_VALUES | form.said()
    try:
        profile = create_profile(
            tenant=tenant,
            by=actor_of(request),
            record=ProfileRecord.parse(said, tenant=tenant),
            allow_duplicate="allow_duplicate" in request.POST,
        )
    except DuplicateProfile as duplicate:
        return _page(request, form, duplicate=duplicate, status=409)
    except DomainError as error:
        form.refuse(error)
        return _page(request, form, status=error.status)
    messages.success(request, _("Added %(name)s.") % {"name": profile.shown_name})
    return HttpResponseRedirect(customer_address(profile.pk))


def _page(
    request: PageRequest, form: ProfileForm, *, duplicate: DuplicateProfile | None = None, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "cancel_url": reverse("customers")}
    if duplicate is not None:
        existing: Profile = find_customer(duplicate.existing_id)
        context |= {
            "existing": existing,
            "matched_by": duplicate.matched_by,
            "may_create_anyway": set(duplicate.matched_by) <= {EMAIL, PHONE},
            "region": request.membership.tenant.region,
        }
    return render_page(
        request, "profiles/customer/create.html", context, title=_("New customer"), status=status
    )
