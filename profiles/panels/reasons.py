"""Why a customer's temperature, type or stage changed, in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

# The values, as people read them.
VALUES = {
    "hot": gettext_lazy("Hot"),
    "warm": gettext_lazy("Warm"),
    "cold": gettext_lazy("Cold"),
    "new": gettext_lazy("New"),
    "repeat": gettext_lazy("Repeat"),
    "vip": gettext_lazy("VIP"),
    "VIP": gettext_lazy("VIP"),
    "SUBSCRIBER": gettext_lazy("Subscriber"),
    "lead": gettext_lazy("Lead"),
    "prospect": gettext_lazy("Prospect"),
    "first_buyer": gettext_lazy("First buyer"),
    "repeat_buyer": gettext_lazy("Repeat buyer"),
    "loyal": gettext_lazy("Loyal"),
}
# What a type and a stage have in common on the wire, and not on pages: one counts buyers, one also hearsay.
INACTIVE = {"type_changed": gettext_lazy("Lapsed"), "lifecycle_changed": gettext_lazy("Dormant")}
_Words = Callable[[re.Match[str]], str]


def _days(text: Callable[[], str]) -> _Words:
    return lambda match: text() % {"days": match[1]}


def _plain(text: Callable[[], str]) -> _Words:
    return lambda _match: text()


# What the rules write (docs/lifecycle.md), and how it is said.
_REASONS: list[tuple[str, _Words]] = [
    (r"last order within (\d+) days", _days(lambda: _("last order within %(days)s days"))),
    (r"last contact within (\d+) days", _days(lambda: _("last contact within %(days)s days"))),
    (r"last order more than (\d+) days ago", _days(lambda: _("last order more than %(days)s days ago"))),
    (r"last contact more than (\d+) days ago", _days(lambda: _("last contact more than %(days)s days ago"))),
    (r"no order and no contact yet", _plain(lambda: _("no order and no contact yet"))),
    (r"no order yet", _plain(lambda: _("no order yet"))),
    (r"(\d+) orders?", lambda m: ngettext("%(n)s order", "%(n)s orders", int(m[1])) % {"n": m[1]}),
    (r"orders worth ([\d.]+)", lambda m: _("orders worth %(value)s") % {"value": m[1]}),
    (
        r"looked at products, or has a deal or quotation",
        _plain(lambda: _("looked at products, or has a deal or quotation")),
    ),
    (r"said by a person or a source", _plain(lambda: _("said by a person or a source"))),
    (r"has answered or written", _plain(lambda: _("has answered or written"))),
    (r"known, but nothing heard yet", _plain(lambda: _("known, but nothing heard yet"))),
]


def reason_in_words(reason: str) -> str:
    """Return a reason of the written rules in the active language; anything else as it stands."""
    for pattern, words in _REASONS:
        if match := re.fullmatch(pattern, reason):
            return words(match)
    return reason


def value_in_words(value: str, event: str) -> str:
    """Return a temperature, type or stage as people read it, by the kind of event that tells of it."""
    return str(INACTIVE.get(event, value) if value == "inactive" else VALUES.get(value, value))
