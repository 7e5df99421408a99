"""Which customers some pairs make one."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.utils.translation import gettext

from cdp.errors import Invalid
from unify.deciding.cases import Pair


def one_customer(pairs: Sequence[Pair], winner_id: uuid.UUID | None = None) -> list[uuid.UUID]:
    """Return the customers of connected pairs, the survivor first: the one named, else the very first.

    Raises Invalid when the pairs do not hang together, or the survivor is in none of them.
    """
    members = list(dict.fromkeys(pk for pair in pairs for pk in pair))
    reached, waiting = {members[0]}, list(pairs)
    while touching := [pair for pair in waiting if reached & set(pair)]:
        reached |= {pk for pair in touching for pk in pair}
        waiting = [pair for pair in waiting if pair not in touching]
    if waiting:
        message = gettext("These pairs are not about one customer: merge one group at a time.")
        raise Invalid(message, fields={"candidateIds": [message]})
    winner = winner_id or members[0]
    if winner not in reached:
        message = gettext("The survivor is one of the customers of the pairs.")
        raise Invalid(message, fields={"winnerId": [message]})
    return [winner, *(pk for pk in members if pk != winner)]
