"""Carrying a run out, from the beginning or after a worker has died."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping

import duckdb
from django.db import OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext_noop, override

from cdp.actors import Actor
from cdp.choices import ActorKind
from cdp.errors import DomainError
from cdp.models import Tenant
from cdp.sentences import Sentence
from unify.choices import RunKind, RunState
from unify.finding.exclusive import working_alone
from unify.finding.loading import remove_left_folders
from unify.finding.looking import look
from unify.finding.policy import MOST_ATTEMPTS
from unify.finding.progress import Progress, Superseded, peak_mib
from unify.finding.runs import ACTIVE, end_run, get_run, locked_run
from unify.finding.trying import learn, try_model
from unify.matching import MatchingError
from unify.models import MatchRun

_WORK: Mapping[str, Callable[[Tenant, MatchRun, Progress], None]] = {
    RunKind.DEEP: look,
    RunKind.INCREMENTAL: look,
    RunKind.TRAINING: learn,
    RunKind.DRY_RUN: try_model,
}
UNEXPECTED = gettext_noop("An unexpected error stopped the search. What it had found until then is kept.")
NO_MEMORY = gettext_noop("The search needs more memory than it may have: raise MATCHING_MEMORY_MB.")
GIVEN_UP = Sentence(gettext_noop("The search stopped %(times)s times and was given up."))


def run_match(*, tenant: Tenant, run_id: uuid.UUID) -> MatchRun:
    """Carry the run out; does nothing when another worker is at one of the tenant's runs, or it has ended.

    Every step may be repeated: a run that was killed begins again and ends with the same. Ends in one of
    done, failed, cancelled; the database's troubles are raised, and leave the run to be resumed.
    """
    # What is kept of it is English, whoever orders it.
    with working_alone(tenant.pk) as is_ours, override("en"):
        run = get_run(run_id)
        if not is_ours or not _begin(run):
            return get_run(run_id)
        run = get_run(run_id)
        try:
            remove_left_folders()
            _WORK[run.kind](tenant, run, Progress(run))
        except Superseded:
            return get_run(run_id)
        except (DomainError, MatchingError) as error:
            _finish(run, RunState.FAILED, error=str(error))
        except duckdb.OutOfMemoryException:
            _finish(run, RunState.FAILED, error=NO_MEMORY)
        except OperationalError:
            raise
        except Exception:
            _finish(run, RunState.FAILED, error=UNEXPECTED)
            raise
        else:
            _finish(run, RunState.DONE)
        return get_run(run_id)


def actor_of(run: MatchRun) -> Actor:
    """Return who ordered the run."""
    told = run.ordered_by
    if not told:
        return Actor.system("unify")
    return Actor(ActorKind(told["kind"]), uuid.UUID(told["id"]) if told["id"] else None, told["label"])


@transaction.atomic
def _begin(run: MatchRun) -> bool:
    """Take the run up: it waits, or its worker has died; tell whether there is anything to do."""
    current = locked_run(run.pk)
    if current.state not in ACTIVE:
        return False
    if current.attempts >= MOST_ATTEMPTS:
        end_run(current, RunState.FAILED, by=actor_of(run), error=GIVEN_UP(times=current.attempts))
        return False
    current.state = RunState.RUNNING
    current.attempts += 1
    current.started_at = current.started_at or timezone.now()
    current.heartbeat_at = timezone.now()
    current.save(update_fields=["state", "attempts", "started_at", "heartbeat_at"])
    return True


@transaction.atomic
def _finish(run: MatchRun, state: RunState, *, error: str = "") -> None:
    current = locked_run(run.pk)
    if current.state != RunState.RUNNING:
        return
    current.counts, current.model_version_id = run.counts, run.model_version_id
    values = {"counts": run.counts, "model_version_id": run.model_version_id, "peak_mib": peak_mib()}
    if state == RunState.DONE:
        values["looked_at_until"] = run.looked_at_until
    end_run(current, state, by=actor_of(run), error=error, **values)
