"""The endpoints of the review queue: what they are for, whom they are open to, what they take and answer."""

from __future__ import annotations

from cdp.api.operation import operation
from cdp.permissions import UNIFY_MERGE
from unify.api import bodies, case_answers

_ONE = "018f3c1e-0000-7000-8000-000000000001"
_HELD = {
    409: "Somebody else looks at the case or at one of its records, it is closed, or a search has the queue "
    "locked for a moment (`queue-busy`)."
}
_DECIDED = {
    409: "Something has changed since it was seen (`changed` says what), somebody else looks at it, it is "
    "decided already, a second person is needed, or they cannot be one customer."
}
_AT_WORK = {409: "Many cases are being accepted already."}

list_cases = operation(
    "List cases", tag="review", code=UNIFY_MERGE, query=bodies.CaseQuery, answer=case_answers.CasePage
)
get_case = operation("Get a case", tag="review", code=UNIFY_MERGE, answer=case_answers.CaseDetail)
claim_case = operation(
    "Look at a case",
    tag="review",
    code=UNIFY_MERGE,
    body=bodies.ClaimBody,
    example={"caseId": "01909d6e-2f4b-7c3a-9d52-8b1f6a2e4c70"},
    answer=case_answers.ClaimAnswer,
    problems=_HELD,
)
renew_claim = operation(
    "Go on looking at a case",
    tag="review",
    code=UNIFY_MERGE,
    answer=case_answers.CaseAnswer,
    problems=_HELD,
)
release_case = operation(
    "Leave a case to others", tag="review", code=UNIFY_MERGE, answer=case_answers.CaseAnswer
)
skip_case = operation(
    "Put a case off", tag="review", code=UNIFY_MERGE, answer=case_answers.CaseAnswer, problems=_HELD
)
decide_case = operation(
    "Decide a case",
    tag="review",
    code=UNIFY_MERGE,
    body=bodies.DecisionBody,
    answer=case_answers.OutcomeAnswer,
    problems=_DECIDED,
    example={"decision": "same", "winnerId": _ONE, "strategy": "MERGE_BOTH", "reason": "Same phone shop"},
)
accept_many = operation(
    "Accept many cases",
    tag="review",
    code=UNIFY_MERGE,
    body=bodies.AcceptBody,
    answer=case_answers.BulkDecisionAnswer,
    problems=_AT_WORK,
    example={"leastScore": 90, "reason": "Checked a sample of fifty"},
)
get_bulk = operation(
    "Get an order to accept many", tag="review", code=UNIFY_MERGE, answer=case_answers.BulkDecisionAnswer
)
stop_bulk = operation(
    "Stop accepting many", tag="review", code=UNIFY_MERGE, answer=case_answers.BulkDecisionAnswer
)
get_progress = operation(
    "Get the progress of the day", tag="review", code=UNIFY_MERGE, answer=case_answers.ProgressAnswer
)
list_verdicts = operation(
    "List verdicts",
    tag="review",
    code=UNIFY_MERGE,
    query=bodies.VerdictQuery,
    answer=case_answers.VerdictPage,
)
