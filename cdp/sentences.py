"""Sentences kept in English, where programs read them too, and shown in the language of whoever looks."""

from __future__ import annotations

import re
from bisect import insort

from django.utils.translation import get_language, gettext

_place = re.compile(r"%\((\w+)\)s")
# The one with most words of its own first: "%(column)s was left out: %(problem)s" fits many others.
_with_places: list[Sentence] = []


class Sentence:
    """An English sentence with named places, marked for the catalogues with gettext_noop; made at import.

    What is kept is the English text with its places filled. ``translated`` finds the sentence again and says
    it anew; the values of ``ours`` are texts of this system, and are translated with it.
    """

    def __init__(self, template: str, *, ours: tuple[str, ...] = ()) -> None:
        self.template = template
        self.ours = ours
        # Text and names take turns.
        form = [
            f"(?P<{part}>.+?)" if number % 2 else re.escape(part)
            for number, part in enumerate(_place.split(template))
        ]
        self._fits = re.compile("".join(form), re.DOTALL).fullmatch
        insort(_with_places, self, key=lambda one: -len(_place.sub("", one.template)))

    def __call__(self, **values: object) -> str:
        """Return the English text."""
        return self.template % values

    def said_anew(self, text: str) -> str | None:
        """Return a text made from this sentence in the active language; None for any other text."""
        if (found := self._fits(text)) is None:
            return None
        values = found.groupdict()
        return gettext(self.template) % (values | {name: translated(values[name]) for name in self.ours})


def translated(text: str) -> str:
    """Return an English text of this system in the active language; what is none of them as it is."""
    if not text or (get_language() or "en").startswith("en"):
        return text
    known = gettext(text)
    if known != text:
        return known
    anew = (sentence.said_anew(text) for sentence in _with_places)
    return next((said for said in anew if said is not None), text)


def sentences() -> list[Sentence]:
    """Return every sentence with places there is."""
    return list(_with_places)
