"""The model of a tenant that has nothing to learn from yet.

Probabilities are those measured on labelled sets (docs/matching.md): m of an exact agreement, then of near
ones, then of a difference. u of an exact agreement is the frequency of the value itself, so that a rare name
says more than a common one, and a switchboard's number says little.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import starmap
from typing import Any

from unify.matching.blocking import KINDS
from unify.matching.conflicts import (
    HALF_SWAPPED,
    INITIAL,
    NEAR_NUMBER,
    NEARLY_SWAPPED,
    ONE_IN_COMMON,
    OTHER_NUMBER,
    SAME_MAILBOX,
    SWAPPED,
    TWO_OF_THREE,
)
from unify.matching.levels import (
    alike,
    any_in_common,
    comparison,
    different,
    exact,
    level,
    null,
    typo,
    words_in_common,
    words_of_both,
)
from unify.matching.model import Blocking, Comparison, MatchModel
from unify.matching.record import words_column

_SMALLEST = 2
_JARO = "jaro_winkler_similarity"
# First and last name in each other's place, and one of them there: counted once, under the last name.
_EXACTLY_SWAPPED = (
    "(first_name_l = last_name_r AND last_name_l = first_name_r AND first_name_l <> last_name_l)"
)
_SWAPPED = (
    f"{_EXACTLY_SWAPPED}"
    f" OR ({_JARO}(first_name_l, last_name_r) >= 0.75 AND {_JARO}(last_name_l, first_name_r) >= 0.75"
    f" AND greatest({_JARO}(first_name_l, last_name_r), {_JARO}(last_name_l, first_name_r)) >= 0.85"
    f" AND {_JARO}(first_name_l, first_name_r) < 0.7 AND {_JARO}(last_name_l, last_name_r) < 0.7)"
)
_ONE_IN_PLACE = (
    f"({_JARO}(first_name_l, last_name_r) >= 0.92 OR {_JARO}(last_name_l, first_name_r) >= 0.92)"
    f" AND {_JARO}(last_name_l, last_name_r) < 0.7"
)
# A nickname that stands for no name in particular neither agrees nor differs.
_ONE_NICKNAME = (
    "(nickname_l IS NULL AND NOT (nickname_r IS NULL)) OR (nickname_r IS NULL AND NOT (nickname_l IS NULL))"
)
_SAME_STREET = "street_l = street_r"


def shipped_model(n_records: int, *, extras: Mapping[str, str] | None = None, **fields: Any) -> MatchModel:
    """The shipped model for so many records; `extras` are further text columns with their titles."""
    n = max(n_records, _SMALLEST)
    return MatchModel(
        probability_two_random_records_match=1 / n,
        comparisons=(
            *_person(n),
            *_contacts(),
            *_place(n),
            *_organisation(n),
            *_ids(),
            *starmap(_extra, (extras or {}).items()),
        ),
        blocking=Blocking(kinds=KINDS),
        **fields,
    )


def _person(n: int) -> list[Comparison]:
    initial = (
        "(substr(first_name_l, 1, 1) = substr(first_name_r, 1, 1)"
        " AND (length(first_name_l) = 1 OR length(first_name_r) = 1))"
    )
    return [
        comparison("first_name", "First name", [
            null("first_name", unless=f"{_SWAPPED} OR {_ONE_IN_PLACE} OR {_ONE_NICKNAME}"),
            exact("first_name", 0.72, 1e-4, n_records=n),
            level(f"{alike('first_name', 0.92)} OR {typo('first_name', length=3)} OR "
                  f"{any_in_common('first_forms')}", "spelled alike or a short form", 0.10, 0.001),
            level(f"{initial} OR starts_with(first_name_l, first_name_r)"
                  f" OR starts_with(first_name_r, first_name_l) OR {alike('first_name', 0.82)}"
                  f" OR {words_in_common('first_words', share=1)}", INITIAL,
                  0.08, 0.006),
            different(0.10, 0.99),
        ]),
        comparison("last_name", "Last name", [
            null("last_name"),
            exact("last_name", 0.80, 1e-4, n_records=n),
            level(_EXACTLY_SWAPPED, SWAPPED, 0.025, 1.5e-6),
            level(_SWAPPED, NEARLY_SWAPPED, 0.015, 2.5e-6),
            level(f"{alike('last_name', 0.92)} OR {typo('last_name', length=3)}", "spelled alike",
                  0.10, 5e-4),
            level(f"{words_in_common('last_words', share=1)} OR {alike('last_name', 0.86)}", "partly alike",
                  0.03, 0.003),
            level(_ONE_IN_PLACE, HALF_SWAPPED, 0.01, 4e-4),
            different(0.07, 0.99),
        ]),
        comparison("birth_date", "Date of birth", [
            null("birth_date"),
            exact("birth_date", 0.85, 3e-5, n_records=n),
            level(f"{typo('birth_date')} OR (substr(birth_date_l, 1, 4) = substr(birth_date_r, 1, 4)"
                  " AND substr(birth_date_l, 5, 2) = substr(birth_date_r, 7, 2)"
                  " AND substr(birth_date_l, 7, 2) = substr(birth_date_r, 5, 2))",
                  "one digit off, or day and month swapped", 0.06, 0.0015),
            level("substr(birth_date_l, 1, 6) = substr(birth_date_r, 1, 6)"
                  " OR substr(birth_date_l, 5, 4) = substr(birth_date_r, 5, 4)"
                  f" OR {typo('birth_date', 2)}", TWO_OF_THREE, 0.05, 0.017),
            different(0.04, 0.997),
        ]),
    ]  # fmt: skip


def _contacts() -> list[Comparison]:
    return [
        comparison("email", "E-mail", [
            null("email"),
            exact("email", 0.65, 1e-6),
            level(any_in_common("mailboxes"), SAME_MAILBOX, 0.05, 2e-5),
            level(f"{typo('email', 2)} OR {alike('email', 0.96)}"
                  " OR (email_name_l = email_name_r AND length(email_name_l) > 4)", "spelled alike",
                  0.08, 3e-4),
            different(0.22, 0.9997),
        ]),
        comparison("phone", "Phone", [
            null("phone"),
            exact("phone", 0.65, 1e-6),
            level(f"{any_in_common('phones')} OR right(phone_l, 7) = right(phone_r, 7)", ONE_IN_COMMON,
                  0.05, 2e-5),
            level(typo("phone"), "one digit off", 0.03, 1e-5),
            different(0.32, 0.9999),
        ]),
    ]  # fmt: skip


def _place(n: int) -> list[Comparison]:
    house = "(house_l IS NULL OR house_r IS NULL OR house_l = house_r)"
    near = f"({alike('street_name', 0.9)} OR {typo('street_name', 2, length=6)})"
    return [
        comparison("street", "Street", [
            null("street"),
            exact("street", 0.65, 1e-6, n_records=n),
            level(f"{house} AND ({near} OR {words_in_common('street_words', share=0.6)})", "spelled alike",
                  0.12, 1e-4),
            level(f"{near} AND {typo('house')}", NEAR_NUMBER, 0.03, 2e-4),
            level(f"{near} OR {words_of_both('street_words', share=0.6)}", OTHER_NUMBER,
                  0.03, 1e-3),
            different(0.17, 0.99),
        ]),
        comparison("postcode", "Postcode", [
            null("postcode", unless=_SAME_STREET),
            exact("postcode", 0.75, 1e-4, n_records=n),
            level(typo("postcode"), "one character off", 0.08, 0.005),
            different(0.17, 0.99),
        ]),
        comparison("city", "City", [
            null("city", unless=f"{_SAME_STREET} OR postcode_l = postcode_r"),
            exact("city", 0.80, 1e-3, n_records=n),
            level(f"{alike('city', 0.9)} OR {typo('city', length=3)}", "spelled alike", 0.08, 0.002),
            different(0.12, 0.95),
        ]),
    ]  # fmt: skip


def _organisation(n: int) -> list[Comparison]:
    return [
        comparison("organisation", "Name of the organisation", [
            null("organisation"),
            exact("organisation", 0.55, 1e-5),
            level(f"{alike('organisation', 0.94)} OR {typo('organisation', 2, length=6)} OR "
                  f"{words_of_both('organisation_words', share=0.8)}", "spelled alike", 0.15, 3e-4),
            level(words_in_common("organisation_words", share=1), "one contains the other", 0.10, 2e-3),
            level(f"{words_of_both('organisation_words', share=0.5)} OR {alike('organisation', 0.86)}",
                  "half of the words in common", 0.08, 5e-3),
            level(words_in_common("organisation_words", share=0.3), "some words in common", 0.05, 0.03),
            different(0.07, 0.96),
        ]),
        comparison("company", "Company", [
            null("company"),
            exact("company", 0.55, 1e-3, n_records=n),
            level(f"{alike('company', 0.92)}", "spelled alike", 0.10, 0.002),
            different(0.35, 0.99),
        ]),
    ]  # fmt: skip


def _ids() -> list[Comparison]:
    return [
        comparison("tax_id", "Tax or national id", [
            null("tax_id"),
            exact("tax_id", 0.80, 1e-6),
            level(typo("tax_id"), "one character off", 0.10, 1e-5),
            different(0.10, 0.9999),
        ]),
    ]  # fmt: skip


def _extra(column: str, title: str) -> Comparison:
    words = words_column(column)
    return comparison(column, title, [
        null(column),
        exact(column, 0.55, 2e-3),
        level(f"{alike(column, 0.92)} OR {typo(column, length=4)} OR {words_of_both(words, share=0.8)}",
              "spelled alike", 0.12, 0.01),
        level(f"{words_in_common(words, share=0.5)}", "words in common", 0.08, 0.04),
        different(0.25, 0.80),
    ])  # fmt: skip
