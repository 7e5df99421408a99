"""Changing a customer's own fields."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cdp.errors import DomainError, NotFound
from cdp.permissions import PROFILE_WRITE
from cdp.views.pages import PageRequest, actor_of, needs, render_page
from cdp.views.undo import report
from profiles.errors import ProfileNotFound, StaleVersion
from profiles.forms import Difference, ProfileForm, rebased, values_of
from profiles.forms_section import FIELDS, SectionForm
from profiles.last_edit import last_edit
from profiles.models import Profile
from profiles.operations.update_profile import update_profile
from profiles.records import ProfileRecord
from profiles.views import undo_verbs
from profiles.views.customer.answers import answer, customer_address, find_customer

MOST_ATTEMPTS = 3
PANEL, HISTORY = "details", "history"


@require_http_methods(["GET", "HEAD", "POST"])
@needs(PROFILE_WRITE)
def edit(request: PageRequest, profile_id: uuid.UUID) -> HttpResponse:
    """Show the form, or write what was changed in it."""
    profile = find_customer(profile_id)
    if profile.pk != profile_id:
        messages.info(request, _("The customer you looked for was merged into this one."))
        return HttpResponseRedirect(customer_address(profile.pk))
    if request.method != "POST":
        return _page(request, profile, ProfileForm(initial=values_of(profile, request.membership.tenant)))
    form = ProfileForm(request.POST, initial=values_of(profile, request.membership.tenant))
    if not form.is_valid():
        return _page(request, profile, form, status=400)
    return _write(request, profile, form)


def _write(request: PageRequest, profile: Profile, form: ProfileForm) -> HttpResponse:
    """Save; a change by somebody else stops it only where both changed the same field."""
    for _attempt in range(MOST_ATTEMPTS):
        try:
            _save(request, profile, form)
        except StaleVersion:
            profile = find_customer(profile.pk)
            form, differences = rebased(form, values_of(profile, request.membership.tenant))
            if differences or not form.is_valid():
                return _page(request, profile, form, differences=differences, status=409)
        except ProfileNotFound:
            raise
        except DomainError as error:
            form.refuse(error)
            return _page(request, profile, form, status=error.status)
        else:
            _tell_saved(request, profile.pk)
            return HttpResponseRedirect(customer_address(profile.pk))
    return _page(request, profile, form, status=409)


def _save(request: PageRequest, profile: Profile, form: ProfileForm) -> None:
    said = form.said()
    if not said:
        return
    tenant = request.membership.tenant
    update_profile(
        tenant=tenant,
        by=actor_of(request),
        profile_id=profile.pk,
        record=ProfileRecord.parse(said, tenant=tenant),
        version=form.cleaned_data["version"] or profile.version,
    )


def _page(
    request: PageRequest,
    profile: Profile,
    form: ProfileForm,
    *,
    differences: list[Difference] | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "profile": profile,
        "differences": differences or [],
        "cancel_url": customer_address(profile.pk),
        "focus": request.GET.get("focus", ""),
    }
    title = _("Edit %(name)s") % {"name": profile.shown_name}
    return render_page(request, "profiles/customer/edit.html", context, title=title, status=status)


@require_POST
@needs(PROFILE_WRITE)
def edit_section(request: PageRequest, profile_id: uuid.UUID, section: str) -> HttpResponse:
    """Write what was changed in one section of the details, where it is shown."""
    if section not in FIELDS:
        raise NotFound("There is no such section.")
    profile = find_customer(profile_id)
    values = values_of(profile, request.membership.tenant)
    form = SectionForm(section, request.POST, initial=values)
    if not form.is_valid():
        return answer(request, profile.pk, PANEL, refused=form)
    try:
        _save(request, profile, form)
    except ProfileNotFound:
        raise
    except DomainError as error:
        form.refuse(error)
        return answer(request, profile.pk, PANEL, refused=form, status=error.status)
    _tell_saved(request, profile.pk)
    return answer(request, profile.pk, PANEL)


@require_POST
@needs(PROFILE_WRITE)
def take_back(request: PageRequest, profile_id: uuid.UUID, entry_id: uuid.UUID) -> HttpResponse:
    """Take the last change back, where it is shown: in the details or in the history."""
    key = HISTORY if request.POST.get("panel") == HISTORY else PANEL
    try:
        said = undo_verbs.take_back(request, {"profile": str(profile_id), "entry": str(entry_id)})
    except ProfileNotFound:
        raise
    except DomainError as error:
        return answer(request, profile_id, key, errors=error)
    messages.success(request, said)
    return answer(request, profile_id, key)


def _tell_saved(request: PageRequest, profile_id: uuid.UUID) -> None:
    """Say so, with a button that takes it back."""
    entry = last_edit(find_customer(profile_id))
    if entry is None or entry.actor_id != request.membership.user_id:
        messages.success(request, _("Saved."))
    else:
        data = {"profile": str(profile_id), "entry": str(entry.pk)}
        report(request, _("Saved."), undo="profile.take_back", data=data)
