"""Negative evidence: what two people of one household do not share, and ids that belong to one person alone.

Surname, phone and address agree between spouses as if by design. The rules look at what is personal, and
lower the score to one that a person looks at; they do not reject, because people change names and mistype
dates.
"""

from __future__ import annotations

from collections.abc import Mapping

from unify.matching.model import Caps
from unify.matching.scoring import Conflict

DIFFERENT = "different"
NOTHING = "nothing to compare"
OTHER_NUMBER = "same street, other number"
NEAR_NUMBER = "same street, the number one digit off"
OTHER_PLACES = frozenset({DIFFERENT, OTHER_NUMBER, NEAR_NUMBER})
Labels = Mapping[str, str]  # comparison -> label of the level that held


def conflicts_of(labels: Labels, *, auth_ids_differ: bool, caps: Caps) -> tuple[Conflict, ...]:
    """The rules that hold for a pair, by the levels its comparisons reached."""
    found = []
    if auth_ids_differ:
        found.append(Conflict("auth_id", caps.auth_id))
    if labels.get("tax_id") == DIFFERENT:
        found.append(Conflict("tax_id", caps.tax_id))
    differs = {name for name, label in labels.items() if label == DIFFERENT}
    agrees = {name for name, label in labels.items() if label not in {DIFFERENT, NOTHING}}
    if "first_name" in differs and ("birth_date" in differs or not agrees & {"birth_date", "email"}):
        found.append(Conflict("first_name", caps.household))
    if "birth_date" in differs and not agrees & {"email", "phone"}:
        found.append(Conflict("birth_date", caps.household))
    if "organisation" in agrees and labels.get("street") in OTHER_PLACES:
        found.append(Conflict("branch", caps.household))
    if "organisation" in differs and "tax_id" not in agrees:
        found.append(Conflict("organisation", caps.household))
    return tuple(found)
