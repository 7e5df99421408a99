"""Deciding a case: they are the same, they are not, or some of them are."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from cdp import audit
from cdp.actors import Actor
from cdp.choices import ActorKind
from cdp.errors import DomainError
from cdp.models import Tenant
from unify.choices import CaseState, Decision
from unify.deciding.cases import CaseRecords, get_case, locked_case, records_of
from unify.deciding.claims import is_held_by, is_own_proposal, let_go, lock_claims
from unify.deciding.concluding import close
from unify.deciding.errors import CaseClosed, CaseHeld, OwnDecision, PeopleOnly
from unify.deciding.progress import count_anew
from unify.deciding.risk import is_risky
from unify.deciding.rules import rules_of
from unify.deciding.said import Said, read_said
from unify.deciding.staleness import refuse_if_changed
from unify.deciding.verdicts import fingerprints
from unify.finding.current import settings_of
from unify.merging.choices import MergeOrigin, MergeStrategy
from unify.merging.locking import lock_customers, until_still
from unify.merging.stops import refuse_force
from unify.models import Merge, ReviewCase
from unify.operations.claim_case import claim_once, until_free
from unify.operations.merge import merge
from unify.operations.release_case import release_case


@dataclass(frozen=True, slots=True)
class CaseOutcome:
    """What came of a decision: merges, a second person being asked, or the case open again."""

    case: ReviewCase
    merges: tuple[Merge, ...] = ()
    needs_second: bool = False
    is_reopened: bool = False  # two people disagreed: both decisions stand in ``earlier_decisions``


def decide_case(
    *,
    tenant: Tenant,
    by: Actor,
    case_id: uuid.UUID,
    decision: str,
    winner_id: uuid.UUID | None = None,
    loser_ids: Sequence[uuid.UUID] | None = None,
    strategy: str = MergeStrategy.MERGE_BOTH,
    resolved_conflicts: Mapping[str, Any] | None = None,
    reason: str = "",
    force: bool = False,
    seen: Mapping[uuid.UUID, int] | None = None,
) -> CaseOutcome:
    """Decide SAME, DIFFERENT, or MIXED, which names those that are the same; the others are not them.

    ``seen`` are versions of records as they were shown; by default those at the time of the claim, even
    one that has ended since. Whoever does not hold the case claims it first. Raises CaseNotFound, CaseClosed,
    CaseHeld, CaseChanged, Invalid, OwnDecision, PeopleOnly, and what ``merge`` raises.
    """
    refuse_force(by, force=force)

    def decide() -> CaseOutcome:
        case, records = _locked(tenant, by, case_id)
        shown = case.seen if seen is None else {str(pk): version for pk, version in seen.items()}
        refuse_if_changed(records, shown, is_complete=seen is None)
        said = read_said(
            records,
            decision=decision,
            winner_id=winner_id,
            loser_ids=loser_ids,
            strategy=strategy,
            resolved_conflicts=resolved_conflicts,
            reason=reason.strip(),
            force=force,
        )
        return _second_opinion(tenant, by, case, records, said) or conclude(
            tenant=tenant, by=by, case=case, records=records, said=said
        )

    with _held(tenant, by, case_id):
        return until_still(decide)


def conclude(*, tenant: Tenant, by: Actor, case: ReviewCase, records: CaseRecords, said: Said) -> CaseOutcome:
    """Do what was said with a locked case: merge, write the verdicts, close the case."""
    merges: list[Merge] = []
    if said.winner_id is not None:
        inside = [pair for pair in records.candidates if {pair.low_id, pair.high_id} <= said.merged]
        merges = merge(
            tenant=tenant,
            by=by,
            winner_id=said.winner_id,
            loser_ids=list(said.loser_ids),
            strategy=said.strategy,
            resolved_conflicts=said.resolved_conflicts,
            reason=said.reason,
            origin=MergeOrigin.PERSON if by.kind == ActorKind.USER else MergeOrigin.API,
            score=max((pair.score for pair in inside), default=None),
            candidate_ids=[pair.wire_id for pair in inside],
            force=said.force,
            rules=rules_of(settings_of(tenant)),
        )
    close(tenant, case, records, said, by, merges)
    count_anew(tenant)
    changes: audit.Changes = {
        "decision": ["", str(said.decision)],
        "records": [None, [str(pk) for pk in records.ids]],
        "winner": [None, str(said.winner_id) if said.winner_id else None],
        "losers": [None, [str(pk) for pk in said.loser_ids]],
        "reason": ["", said.reason],
    }
    audit.record(verb="case.decide", obj=case, by=by, changes=changes)
    return CaseOutcome(case, tuple(merges))


def _locked(tenant: Tenant, by: Actor, case_id: uuid.UUID) -> tuple[ReviewCase, CaseRecords]:
    """Return the case and its customers, which stay as they are until the transaction ends."""
    case = locked_case(case_id)
    if is_own_proposal(case, by):
        raise OwnDecision
    if not is_held_by(case, by):  # another window of theirs was quicker
        raise CaseHeld
    lock_customers(tenant, records_of(case).ids)
    records = records_of(case)
    if not records.candidates:
        raise CaseClosed(str(CaseState.WITHDRAWN.label))
    return case, records


def _second_opinion(
    tenant: Tenant, by: Actor, case: ReviewCase, records: CaseRecords, said: Said
) -> CaseOutcome | None:
    """Keep a risky decision for a second person, or hear the second; None when nothing stands in the way."""
    settings = settings_of(tenant)
    if not settings.needs_second_person:
        return None
    prints = {str(pk): value for pk, value in fingerprints(tenant, records.ids).items()}
    if case.state == CaseState.SECOND and case.first_decision.get("fingerprints") != prints:
        # The first person spoke of other data: what they said counts no more.
        case.state, case.first_decision = CaseState.OPEN, {}
    is_second = case.state == CaseState.SECOND
    if said.decision == Decision.DIFFERENT and not is_second:
        return None
    if not is_second and not _is_risky(case, records, said, settings):
        return None
    if by.kind != ActorKind.USER:
        raise PeopleOnly
    if not is_second:
        return _propose(case, said.to_json(by) | {"fingerprints": prints}, by)
    return None if said.agrees_with(Said.of(case.first_decision)) else _reopen(case, said, by)


def _is_risky(case: ReviewCase, records: CaseRecords, said: Said, settings: Any) -> bool:
    merged = [records.profiles[pk] for pk in sorted(said.merged)]
    has_conflict = any(pair.conflicts for pair in records.candidates)
    return case.is_risky or is_risky(merged, has_conflict=has_conflict, settings=settings)


def _propose(case: ReviewCase, stored: dict[str, Any], by: Actor) -> CaseOutcome:
    case.state, case.first_decision = CaseState.SECOND, stored
    _put_back(case)
    changes: audit.Changes = {
        "state": ["open", "second"],
        "decision": ["", stored["decision"]],
        "reason": ["", stored["reason"]],
    }
    audit.record(verb="case.propose", obj=case, by=by, changes=changes)
    return CaseOutcome(case, needs_second=True)


def _reopen(case: ReviewCase, said: Said, by: Actor) -> CaseOutcome:
    case.earlier_decisions = [case.first_decision, said.to_json(by)]
    case.state, case.first_decision = CaseState.OPEN, {}
    _put_back(case)
    changes: audit.Changes = {"state": ["second", "open"], "decision": [None, str(said.decision)]}
    audit.record(verb="case.disagree", obj=case, by=by, changes=changes)
    return CaseOutcome(case, is_reopened=True)


def _put_back(case: ReviewCase) -> None:
    let_go(case)
    case.save()


@contextmanager
def _held(tenant: Tenant, by: Actor, case_id: uuid.UUID) -> Iterator[None]:
    """Hold the case while it is decided; a claim made for that alone ends with a refusal."""
    if is_held_by(get_case(case_id), by):
        yield
        return
    was_theirs = until_free(lambda: _claim(tenant, by, case_id))
    try:
        yield
    except DomainError:
        if not was_theirs:
            release_case(tenant=tenant, by=by, case_id=case_id)
        raise


@transaction.atomic
def _claim(tenant: Tenant, by: Actor, case_id: uuid.UUID) -> bool:
    """Claim the case for a decision; tell whether the claim goes on with one of theirs that had ended.

    A decision shows nobody anything: what an earlier claim has shown stays what was seen.
    """
    lock_claims(tenant.pk)
    before = get_case(case_id)
    claim_once(tenant=tenant, by=by, case_id=case_id)
    if before.seen and before.claimed_by in {"", str(by)}:
        ReviewCase.objects.filter(pk=case_id).update(seen=before.seen)
    return bool(before.seen) and before.claimed_by == str(by)
