"""The customer an address or a body names."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.response import Response

from cdm.customers import Found, customer_by
from cdm.errors import SEE, AmbiguousCustomer, unknown
from cdp.api.views import ApiViewSet
from cdp.errors import Invalid
from profiles.errors import ProfileNotFound
from profiles.models import Profile

# So many wrong places of one body are told at once.
MOST_NAMED = 20


class CdmViewSet(ApiViewSet):
    """Endpoints under /cdm."""

    def named(self, reference: str) -> uuid.UUID:
        """Return the customer a body names; raises Invalid where there is none, as of any other field."""
        try:
            return customer_by(reference)
        except ProfileNotFound as error:
            raise unknown("customer_id", _("There is no such customer.")) from error
        except AmbiguousCustomer as error:
            raise Invalid(error.detail, fields={"customer_id": [error.detail]}) from error


def refuse(found: Found, places: Mapping[str, str], *, also_unknown: bool) -> None:
    """Raise Invalid about the references at ``places`` ({field: reference}) that mean nobody, or several."""
    wrong: dict[str, list[str]] = {}
    for place, reference in places.items():
        if reference in found.ambiguous:
            wrong[place] = [AmbiguousCustomer().detail]
        elif also_unknown and reference not in found.known:
            wrong[place] = list(unknown(place, _("There is no such customer.")).fields[place])
    if wrong:
        raise Invalid(SEE, fields=dict(list(wrong.items())[:MOST_NAMED]))


def answered(reference: str, profile_id: uuid.UUID, body: Any) -> Response:
    """Answer about a customer; one asked for under the id of somebody merged says so."""
    headers = {"X-Merged-Into": str(profile_id)} if _was_merged(reference, profile_id) else {}
    return Response(body, headers=headers)


def _was_merged(reference: str, survivor: uuid.UUID) -> bool:
    """Tell whether a reference is a customer's own id, but not the survivor's: others give UUIDs, too."""
    try:
        asked = uuid.UUID(reference)
    except ValueError:
        return False
    return asked != survivor and Profile.objects.filter(pk=asked).exists()
