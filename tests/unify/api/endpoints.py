"""A valid call of every endpoint of duplicates."""

from __future__ import annotations

import re
from collections.abc import Callable
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
# One search at a time: what starts one needs that none waits.
_NAMES = re.compile(r"[{$](\w+)").findall


def make_ids(world: World, tenant: Tenant, call: Call) -> dict[str, str]:
    """Make what the call is about, in the active tenant."""
    return {name: MAKERS[name](world, tenant) for name in _NAMES(f"{call.path} {call.body}")} | _pair(call)


def _pair(call: Call) -> dict[str, str]:
    """Make two customers and the case about them, as far as the call names them."""
    if not {"profile", "other", "pair", "case", "held"} & set(_NAMES(f"{call.path} {call.body}")):
        return {}
    rows = twins()
    case = make_case(rows)
    pair = Candidate.objects.get(case=case).wire_id
    profile, other = (str(row.pk) for row in rows)
    return {"profile": profile, "other": other, "pair": pair, "case": str(case.pk), "held": str(case.pk)}


def _decided(world: World, tenant: Tenant) -> str:
    case = make_case()
    decide_case(tenant=tenant, by=world.by, case_id=case.pk, decision=Decision.SAME)
    return str(case.pk)


def _merge(world: World, tenant: Tenant) -> str:
    _decided(world, tenant)
    return str(Merge.objects.get().pk)


def _draft(world: World, tenant: Tenant) -> str:
    _version, model = current_model(tenant)
    number = next_number()
    file = model.model_copy(update={"version": number}).model_dump(mode="json")
    row = MatchModelVersion.objects.create(number=number, origin=ModelOrigin.EDITED, model=file)
    return str(row.pk)


def _run(state: RunState) -> Callable[[World, Tenant], str]:
    return lambda _world, _tenant: str(MatchRun.objects.create(kind=RunKind.DEEP, state=state).pk)


def _later(_world: World, _tenant: Tenant) -> str:
    return ""


MAKERS: dict[str, Callable[[World, Tenant], str]] = {
    "merge": _merge,
    "decided": _decided,
    "version": lambda _world, tenant: str(current_model(tenant)[0].pk),
    "draft": _draft,
    "run": _run(RunState.DONE),
    "waiting": _run(RunState.WAITING),
    "bulk": lambda _world, _tenant: str(BulkDecision.objects.create(least_score=99, state=RunState.DONE).pk),
    **dict.fromkeys(("profile", "other", "pair", "case", "held"), _later),
}
