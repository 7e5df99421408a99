"""What the endpoints of duplicates take."""

from __future__ import annotations

import uuid
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, Strict, StringConstraints

from cdp.api.paging import PageQuery
from cdp.api.wire import AsNumber, Incoming
from profiles.api.serializers.bodies import JsonBody, ProfileIds
from unify.choices import CaseState, Decision, RunKind
from unify.deciding.cases import Pair, ordered
from unify.merging.choices import Answer, MergeOrigin, MergeStatus, MergeStrategy, SurvivorshipRule

_ID = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"
MOST_PAIRS = 100
LARGEST_INTEGER = 2**31 - 1


def _distinct(pair_id: str) -> str:
    if len(set(pair_of(pair_id))) == 1:
        raise ValueError("These are one customer already.")
    return pair_id


def pair_of(pair_id: str) -> Pair:
    """Return the customers of ``pair_<id>_<id>``."""
    _prefix, one, other = pair_id.split("_")
    return uuid.UUID(one), uuid.UUID(other)


PairId = Annotated[
    str, StringConstraints(pattern=f"^pair_{_ID}_{_ID}$", max_length=80), AfterValidator(_distinct)
]
Flag = Annotated[bool, Strict()]
Percent = Annotated[int, Strict(), Field(ge=0, le=100)]
Count = Annotated[int, Strict(), Field(ge=0, le=LARGEST_INTEGER)]
QueryScore = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]
Answers = Annotated[dict[Annotated[str, Field(max_length=300)], Answer], Field(max_length=1000)]
Versions = Annotated[
    dict[uuid.UUID, Annotated[int, Strict(), Field(ge=1, le=LARGEST_INTEGER)]], Field(max_length=100)
]


class HowToMerge(Incoming):
    """Whose values are kept. ``resolvedConflicts`` has the last word: {field: a value, or whose value: the id
    of a customer, ``profile1`` or ``profile2``}. ``force`` overrules what a person may overrule. ``versions``
    are those of the customers that were seen: if one has changed since, nothing is merged.
    """

    strategy: MergeStrategy = MergeStrategy.MERGE_BOTH
    resolved_conflicts: JsonBody = {}
    reason: Reason = ""
    force: Flag = False
    versions: Versions | None = None


class MergeBody(HowToMerge):
    """Pairs that are one customer. The first customer of the first pair survives, unless another is named."""

    candidate_ids: Annotated[list[PairId], Field(min_length=1, max_length=MOST_PAIRS)]
    winner_id: uuid.UUID | None = None

    @property
    def pairs(self) -> list[Pair]:
        """Return the customers of each pair, as they were written."""
        return [pair_of(pair_id) for pair_id in self.candidate_ids]


class CustomerMergeBody(HowToMerge):
    """The customer to merge into the one of the address."""

    loser_id: uuid.UUID


class UnmergeBody(Incoming):
    """What becomes of changes made since the merge: by their keys, and of all others."""

    answers: Answers = {}
    default: Answer | None = None


class MatchQuery(Incoming):
    """How many customers at most, from which score on, and who is not meant."""

    limit: Annotated[int, Field(ge=1, le=20), AsNumber] = 5
    min_score: QueryScore | None = None
    exclude: uuid.UUID | None = None


class CandidateQuery(PageQuery):
    """Which pairs: from a score on, or of one customer."""

    min_score: QueryScore | None = None
    profile_id: uuid.UUID | None = None


class MergeQuery(PageQuery):
    """Which merges: those that hold, those by a run, or those of one customer on either side."""

    status: MergeStatus | None = None
    origin: MergeOrigin | None = None
    profile_id: uuid.UUID | None = None


class PairQuery(Incoming):
    """Two customers."""

    profile_id1: uuid.UUID
    profile_id2: uuid.UUID


class PairBody(Incoming):
    """Two customers to put before people."""

    profile_ids: Annotated[ProfileIds, Field(min_length=2, max_length=2)]

    @property
    def pair(self) -> Pair:
        """Return them in order."""
        return ordered(*self.profile_ids)


class CaseQuery(PageQuery):
    """Which cases."""

    state: CaseState | None = None
    min_score: QueryScore | None = None
    profile_id: uuid.UUID | None = None


class VerdictQuery(PageQuery):
    """Which verdicts: those about one customer, or of one case."""

    profile_id: uuid.UUID | None = None
    case_id: uuid.UUID | None = None


class ClaimBody(Incoming):
    """Which case to look at; without one, the next nobody else looks at."""

    case_id: uuid.UUID | None = None


class DecisionBody(HowToMerge):
    """What is said of a case. MIXED names in ``winnerId`` and ``loserIds`` those that are the same.

    ``versions`` are those of the records that were seen: if one has changed since, nothing is decided.
    """

    decision: Decision
    winner_id: uuid.UUID | None = None
    loser_ids: ProfileIds | None = None


class AcceptBody(Incoming):
    """From which score on cases without conflict are accepted, and why."""

    least_score: Annotated[float, Strict(), Field(ge=0, le=100, allow_inf_nan=False)]
    reason: Reason = ""


class RunQuery(PageQuery):
    """Which searches."""

    kind: RunKind | None = None


class RunBody(Incoming):
    """What to look at: ``incremental`` (what changed) or ``deep`` (everybody)."""

    kind: Literal["incremental", "deep"] = "incremental"


class PublishBody(Incoming):
    """``complete``: where nothing was learned about a level, use the shipped weight."""

    complete: Flag = False


class DiffQuery(Incoming):
    """The version to compare with; without one, the version in use."""

    against: uuid.UUID | None = None


_Source = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
_Field = Annotated[str, StringConstraints(pattern=r"^[a-z][A-Za-z_]{0,60}(\.[^\x00]{1,100})?$")]


class SettingsBody(Incoming):
    """The rules to change; what is not named stays."""

    review_score: Percent = 60
    merge_score: Percent = 90
    merges_by_itself: Flag = True
    largest_cluster: Annotated[int, Strict(), Field(ge=2, le=100)] = 5
    bulk_score: Percent = 85
    needs_second_person: Flag = False
    risky_events: Count = 1000
    digest_from: Count = 20
    source_ranks: Annotated[list[_Source], Field(max_length=100)] = []
    survivorship: Annotated[dict[_Field, SurvivorshipRule], Field(max_length=200)] = {}

    def changes(self) -> dict[str, Any]:
        """Return what was said, as it is stored."""
        return self.said()
