"""Which language to write in when nobody's browser says one."""

from __future__ import annotations

from django.conf import settings

from cdp.models import Tenant

# By the country of the tenant, where a language of ours is the one people work in there.
_BY_REGION = {"TH": "th", "BD": "bn"}


def language_of(tenant: Tenant) -> str:
    """Return the language of what is sent to people of the tenant unasked."""
    return _BY_REGION.get(tenant.region, settings.LANGUAGE_CODE)
