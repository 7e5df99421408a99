"""Scores, weights and conflicts in words, for people without statistics."""

from __future__ import annotations

import math
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

Text = str | Promise

SCORE_WORDS: tuple[tuple[float, str, Text], ...] = (
    (97, "sure", gettext_lazy("almost certainly the same")),
    (90, "sure", gettext_lazy("very likely the same")),
    (75, "likely", gettext_lazy("likely the same")),
    (60, "open", gettext_lazy("may be the same")),
    (0, "doubtful", gettext_lazy("probably not the same")),
)
# Bits from which on a weight says so much.
STRONG, CLEAR, FAINT = 8.0, 3.0, 0.5
MANY_TIMES = 1_000_000

CONFLICTS: dict[str, Text] = {
    "auth_id": gettext_lazy("They log in with two different accounts."),
    "tax_id": gettext_lazy("Their tax ids differ."),
    "first_name": gettext_lazy(
        "Their first names differ, as between members of one household who share address and phone."
    ),
    "twins": gettext_lazy("Their first names differ on one date of birth, as those of twins do."),
    "swapped_names": gettext_lazy(
        "A first name stands where the other has a last name, as relatives' names may."
    ),
    "birth_date": gettext_lazy("Their dates of birth differ; a parent and a child may share all the rest."),
    "name_alone": gettext_lazy("Only name and town agree: nothing that one person alone would have."),
    "nothing_personal": gettext_lazy("Nothing personal agrees: what they share, a household shares too."),
    "family": gettext_lazy("They are known to be family."),
    "branch": gettext_lazy("They have one name and two addresses, as two branches of one organisation have."),
    "other_town": gettext_lazy("They have one name in two towns, as two branches of one organisation have."),
    "organisation": gettext_lazy("Two organisations with different names share an address or a phone."),
}

# Why what looked sure was left to people, by the slug of the error.
OBSTACLES: dict[str, Text] = {
    "not-sure-any-more": gettext_lazy("changed while the search was at work"),
    "needs-second-person": gettext_lazy("risky: two people are asked"),
    "different-logins": gettext_lazy("they log in with different accounts"),
    "different-tax-ids": gettext_lazy("companies with different tax ids"),
    "inactive-profile": gettext_lazy("one of them is inactive"),
    "case-held": gettext_lazy("somebody was looking at them"),
    "case-changed": gettext_lazy("changed since they were compared"),
    "not-all-alike": gettext_lazy("not all of them are alike, or something contradicts"),
    "already-merged": gettext_lazy("somebody merged them meanwhile"),
    "profile-not-found": gettext_lazy("one of them is no longer here"),
    "too-busy": gettext_lazy("others were changing them all the time"),
    "value-taken": gettext_lazy("a value of theirs belongs to another customer by now"),
}


def obstacle_words(reasons: Mapping[str, int]) -> list[tuple[int, str]]:
    """Return how many were left for which reason, the most frequent first."""
    counted = sorted(reasons.items(), key=lambda item: (-item[1], item[0]))
    return [(number, str(OBSTACLES.get(slug) or slug.replace("-", " "))) for slug, number in counted]


# What a score says at most where something contradicts.
AT_MOST_OPEN = 74.0


def score_words(score: float) -> Text:
    """Return a score of 0 to 100 in words."""
    return next(words for least, _tone, words in SCORE_WORDS if score >= least or not least)


def told_score(score: float, *, contradicts: bool) -> float:
    """Return a score as words tell it: where something contradicts, never more than "may be the same"."""
    return min(score, AT_MOST_OPEN) if contradicts else score


def score_tone(score: float) -> str:
    """Return how a score is painted: sure, likely, open or doubtful."""
    return next(tone for least, tone, _words in SCORE_WORDS if score >= least or not least)


def weight_words(weight: float) -> str:
    """Return what a match weight, in bits, says."""
    size = abs(weight)
    if size < FAINT:
        return _("says nothing")
    if weight > 0:
        if size >= STRONG:
            return _("speaks strongly for it")
        return _("speaks for it") if size >= CLEAR else _("speaks a little for it")
    if size >= STRONG:
        return _("speaks strongly against it")
    return _("speaks against it") if size >= CLEAR else _("speaks a little against it")


def times_words(weight: float) -> str:
    """Return a match weight as how much more often this is seen in one customer's records."""
    if abs(weight) < FAINT:
        return _("seen as often in records of one customer as in those of strangers")
    times = _times(2 ** min(abs(weight), 40.0))
    if weight > 0:
        return _("seen %(times)s times as often in records of one customer as in those of strangers") % {
            "times": times
        }
    return _("seen %(times)s times as often in records of strangers as in those of one customer") % {
        "times": times
    }


def signed(weight: float) -> str:
    """Return a weight with its sign: "+9.6", "−2.1", "0"."""
    if abs(weight) < 0.05:  # noqa: PLR2004 (it would be written 0.0)
        return "0"
    return f"{'+' if weight > 0 else '−'}{abs(weight):.1f}"


def prior_words(prior: float) -> str:
    """Return the odds before anything is compared."""
    return _("Of %(number)s pairs picked at random, about one is the same customer.") % {
        "number": _times(2 ** min(-prior, 40.0) + 1)
    }


def conflict_words(rule: str) -> Text:
    """Return a conflict as a sentence; one of a model of our own making by its name."""
    return CONFLICTS.get(rule) or _("%(field)s differs.") % {"field": rule.replace("_", " ").capitalize()}


def _times(number: float) -> str:
    """Return a number with two digits that count, so that nobody takes it for exact."""
    if number >= MANY_TIMES:
        return _("more than a million")
    if number < 10:  # noqa: PLR2004 (below ten a half counts)
        return f"{number:.1f}".rstrip("0").rstrip(".")
    step = 10 ** (math.floor(math.log10(number)) - 1)
    return f"{round(number / step) * step:,}"
