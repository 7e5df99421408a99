"""What the shipped model calls its comparisons and levels, for the catalogues.

A model keeps them in English, as programs and its versions compare them; pages say ``level_words`` of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from unify.matching import MatchModel
from unify.matching.conflicts import (
    DIFFERENT,
    HALF_SWAPPED,
    INITIAL,
    NEAR_NUMBER,
    NEARLY_SWAPPED,
    NOTHING,
    ONE_IN_COMMON,
    OTHER_NUMBER,
    SAME,
    SAME_MAILBOX,
    SWAPPED,
    TWO_OF_THREE,
)

Text = str | Promise
FIELDS: dict[str, Text] = {
    "first_name": gettext_lazy("First name"),
    "last_name": gettext_lazy("Last name"),
    "birth_date": gettext_lazy("Date of birth"),
    "email": gettext_lazy("E-mail"),
    "phone": gettext_lazy("Phone"),
    "street": gettext_lazy("Street"),
    "postcode": gettext_lazy("Postcode"),
    "city": gettext_lazy("City"),
    "organisation": gettext_lazy("Name of the organisation"),
    "company": gettext_lazy("Company"),
    "tax_id": gettext_lazy("Tax or national id"),
}
# Those that rules ask for have names; the others stand in the model as they are here.
LEVELS: dict[str, Text] = {
    DIFFERENT: gettext_lazy("different"),
    NOTHING: gettext_lazy("nothing to compare"),
    OTHER_NUMBER: gettext_lazy("same street, other number"),
    NEAR_NUMBER: gettext_lazy("same street, the number one digit off"),
    INITIAL: gettext_lazy("an initial, or partly alike"),
    TWO_OF_THREE: gettext_lazy("two of day, month and year"),
    SWAPPED: gettext_lazy("first and last name swapped"),
    NEARLY_SWAPPED: gettext_lazy("swapped, and spelled alike"),
    HALF_SWAPPED: gettext_lazy("one name in the other's place"),
    SAME: pgettext_lazy("level of a comparison", "the same"),
    SAME_MAILBOX: gettext_lazy("the same mailbox, or one in common"),
    ONE_IN_COMMON: gettext_lazy("one in common"),
    "spelled alike": gettext_lazy("spelled alike"),
    "spelled alike or a short form": gettext_lazy("spelled alike or a short form"),
    "partly alike": gettext_lazy("partly alike"),
    "one digit off": gettext_lazy("one digit off"),
    "one digit off, or day and month swapped": gettext_lazy("one digit off, or day and month swapped"),
    "one character off": gettext_lazy("one character off"),
    "one contains the other": gettext_lazy("one contains the other"),
    "half of the words in common": gettext_lazy("half of the words in common"),
    "some words in common": gettext_lazy("some words in common"),
    "words in common": gettext_lazy("words in common"),
}


# Titles of shipped comparisons, as the models of tenants keep them.
TITLES = {
    one.comparison_description: FIELDS[one.output_column_name] for one in MatchModel.shipped(2).comparisons
}


def level_words(text: str) -> str:
    """Return a level, or the title of a comparison, in the reader's language; an unknown one as it is."""
    return str(LEVELS.get(text) or TITLES.get(text) or text)


def levels_in_words(names: Sequence[str]) -> str:
    """Return levels named like "first_name: spelled alike" in the reader's language, as one list."""
    parts = (name.partition(": ") for name in names)
    return ", ".join(
        _("%(field)s: %(problem)s") % {"field": FIELDS.get(field, field), "problem": level_words(level)}
        for field, _colon, level in parts
    )
