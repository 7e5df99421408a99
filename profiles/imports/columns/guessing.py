"""Guessing which field of a profile each column of a file is."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext_noop

from cdp.sentences import Sentence
from profiles.imports.columns.computed import COMPUTED, REASON, ROW, computed_names
from profiles.imports.columns.content import are_own_ids, are_running_numbers, denies, likely_kind
from profiles.imports.columns.headings import normalise_heading
from profiles.imports.columns.targets import ATTRIBUTE_PREFIX, IGNORE, MAX_ATTRIBUTE_KEY_LENGTH, TARGET_FIELDS
from profiles.imports.columns.vocabulary import (
    ATTRIBUTE_HEADINGS,
    COMPANY_QUALIFIERS,
    CONTAINED,
    HEADINGS,
    JUST_NAME,
    MISLEADING,
    QUALIFIERS,
)

_SAMPLE = 50
_PROBED_LENGTH = 200
_CERTAIN, _ENOUGH = 0.9, 0.6
_LONGEST_BEFORE_COPY = len(ATTRIBUTE_PREFIX) + MAX_ATTRIBUTE_KEY_LENGTH - 4
_ADDITIONAL = {"email": "emails", "phone": "phones"}
_FIELD = ("field",)
UNLIKE = Sentence(
    gettext_noop("The heading suggests %(field)s, but the values do not look like it."), ours=_FIELD
)
UNKNOWN = gettext_noop("No field has this name; kept as an attribute.")
SURE = Sentence(gettext_noop("The heading is a name for %(field)s."), ours=_FIELD)
PROBABLE = Sentence(gettext_noop("The heading is probably a name for %(field)s."), ours=_FIELD)
PARTLY = Sentence(gettext_noop("The heading contains a word for %(field)s."), ours=_FIELD)
KIND = Sentence(gettext_noop("The heading names the kind of the %(field)s beside it."), ours=_FIELD)
FIRST = Sentence(gettext_noop("The heading is a name for the first %(field)s."), ours=_FIELD)
FURTHER = Sentence(gettext_noop("The heading is a name for a further %(field)s."), ours=_FIELD)
BY_VALUES = Sentence(gettext_noop("%(share)s of the first values look like %(field)s."), ours=_FIELD)
IN_PAIRS = Sentence(
    gettext_noop("The heading says “name”; with the other columns it is the %(field)s."), ours=_FIELD
)
SECOND = Sentence(gettext_noop("The column “%(column)s” fits %(field)s better."), ours=_FIELD)
_numbered = re.compile(
    r"(email|phone)(?: address| number)? (\d+)(?: (value|address|number|label|type))?"
).fullmatch
_is_made_up = re.compile(r"column \d+").fullmatch


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """What one column is taken for; confidence is 0 to 1, the reason is for people."""

    index: int
    header: str
    target: str
    confidence: float
    reason: str


def guess_mapping(header: Sequence[str], sample_rows: Iterable[Sequence[str]] = ()) -> list[ColumnGuess]:
    """One guess per column; no two columns fill the same single-valued field."""
    rows = [row for row, _ in zip(sample_rows, range(_SAMPLE), strict=False)]
    guesses = []
    for index, heading in enumerate(header):
        cells = (row[index].strip() for row in rows if index < len(row))
        values = [cell[:_PROBED_LENGTH] for cell in cells if cell]
        guesses.append(_guess(index, heading, values))
    return _with_distinct_keys(_with_one_column_each(_with_names_in_pairs(_without_computed(guesses))))


def _guess(index: int, heading: str, values: Sequence[str]) -> ColumnGuess:
    words = normalise_heading(heading)
    target, confidence, reason = _from_heading(words)
    if target == "profile_id" and not are_own_ids(values):
        target = "external_id"
    if target and (denies(values, target) or _are_hardly_ids(values, target, confidence)):
        reason = UNLIKE(field=TARGET_FIELDS[target].label)
        return ColumnGuess(index, heading, _attribute(words, index), 0.6, reason)
    if not target and words not in ATTRIBUTE_HEADINGS:
        target, confidence, reason = _from_values(words, values)
    if target:
        return ColumnGuess(index, heading, target, round(confidence, 2), reason)
    return ColumnGuess(index, heading, _attribute(words, index), 0.5, UNKNOWN)


def _are_hardly_ids(values: Sequence[str], target: str, confidence: float) -> bool:
    """Tell whether a heading that only says "ID" stands over the numbers of the rows."""
    return target == "external_id" and confidence <= _CERTAIN and are_running_numbers(values)


def _from_heading(words: str) -> tuple[str, float, str]:
    if words in ATTRIBUTE_HEADINGS:
        return "", 0.0, ""
    if match := _numbered(words):
        return _from_number(match[1], int(match[2]), match[3])
    target, confidence = HEADINGS.get(words) or _without_qualifiers(words)
    if target:
        reason = SURE if confidence > _CERTAIN else PROBABLE
        return target, confidence, reason(field=TARGET_FIELDS[target].label)
    for field, parts in CONTAINED.items():
        if any(part in words for part in parts) and not MISLEADING.intersection(words.split()):
            return field, 0.6, PARTLY(field=TARGET_FIELDS[field].label)
    return "", 0.0, ""


def _from_number(kind: str, number: int, part: str | None) -> tuple[str, float, str]:
    if part in {"label", "type"}:
        return IGNORE, 0.9, KIND(field=TARGET_FIELDS[kind].label)
    if number == 1:
        return kind, 0.97, FIRST(field=TARGET_FIELDS[kind].label)
    return _ADDITIONAL[kind], 0.95, FURTHER(field=TARGET_FIELDS[kind].label)


def _without_qualifiers(words: str) -> tuple[str, float]:
    rest, factor = words.split(), 1.0
    is_companys = False
    while len(rest) > 1:
        place = 0 if rest[0] in QUALIFIERS else -1
        if rest[place] not in QUALIFIERS:
            return "", 0.0
        is_companys |= rest[place] in COMPANY_QUALIFIERS
        factor *= QUALIFIERS[rest.pop(place)]
        target, confidence = HEADINGS.get(" ".join(rest), ("", 0.0))
        if target and not (is_companys and target in {"external_id", "name", "type", "member_id"}):
            return target, confidence * factor
    return "", 0.0


def _from_values(words: str, values: Sequence[str]) -> tuple[str, float, str]:
    is_nameless = not words or bool(_is_made_up(words))
    kind, part = likely_kind(values, at_least=_ENOUGH)
    if kind in {"email", "phone"} or (kind and is_nameless):
        reason = BY_VALUES(share=f"{part:.0%}", field=TARGET_FIELDS[kind].label)
        return kind, part * (0.9 if kind == "email" else 0.6), reason
    return "", 0.0, ""


def _attribute(words: str, index: int) -> str:
    key = words.replace(" ", "_")[:MAX_ATTRIBUTE_KEY_LENGTH].rstrip("_")
    return ATTRIBUTE_PREFIX + (key or f"column_{index + 1}")


def _without_computed(guesses: list[ColumnGuess]) -> list[ColumnGuess]:
    """Leave out what is in files made here and says nothing of a customer."""
    if [guess.header.strip() for guess in guesses[-2:]] == [ROW, REASON]:
        ignored = [replace(guess, target=IGNORE, confidence=0.9, reason=COMPUTED) for guess in guesses[-2:]]
        return [*_without_computed(guesses[:-2]), *ignored]
    if all(guess.target != "profile_id" for guess in guesses):
        return guesses
    names = computed_names()
    return [
        replace(guess, target=IGNORE, confidence=0.9, reason=COMPUTED)
        if guess.target.startswith(ATTRIBUTE_PREFIX) and normalise_heading(guess.header) in names
        else guess
        for guess in guesses
    ]


def _with_names_in_pairs(guesses: list[ColumnGuess]) -> list[ColumnGuess]:
    """A heading that only says "name" is the given name beside a family name, and the whole name alone."""
    targets = {guess.target for guess in guesses}
    if "last_name" in targets and "first_name" not in targets:
        return [_retarget(guess, "name", "first_name") for guess in guesses]
    if "first_name" in targets and not targets & {"last_name", "name"}:
        return [_retarget(guess, "first_name", "name") for guess in guesses]
    return guesses


def _retarget(guess: ColumnGuess, target: str, instead: str) -> ColumnGuess:
    if guess.target != target or normalise_heading(guess.header) not in JUST_NAME:
        return guess
    reason = IN_PAIRS(field=TARGET_FIELDS[instead].label)
    return replace(guess, target=instead, confidence=0.9, reason=reason)


def _with_one_column_each(guesses: list[ColumnGuess]) -> list[ColumnGuess]:
    best: dict[str, ColumnGuess] = {}
    for guess in guesses:
        held = best.get(guess.target)
        if held is None or guess.confidence > held.confidence:
            best[guess.target] = guess
    return [_kept_or_second(guess, best[guess.target]) for guess in guesses]


def _kept_or_second(guess: ColumnGuess, best: ColumnGuess) -> ColumnGuess:
    field = TARGET_FIELDS.get(guess.target)
    if field is None or field.is_multiple or guess.index == best.index:
        return guess
    additional = _ADDITIONAL.get(guess.target)
    target = additional or _attribute(normalise_heading(guess.header), guess.index)
    reason = SECOND(column=best.header, field=TARGET_FIELDS[guess.target].label)
    return replace(guess, target=target, confidence=min(guess.confidence, 0.8), reason=reason)


def _with_distinct_keys(guesses: list[ColumnGuess]) -> list[ColumnGuess]:
    taken: set[str] = set()
    distinct = []
    for guess in guesses:
        target, copy = guess.target, 1
        while target.startswith(ATTRIBUTE_PREFIX) and target in taken:
            copy += 1
            target = f"{guess.target[:_LONGEST_BEFORE_COPY]}_{copy}"
        taken.add(target)
        distinct.append(replace(guess, target=target))
    return distinct
