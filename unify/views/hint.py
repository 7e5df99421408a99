"""Who might this be? Asked by the forms of customers while somebody types."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse, QueryDict
from django.views.decorators.http import require_POST

from cdp.errors import Invalid
from cdp.models import Tenant
from cdp.permissions import PROFILE_READ
from cdp.views.pages import PageRequest, needs, render_part
from profiles.records import ProfileRecord
from unify.deciding.comparing import reasons
from unify.level_words import level_words
from unify.operations.find_alike import find_alike

MOST_SHOWN = 5
SHORTEST = 2
# Names of the forms' fields, on the pages for agents and in the admin, and what a record calls them.
FIELDS = {
    "type": "type",
    "name": "name",
    "first_name": "firstName",
    "last_name": "lastName",
    "company_name": "companyName",
    "company_tax_id": "companyTaxId",
    "email": "email",
    "phone": "phone",
    "date_of_birth": "dateOfBirth",
}
ADDRESS = {
    "address_street": "street",
    "address_city": "city",
    "address_postalcode": "postalCode",
    "street": "street",
    "city": "city",
    "postal_code": "postalCode",
}


@require_POST
@needs(PROFILE_READ)
def duplicates(request: PageRequest) -> HttpResponse:
    """Show the customers most like what the form says so far; what is half-typed is left out."""
    tenant = request.membership.tenant
    record = typed(request.POST, tenant)
    own = _own(request.POST)
    found = []
    if record is not None:
        found = find_alike(tenant=tenant, record=record, limit=MOST_SHOWN, exclude=[own] if own else [])
    shown = [
        {
            "profile": one.profile,
            "score": one.score,
            "contradicts": bool(one.conflicts),
            "reasons": reasons(one.levels, level_words),
        }
        for one in found
    ]
    return render_part(request, "unify/_alike.html", {"alike": shown, "region": tenant.region})


def typed(form: QueryDict, tenant: Tenant) -> ProfileRecord | None:
    """Return what a half-filled form says of a customer; None when that is nothing yet."""
    said: dict[str, Any] = {
        wire: value for name, wire in FIELDS.items() if len(value := form.get(name, "").strip()) >= SHORTEST
    }
    place = {part: value for name, part in ADDRESS.items() if (value := form.get(name, "").strip())}
    if place:
        said["address"] = place
    while set(said) - {"type"}:
        try:
            return ProfileRecord.parse(said, tenant=tenant)
        except Invalid as error:
            wrong = {name.partition(".")[0].partition("[")[0] for name in error.fields}
            if not wrong & set(said):
                return None
            said = {name: value for name, value in said.items() if name not in wrong}
    return None


def _own(form: QueryDict) -> uuid.UUID | None:
    """Return the customer the form is about, who is not like somebody else by being themselves."""
    try:
        return uuid.UUID(form.get("own", ""))
    except ValueError:
        return None
