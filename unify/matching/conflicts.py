"""Negative evidence: what two people of one household do not share, and ids that belong to one person alone.

Surname, phone, address, even the e-mail agree between spouses as if by design. The rules look at what is
personal (first name, date of birth, an id) and lower the score to one that a person looks at; they do not
reject, because people change names and mistype dates. Branches of one organisation share name, phone and
website in the same way, and differ by where they are.

Each rule stands once, as a table; Python reads it for one pair, `scores_sql` for a batch.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from unify.matching.model import Caps, Comparison
from unify.matching.scoring import Conflict

DIFFERENT = "different"
NOTHING = "nothing to compare"
OTHER_NUMBER = "same street, other number"
NEAR_NUMBER = "same street, the number one digit off"
INITIAL = "an initial, or partly alike"
TWO_OF_THREE = "two of day, month and year"
SWAPPED = "first and last name swapped"
NEARLY_SWAPPED = "swapped, and spelled alike"
HALF_SWAPPED = "one name in the other's place"
SAME = "the same"
SAME_MAILBOX = "the same mailbox, or one in common"
ONE_IN_COMMON = "one in common"
_WEAK = frozenset({INITIAL, TWO_OF_THREE})
_EXACT = frozenset({SAME, SAME_MAILBOX, ONE_IN_COMMON})
_SWAPPED = frozenset({SWAPPED, NEARLY_SWAPPED})
_DOUBTFULLY_SWAPPED = frozenset({NEARLY_SWAPPED, HALF_SWAPPED})
_ELSEWHERE = frozenset({DIFFERENT, OTHER_NUMBER, NEAR_NUMBER})


class State(Enum):
    """What a rule may ask about the level a comparison reached."""

    MISSING = "missing"
    DIFFERS = "differs"
    AGREES = "agrees"
    SURELY = "surely"
    ELSEWHERE = "elsewhere"
    EXACTLY = "exactly"
    HERE = "here"
    SWAPPED = "swapped"
    DOUBTFULLY_SWAPPED = "doubtfully swapped"

    def holds(self, label: str) -> bool:
        agrees = label not in {DIFFERENT, NOTHING}
        return {
            State.MISSING: label == NOTHING,
            State.DIFFERS: label == DIFFERENT,
            State.AGREES: agrees,
            State.SURELY: agrees and label not in _WEAK,
            State.ELSEWHERE: label in _ELSEWHERE,
            State.EXACTLY: label in _EXACT,
            State.HERE: agrees and label not in _ELSEWHERE,
            State.SWAPPED: label in _SWAPPED,
            State.DOUBTFULLY_SWAPPED: label in _DOUBTFULLY_SWAPPED,
        }[self]


Asked = tuple[str, State]  # comparison, state


@dataclass(frozen=True, slots=True)
class Rule:
    """Holds when all of `when` hold and, of the groups in `unless`, none holds whole.

    `cap` names the field of Caps. `is_shared`: what agrees is explained by a household or a building, so that
    only what differs speaks.
    """

    name: str
    cap: str
    when: tuple[Asked, ...]
    unless: tuple[tuple[Asked, ...], ...] = ()
    is_shared: bool = False


_SAME_ID = (("tax_id", State.AGREES),)
_NEAR_EMAIL = (("email", State.AGREES),)
_SAME_EMAIL = (("email", State.EXACTLY),)
_SAME_PHONE = (("phone", State.EXACTLY),)
_NAMED_ALIKE = (("first_name", State.SURELY),)
_BORN_TOGETHER = (("birth_date", State.SURELY),)
RULES = (
    Rule("tax_id", "tax_id", when=(("tax_id", State.DIFFERS),)),
    Rule(
        "first_name",
        "household",
        when=(("first_name", State.DIFFERS),),
        unless=(_BORN_TOGETHER, _SAME_ID),
        is_shared=True,
    ),
    Rule(
        "twins",
        "household",
        when=(("first_name", State.DIFFERS), ("birth_date", State.SURELY)),
        unless=(_SAME_EMAIL, _SAME_ID),
    ),
    Rule(
        "swapped_names",
        "household",
        when=(("last_name", State.DOUBTFULLY_SWAPPED),),
        unless=((*_BORN_TOGETHER, *_SAME_EMAIL), _SAME_ID),
    ),
    Rule(
        "birth_date",
        "household",
        when=(("birth_date", State.DIFFERS),),
        unless=((*_NAMED_ALIKE, *_SAME_EMAIL, *_SAME_PHONE), _SAME_ID),
    ),
    Rule(
        "nothing_personal",
        "household",
        when=(("organisation", State.MISSING),),
        unless=(
            (("first_name", State.DIFFERS),),
            _NAMED_ALIKE,
            (("last_name", State.SWAPPED),),
            _BORN_TOGETHER,
            _NEAR_EMAIL,
            _SAME_ID,
        ),
        is_shared=True,
    ),
    Rule(
        "name_alone",
        "household",
        when=(("organisation", State.MISSING),),
        unless=(
            _BORN_TOGETHER,
            _NEAR_EMAIL,
            (("phone", State.AGREES),),
            (("street", State.HERE),),
            _SAME_ID,
        ),
    ),
    Rule(
        "branch",
        "household",
        when=(("organisation", State.AGREES), ("street", State.ELSEWHERE)),
        is_shared=True,
    ),
    Rule(
        "other_town",
        "household",
        when=(("organisation", State.AGREES), ("street", State.MISSING), ("city", State.DIFFERS)),
        unless=(_SAME_ID,),
    ),
    Rule(
        "organisation",
        "household",
        when=(("organisation", State.DIFFERS),),
        unless=(_SAME_ID,),
        is_shared=True,
    ),
)
SHARED_RULES = frozenset(rule.name for rule in RULES if rule.is_shared)


def conflicts_of(labels: Mapping[str, str], *, auth_ids_differ: bool, caps: Caps) -> tuple[Conflict, ...]:
    """The rules that hold for a pair, by the label of the level each comparison reached."""

    def holds(asked: Asked) -> bool:
        comparison, state = asked
        return state.holds(labels.get(comparison, NOTHING))

    found = [Conflict("auth_id", caps.auth_id)] if auth_ids_differ else []
    found.extend(
        Conflict(rule.name, getattr(caps, rule.cap), rule.is_shared)
        for rule in RULES
        if all(map(holds, rule.when)) and not any(all(map(holds, group)) for group in rule.unless)
    )
    return tuple(found)


def levels_in(state: State, comparison: Comparison) -> list[int]:
    """Splink's numbers (null -1, ELSE 0, the first level highest) of the levels that are in a state."""
    levels = [level for level in comparison.comparison_levels if not level.is_null_level]
    numbers = [n for n, level in enumerate(reversed(levels)) if state.holds(level.label_for_charts)]
    return [-1, *numbers] if state.holds(NOTHING) else numbers
