"""Making records again, for whom it is due."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from itertools import zip_longest

from django.db import transaction
from django.utils import timezone

from cdp.models import Tenant
from cdp.postgresql.statistics import analyze, know_tenant, outgrows
from unify.models import MatchSettings
from unify.records import reading, writing
from unify.records.making import Made, Maker, Said
from unify.records.policy import BATCH, MOST_AT_ONCE, OVERLAP, policy_number

# To a planner that does not know a tenant, all its keys are one row: each batch would read all before it.
_TABLES = ("match_records", "match_keys")
_READ = ("profiles", "contact_points", *_TABLES)
Progress = Callable[[int, int], None]  # done, in all


def _silent(_done: int, _total: int) -> None:
    return None


def refresh(tenant: Tenant, ids: Sequence[uuid.UUID], *, progress: Progress = _silent) -> int:
    """Make the records of these customers as they are now; return how many were looked at."""
    maker, done = Maker(tenant), 0
    # In the order of the indexes: a batch of neighbours reads few pages.
    ids = sorted(ids)
    if len(ids) > MOST_AT_ONCE:
        know_tenant(_READ)
    for part, made in _made_ahead(maker, [ids[start : start + BATCH] for start in range(0, len(ids), BATCH)]):
        with transaction.atomic():
            writing.write(made, part)
        if outgrows(done, done + len(part), first=BATCH):
            analyze(_TABLES)
        done += len(part)
        progress(done, len(ids))
    return len(ids)


def _made_ahead(
    maker: Maker, parts: Sequence[Sequence[uuid.UUID]]
) -> Iterator[tuple[Sequence[uuid.UUID], list[Made]]]:
    """Return each part with its records; the next ones are made while the caller waits for the database.

    The thread sees no database; whoever changes meanwhile is left out when records are written.
    """
    with ThreadPoolExecutor(1) as beside:
        coming = [beside.submit(_made, maker, list(reading.read(part))) for part in parts[:1]]
        for part, following in zip_longest(parts, parts[1:]):
            made = coming.pop().result()
            if following is not None:
                coming.append(beside.submit(_made, maker, list(reading.read(following))))
            yield part, made


def _made(maker: Maker, rows: Sequence[tuple[uuid.UUID, int, Said]]) -> list[Made]:
    return list(maker.make(rows))


def refresh_changed(tenant: Tenant, *, progress: Progress = _silent) -> int:
    """Make the records of customers changed since the last time; return how many were looked at."""
    began = timezone.now()
    settings, _ = MatchSettings.objects.get_or_create()
    if settings.records_until is None or settings.records_policy != policy_number(tenant):
        return refresh_all(tenant, progress=progress)
    count = refresh(tenant, reading.changed_since(settings.records_until - OVERLAP), progress=progress)
    _looked_at(began)
    return count


def refresh_all(tenant: Tenant, *, progress: Progress = _silent) -> int:
    """Make every record that is not of its customer's present version, or all when the rules have changed."""
    began = timezone.now()
    number = policy_number(tenant)
    settings, _ = MatchSettings.objects.get_or_create()
    due = reading.outdated() if settings.records_policy == number else reading.active()
    refresh(tenant, due, progress=progress)
    writing.forget_inactive()
    _looked_at(began, records_policy=number)
    return len(due)


def _looked_at(until: datetime, **values: object) -> None:
    # Straight to the row: nobody's edit of the settings is undone by a job.
    MatchSettings.objects.update(records_until=until, **values)
