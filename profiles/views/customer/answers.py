"""Finding the customer, rendering panels, and answering after something was done to one of them."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import trigger_client_event

from cdp.errors import DomainError
from cdp.permissions import PROFILE_DELETE, PROFILE_WRITE
from cdp.views.pages import PageRequest, render_page, render_part, wants_part
from cdp.views.words import texts_of, wrong_fields
from profiles.errors import ProfileNotFound
from profiles.models import Profile
from profiles.panels import EVERY_TAB, Panel, PanelContext, registry

# Panels that show what others change listen for this event.
CHANGED = "customer-changed"
FIRST_TAB = "overview"


@dataclass(frozen=True, slots=True)
class ShownPanel:
    """A panel with the answer of its query; ``data`` is None for one that is fetched later."""

    panel: Panel
    data: Any
    address: str


def find_customer(profile_id: uuid.UUID) -> Profile:
    """Return the customer, or the survivor of its merge; raises ProfileNotFound."""
    customers = Profile.objects.prefetch_related("profile_tags__tag", "identifiers")
    try:
        return customers.follow(profile_id)
    except Profile.DoesNotExist as error:
        raise ProfileNotFound from error


def customer_address(profile_id: uuid.UUID) -> str:
    """Return the address of a customer's page."""
    return reverse("customer", args=[profile_id])


def shown(
    request: PageRequest,
    profile: Profile,
    panel: Panel,
    *,
    is_now: bool = True,
    said: QueryDict | None = None,
) -> ShownPanel:
    """Run a panel's query, with what the address says, or what a refused form said."""
    membership = request.membership
    context = PanelContext(
        profile, membership.tenant, membership.codes, request.GET if said is None else said
    )
    address = reverse("customer-panel", args=[profile.pk, panel.key])
    return ShownPanel(panel, panel.query(context) if is_now else None, address)


def surroundings(request: PageRequest, profile: Profile) -> dict[str, Any]:
    """Return what every template of the customer's page knows."""
    codes = request.membership.codes
    return {
        "profile": profile,
        "may_write": PROFILE_WRITE in codes and profile.is_open,
        "may_deactivate": PROFILE_DELETE in codes and profile.is_open,
        "region": request.membership.tenant.region,
    }


def answer(
    request: PageRequest,
    profile_id: uuid.UUID,
    key: str,
    *,
    errors: Form | DomainError | None = None,
    refused: Form | None = None,
    status: int = 400,
) -> HttpResponse:
    """Show the panel anew after an act on it; ``errors`` say why nothing was done.

    A ``refused`` form says it at its own fields. Without HTMX a form that was not taken is a page of its own,
    which keeps what was typed.
    """
    errors = errors or refused
    if errors is None and not wants_part(request):
        return HttpResponseRedirect(_tab_address(profile_id, key))
    profile = find_customer(profile_id)
    panel = registry.find(key, request.membership.codes)
    if panel is None:
        raise ProfileNotFound
    context = surroundings(request, profile) | {
        "shown": shown(request, profile, panel, said=None if errors is None else request.POST),
        "errors": _texts(errors) if refused is None else _beside_fields(refused),
        "refused": refused,
        "wrong": _wrong(errors),
        "typed": {} if errors is None else request.POST,
    }
    status = 200 if errors is None else _status(errors, status)
    if not wants_part(request):
        return panel_page(request, profile, context, status=status)
    response = render_part(request, "profiles/customer/_panel.html", context | {"tells": True}, status=status)
    return trigger_client_event(response, CHANGED, {"by": key}) if errors is None else response


def panel_page(
    request: PageRequest, profile: Profile, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Show one panel on a page of its own below the customer's header."""
    codes = request.membership.codes
    around = {
        "top": [shown(request, profile, top) for top in registry.on(EVERY_TAB, codes)],
        "tabs": registry.tabs(codes),
        "tab": None,
    }
    title = profile.shown_name
    return render_page(request, "profiles/customer/panel.html", context | around, title=title, status=status)


def _tab_address(profile_id: uuid.UUID, key: str) -> str:
    """Return the address of the tab a panel is on; the first tab needs no name."""
    tab = registry.tab_of(key)
    address = customer_address(profile_id)
    return address if tab in {"", EVERY_TAB, FIRST_TAB} else f"{address}?tab={tab}"


def _status(errors: Form | DomainError, otherwise: int) -> int:
    return errors.status if isinstance(errors, DomainError) else otherwise


def _texts(errors: Form | DomainError | None) -> list[str]:
    if isinstance(errors, DomainError):
        return texts_of(errors)
    if isinstance(errors, Form):
        return [_at_field(errors, name, texts) for name, texts in errors.errors.items()]
    return []


def _beside_fields(form: Form) -> list[str]:
    """Return what to say above a form that tells the rest at its fields."""
    return [_("Not saved yet: some values need another look."), *map(str, form.non_field_errors())]


def _wrong(errors: Form | DomainError | None) -> Mapping[str, str]:
    if isinstance(errors, DomainError):
        return wrong_fields(errors)
    return {} if errors is None else {name: str(texts[0]) for name, texts in errors.errors.items()}


def _at_field(form: Form, name: str, texts: Any) -> str:
    words: Mapping[str, str] = {
        "field": str(form[name].label) if name in form.fields else "",
        "problem": texts[0],
    }
    return _("%(field)s: %(problem)s") % words if words["field"] else words["problem"]
