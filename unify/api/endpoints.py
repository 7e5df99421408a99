"""The endpoints of pairs and merges: what they are for, whom they are open to, what they take and answer."""

from __future__ import annotations

from cdp.api.operation import operation
from cdp.permissions import PROFILE_READ, UNIFY_MERGE
from profiles.api.endpoints import SEEN
from profiles.api.serializers.profiles import CustomerDetail
from profiles.records import ProfileRecord
from unify.api import answers, bodies, case_answers, previews, run_answers

_ONE, _OTHER = "018f3c1e-0000-7000-8000-000000000001", "018f3c1e-0000-7000-8000-000000000002"
_MERGE = {
    "candidateIds": [f"pair_{_ONE}_{_OTHER}"],
    "strategy": "MERGE_BOTH",
    "resolvedConflicts": {"phone": "+66812345678", "name": "profile1"},
}
_REFUSED = {
    409: "They are one customer already, cannot be one (`hard-stop` and its kinds), it takes two people, or "
    "one has changed since it was seen (`case-changed`)."
}
_EDITED = {409: "Something was changed since the merge: `edits` lists what must be answered."}

list_candidates = operation(
    "List duplicates",
    tag="unify",
    code=PROFILE_READ,
    query=bodies.CandidateQuery,
    answer=answers.CandidatePage,
)
detect_duplicates = operation(
    "Find duplicates",
    tag="unify",
    code=PROFILE_READ,
    query=bodies.CandidateQuery,
    answer=answers.CandidatePage,
)
match_record = operation(
    "Find customers like a record",
    tag="unify",
    code=PROFILE_READ,
    query=bodies.MatchQuery,
    body=ProfileRecord,
    answer=answers.AlikeList,
    example={"firstName": "Somchai", "lastName": "Jaidee", "phone": "081 234 5678"},
)
explain_pair = operation(
    "Explain a pair",
    tag="unify",
    code=PROFILE_READ,
    query=bodies.PairQuery,
    answer=run_answers.ExplanationAnswer,
)
open_candidate = operation(
    "Put two customers before people",
    tag="unify",
    code=UNIFY_MERGE,
    body=bodies.PairBody,
    answer=answers.OpenedAnswer,
    example={"profileIds": [_ONE, _OTHER]},
)
unify_profile = operation("Unify one customer", tag="unify", code=UNIFY_MERGE, answer=answers.UnifiedAnswer)

merge_candidates = operation(
    "Merge duplicate candidates",
    tag="merges",
    code=UNIFY_MERGE,
    body=bodies.MergeBody,
    answer=answers.MergedProfile,
    problems=_REFUSED,
    example=_MERGE,
)
preview_merge = operation(
    "Preview a merge",
    tag="merges",
    code=UNIFY_MERGE,
    body=bodies.MergeBody,
    answer=previews.MergePreviewAnswer,
    problems=_REFUSED,
    example=_MERGE,
)
merge_customer = operation(
    "Merge another customer into this one",
    tag="customers",
    code=UNIFY_MERGE,
    body=bodies.CustomerMergeBody,
    answer=CustomerDetail,
    headers=SEEN,
    problems=_REFUSED,
    example={"loserId": _OTHER},
)
list_merges = operation(
    "List merges", tag="merges", code=PROFILE_READ, query=bodies.MergeQuery, answer=answers.MergePage
)
get_merge = operation("Get a merge", tag="merges", code=PROFILE_READ, answer=answers.MergeAnswer)
preview_unmerge = operation(
    "Preview taking a merge back", tag="merges", code=UNIFY_MERGE, answer=previews.UnmergePreviewAnswer
)
unmerge = operation(
    "Take a merge back",
    tag="merges",
    code=UNIFY_MERGE,
    body=bodies.UnmergeBody,
    answer=previews.UnmergeAnswer,
    problems=_EDITED,
    example={"answers": {"phone": "keep"}, "default": "revert"},
)
undo_case = operation(
    "Take a decision back",
    tag="review",
    code=UNIFY_MERGE,
    body=bodies.UnmergeBody,
    answer=case_answers.CaseDetail,
    problems=_EDITED,
    example={"default": "keep"},
)
