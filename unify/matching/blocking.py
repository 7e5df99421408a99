"""Blocking keys: two records are compared only when they share one.

A key is a short text, its kind first ("e:ann@shop.com"), so that one indexed table of (key, profile) serves
the request, and the same keys exploded serve the batch. Kinds stand from the surest to the vaguest; which of
them are in use, and how many records may share one key, is the model's business.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

import jellyfish

from unify.matching.record import PersonRecord

Keys = Iterator[str]
_SHORTEST_LOCAL_PART = 5
_SHORTEST_WORD = 4
_NATIONAL_DIGITS = 7
_SOUND_LENGTH = 6


@lru_cache(maxsize=262_144)
def sound(word: str) -> str:
    """How a name sounds (metaphone of its ASCII key, without spaces), the same for its usual misspellings."""
    joined = word.replace(" ", "")
    return (jellyfish.metaphone(joined) or joined)[:_SOUND_LENGTH]


def _emails(record: PersonRecord) -> Keys:
    yield from record.mailboxes


def _phones(record: PersonRecord) -> Keys:
    yield from (phone[-9:] for phone in record.phones)


def _tax_id(record: PersonRecord) -> Keys:
    yield from filter(None, (record.tax_id,))


def _last_and_birth(record: PersonRecord) -> Keys:
    if record.birth_date:
        yield from (
            f"{sound(name)} {record.birth_date}" for name in (record.last_name, record.first_name) if name
        )


def _name_and_place(record: PersonRecord) -> Keys:
    names = _sorted_names(record)
    if names:
        yield from (f"{names} {place}" for place in (record.postcode, record.city) if place)


def _street_and_place(record: PersonRecord) -> Keys:
    if record.street:
        yield f"{record.street} {record.postcode or record.city or ''}"


def _email_names(record: PersonRecord) -> Keys:
    names = (mailbox.partition("@")[0] for mailbox in record.mailboxes)
    yield from (name for name in names if len(name) >= _SHORTEST_LOCAL_PART)


def _phone_ends(record: PersonRecord) -> Keys:
    yield from (phone[-_NATIONAL_DIGITS:] for phone in record.phones)


def _organisation(record: PersonRecord) -> Keys:
    yield from filter(None, (record.organisation,))


def _street(record: PersonRecord) -> Keys:
    yield from filter(None, (record.street,))


def _house_and_word(record: PersonRecord) -> Keys:
    if record.house:
        yield from (f"{record.house} {word[:5]}" for word in record.street_words)


def _birth_and_place(record: PersonRecord) -> Keys:
    if record.birth_date and (place := record.postcode or record.city):
        yield f"{record.birth_date} {place}"


def _initials_and_birth(record: PersonRecord) -> Keys:
    if record.birth_date and record.first_name and record.last_name:
        initials = "".join(sorted((record.first_name[0], record.last_name[0])))
        yield f"{initials} {record.birth_date[:6]}"
        yield f"{initials} {record.birth_date[4:]}-"


def _names(record: PersonRecord) -> Keys:
    yield from filter(None, (_sorted_names(record),))


def _name_and_year(record: PersonRecord) -> Keys:
    if record.birth_date:
        names = filter(None, (record.first_name, record.last_name))
        yield from (f"{sound(name)} {record.birth_date[:4]}" for name in names)


def _name_and_postcode(record: PersonRecord) -> Keys:
    if record.postcode:
        names = filter(None, (record.first_name, record.last_name))
        yield from (f"{sound(name)} {record.postcode}" for name in names)


def _words_and_place(record: PersonRecord) -> Keys:
    if place := record.postcode or record.city or record.house:
        yield from (f"{word} {place}" for word in record.organisation_words if len(word) >= _SHORTEST_WORD)


def _word_pairs(record: PersonRecord) -> Keys:
    words = [word for word in record.organisation_words if len(word) >= _SHORTEST_WORD]
    yield from (" ".join(sorted(pair)) for pair in zip(words, words[1:], strict=False))


def _birth_dates(record: PersonRecord) -> Keys:
    yield from filter(None, (record.birth_date,))


def _name_and_city(record: PersonRecord) -> Keys:
    if record.city:
        names = filter(None, (record.first_name, record.last_name))
        yield from (f"{sound(name)} {sound(record.city)}" for name in names)


def _name_and_day(record: PersonRecord) -> Keys:
    if record.birth_date:
        names = filter(None, (record.first_name, record.last_name))
        yield from (f"{name[:2]} {record.birth_date[4:]}" for name in names)


def _extras(record: PersonRecord) -> Keys:
    yield from (f"{column} {value}" for column, value in record.extras.items() if value)


def _words(record: PersonRecord) -> Keys:
    yield from (word for word in record.organisation_words if len(word) >= _SHORTEST_WORD)


def _last_names(record: PersonRecord) -> Keys:
    yield from (sound(name) for name in (record.last_name, record.first_name) if name)


def _sorted_names(record: PersonRecord) -> str:
    """Both names by sound, in one order, so that swapped ones meet; nothing for half a name."""
    if not record.first_name or not record.last_name:
        return ""
    return " ".join(sorted((sound(record.first_name), sound(record.last_name))))


# How the keys of each kind are made, from the surest kind to the vaguest.
MAKERS: dict[str, Callable[[PersonRecord], Keys]] = {
    "e": _emails,
    "p": _phones,
    "t": _tax_id,
    "nb": _last_and_birth,
    "np": _name_and_place,
    "sp": _street_and_place,
    "en": _email_names,
    "pe": _phone_ends,
    "o": _organisation,
    "bp": _birth_and_place,
    "ib": _initials_and_birth,
    "s": _street,
    "hw": _house_and_word,
    "wp": _words_and_place,
    "n": _names,
    "nz": _name_and_postcode,
    "ny": _name_and_year,
    "ww": _word_pairs,
    "b": _birth_dates,
    "nd": _name_and_day,
    "nc": _name_and_city,
    "x": _extras,
    "w": _words,
    "l": _last_names,
}
KINDS = tuple(MAKERS)
# Kept whatever they cost; the vaguer ones only while the pairs they add stay affordable.
SURE_KINDS = frozenset({"e", "p", "t", "nb", "np", "sp", "o"})


def blocking_keys(record: PersonRecord, kinds: tuple[str, ...] = KINDS) -> list[str]:
    """The record's keys, each once, surest first."""
    keys = (f"{kind}:{key}" for kind in kinds for key in MAKERS[kind](record))
    return list(dict.fromkeys(keys))
