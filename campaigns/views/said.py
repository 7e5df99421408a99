"""Small readings shared by the pages: numbers of an address, names of people, why a verb refused."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from cdp.choices import ActorKind
from cdp.errors import DomainError
from cdp.models import Membership, Tenant

LONGEST_NUMBER = 9


def whole_number(text: str | None) -> int | None:
    """Return the number an address or form says, None for anything else."""
    said = (text or "").strip()
    is_number = said.isascii() and said.isdecimal() and len(said) <= LONGEST_NUMBER
    return int(said) if is_number else None


def complaint(error: DomainError) -> str:
    """Return why a verb refused, in one line."""
    texts = [str(text) for field in error.fields.values() for text in field]
    return " ".join(texts) or error.detail


def people_of(rows: Iterable[Any], tenant: Tenant) -> dict[str, str]:
    """Return the names of who made the rows, by the ``created_by`` they keep."""
    makers = {row.created_by for row in rows}
    members = Membership.objects.filter(tenant=tenant).select_related("user")
    names = {f"{ActorKind.USER.value}:{one.user_id}": one.user.name or one.user.email for one in members}
    return {maker: names.get(maker) or _who(maker) for maker in makers}


def _who(maker: str) -> str:
    kind = maker.partition(":")[0]
    if kind == ActorKind.API_KEY.value:
        return _("a program")
    return _("the system") if kind == ActorKind.SYSTEM.value else _("somebody who has left")
