"""Offers, times and actions in words: in English in the database, in the reader's language on pages."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from cdm.recommending.kinds import BOUGHT_BEFORE, LOOKED_AT, SECOND, TOGETHER


def product_reason(kind: str, n: int, lift: float = 0.0) -> str:
    """Return what speaks for a product, with the number behind it."""
    if kind == BOUGHT_BEFORE:
        said = ngettext("bought on %(n)s day before", "bought on %(n)s days before", n)
    elif kind == TOGETHER:
        said = _("bought together %(n)s times, %(lift)s × chance")
    elif kind == LOOKED_AT:
        said = ngettext(
            "looked at %(n)s time in the last 30 days", "looked at %(n)s times in the last 30 days", n
        )
    elif kind == SECOND:
        said = ngettext(
            "%(n)s customer took it in the second order", "%(n)s customers took it in the second order", n
        )
    else:
        said = ngettext(
            "%(n)s customer bought it in the last 30 days", "%(n)s customers bought it in the last 30 days", n
        )
    return said % {"n": f"{n:,}", "lift": f"{lift:.1f}"}


# Kept in English by `cdm.insights`, which knows no language.
_SAID = frozenset(
    {
        gettext_noop("Do not contact"),
        gettext_noop("asked not to be contacted"),
        gettext_noop("Follow up today"),
        gettext_noop("promised for today"),
        gettext_noop("Send congratulations"),
        gettext_noop("Do not call"),
        gettext_noop("in the random comparison group"),
        gettext_noop("Give it a rest"),
        gettext_noop("contacted today"),
        gettext_noop("has just ordered; new numbers follow tonight"),
        gettext_noop("Write a message"),
        gettext_noop("asked not to be called"),
        gettext_noop("no phone number is known"),
        gettext_noop("Call within 24 hours"),
        gettext_noop("likely to buy, and among the most valuable"),
        gettext_noop("Call to win back"),
        gettext_noop("silent for longer than usual for them"),
        gettext_noop("Call this week"),
        gettext_noop("due to reorder"),
        gettext_noop("high chance of buying soon"),
        gettext_noop("medium chance of buying soon"),
        gettext_noop("Keep in the newsletter"),
        gettext_noop("little chance of buying soon"),
        gettext_noop("has not ordered yet"),
        gettext_noop("no best time known yet"),
        gettext_noop("do not call"),
        gettext_noop("one order so far: what others took second"),
        gettext_noop("long silent"),
        gettext_noop("overdue"),
        gettext_noop("in their rhythm"),
    }
)

# What is kept with a number or a name in it, and how it is said; the groups are its parts.
_WITH_PARTS: list[tuple[str, Callable[[re.Match[str]], str]]] = [
    (
        r"([a-z ]+): last order ([\d.]+) x their usual gap ago",
        lambda m: f"{_(m[1])}: " + _("last order %(x)s x their usual gap ago") % {"x": m[2]},
    ),
    (r"rule: (.+)", lambda m: _("rule: %(name)s") % {"name": m[1]}),
    (r"asked for (.+)", lambda m: _("asked for %(time)s") % {"time": m[1]}),
    (
        r"(\d+%) of (\d+) calls to all customers answered",
        lambda m: _("%(share)s of %(n)s calls to all customers answered") % {"share": m[1], "n": m[2]},
    ),
    (
        r"answers more often then \((\d+) of (\d+) calls\)",
        lambda m: _("answers more often then (%(hits)s of %(n)s calls)") % {"hits": m[1], "n": m[2]},
    ),
    (
        r"(\d+) days late",
        lambda m: ngettext("%(days)d day late", "%(days)d days late", int(m[1])) % {"days": int(m[1])},
    ),
    (
        r"in (\d+) days",
        lambda m: ngettext("in %(days)d day", "in %(days)d days", int(m[1])) % {"days": int(m[1])},
    ),
    (
        r"contacted (\d+) days ago",
        lambda m: (
            ngettext("contacted %(days)d day ago", "contacted %(days)d days ago", int(m[1]))
            % {"days": int(m[1])}
        ),
    ),
]


def told(text: str) -> str:
    """Return what is kept in English in the reader's language; what nobody has written here as it is."""
    for pattern, words in _WITH_PARTS:
        if match := re.fullmatch(pattern, text, re.DOTALL):
            return words(match)
    return _(text) if text in _SAID else text
