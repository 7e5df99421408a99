"""A valid call of every endpoint of duplicates."""

from __future__ import annotations

from typing import Any

from cdp.models import Tenant
from cdp.permissions import PROFILE_READ, SETTINGS_WRITE, UNIFY_MERGE
from tests.factories.unify import make_case, twins
from tests.profiles.api.endpoints import Call
from tests.world import World
from unify.choices import Decision, ModelOrigin, RunKind, RunState
from unify.finding.current import current_model, next_number
from unify.models import BulkDecision, Candidate, MatchModelVersion, MatchRun, Merge
from unify.operations.decide_case import decide_case

MERGE: dict[str, Any] = {"candidateIds": ["$pair"], "strategy": "MERGE_BOTH"}
READS = [
    Call("get", "/profiles/detect-duplicates", PROFILE_READ),
    Call("get", "/profiles/merges", PROFILE_READ),
    Call("get", "/profiles/merges/{merge}", PROFILE_READ),
    Call("get", "/profiles/merges/{merge}/unmerge", UNIFY_MERGE),
    Call("get", "/unify/explain?profileId1={profile}&profileId2={other}", PROFILE_READ),
    Call("get", "/unify/cases", UNIFY_MERGE),
    Call("get", "/unify/cases/{case}", UNIFY_MERGE),
    Call("get", "/unify/bulk-decisions/{bulk}", UNIFY_MERGE),
    Call("get", "/unify/progress", UNIFY_MERGE),
    Call("get", "/unify/verdicts", UNIFY_MERGE),
    Call("get", "/unify/runs", UNIFY_MERGE),
    Call("get", "/unify/runs/{run}", UNIFY_MERGE),
    Call("get", "/unify/settings", SETTINGS_WRITE),
    Call("get", "/unify/models", SETTINGS_WRITE),
    Call("get", "/unify/models/{version}", SETTINGS_WRITE),
    Call("get", "/unify/models/{version}/diff", SETTINGS_WRITE),
]
WRITES = [
    Call("post", "/profiles/detect-duplicates", PROFILE_READ),
    Call("post", "/profiles/match", PROFILE_READ, {"firstName": "Somchai"}),
    Call("post", "/profiles/auto-unify/{profile}", UNIFY_MERGE),
    Call("post", "/profiles/merge", UNIFY_MERGE, MERGE),
    Call("post", "/profiles/merge/preview", UNIFY_MERGE, MERGE),
    Call("post", "/profiles/merges/{merge}/unmerge", UNIFY_MERGE, {"default": "keep"}),
    Call("post", "/api/v1/customers/{profile}/merge", UNIFY_MERGE, {"loserId": "$other"}),
    Call("post", "/unify/candidates", UNIFY_MERGE, {"profileIds": ["$profile", "$other"]}),
    Call("post", "/unify/cases/claim", UNIFY_MERGE, {"caseId": "$case"}),
    Call("post", "/unify/cases/accept", UNIFY_MERGE, {"leastScore": 99.0}),
    Call("post", "/unify/cases/{held}/renew", UNIFY_MERGE),
    Call("post", "/unify/cases/{case}/release", UNIFY_MERGE),
    Call("post", "/unify/cases/{case}/skip", UNIFY_MERGE),
    Call("post", "/unify/cases/{case}/decide", UNIFY_MERGE, {"decision": "different"}),
    Call("post", "/unify/cases/{decided}/undo", UNIFY_MERGE, {"default": "revert"}),
    Call("post", "/unify/bulk-decisions/{bulk}/stop", UNIFY_MERGE),
    Call("post", "/unify/runs", UNIFY_MERGE, {"kind": "deep"}, 202),
    Call("post", "/unify/runs/{waiting}/cancel", UNIFY_MERGE),
    Call("patch", "/unify/settings", SETTINGS_WRITE, {"mergeScore": 95}),
    Call("post", "/unify/models/train", SETTINGS_WRITE, None, 202),
    Call("post", "/unify/models/calibrate", SETTINGS_WRITE, None, 409),
    Call("post", "/unify/models/{draft}/publish", SETTINGS_WRITE, {"complete": False}),
    Call("post", "/unify/models/{draft}/dry-run", SETTINGS_WRITE, None, 202),
]
CALLS = [*READS, *WRITES]
# One search at a time: these calls need that none waits.
STARTING = ("/unify/runs", "/unify/models/train", "/unify/models/{draft}/dry-run")


def make_ids(world: World, tenant: Tenant, call: Call) -> dict[str, str]:
    """Make what the calls are about, in the active tenant."""
    rows, merged = twins(), twins()
    case, decided = make_case(rows), make_case(merged)
    decide_case(tenant=tenant, by=world.by, case_id=decided.pk, decision=Decision.SAME)
    version, model = current_model(tenant)
    number = next_number()
    draft = MatchModelVersion.objects.create(
        number=number,
        origin=ModelOrigin.EDITED,
        model=model.model_copy(update={"version": number}).model_dump(mode="json"),
    )
    run = MatchRun.objects.create(kind=RunKind.DEEP, state=RunState.DONE)
    is_free = call.path in STARTING
    state = RunState.DONE if is_free else RunState.WAITING
    return {
        "profile": str(rows[0].pk),
        "other": str(rows[1].pk),
        "pair": Candidate.objects.get(case=case).wire_id,
        "case": str(case.pk),
        "held": str(case.pk),
        "decided": str(decided.pk),
        "merge": str(Merge.objects.get().pk),
        "version": str(version.pk),
        "draft": str(draft.pk),
        "run": str(run.pk),
        "waiting": str(MatchRun.objects.create(kind=RunKind.DEEP, state=state).pk),
        "bulk": str(BulkDecision.objects.create(least_score=99, state=RunState.DONE).pk),
    }
