"""Importing a file of orders: piece by piece, each in one transaction, from wherever it stopped."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cdm.operations.attach_orders import attach_orders
from cdm.operations.recover_drop_off import recover_by_orders
from cdm.operations.refresh_summaries import refresh_summaries
from cdm.orders.importing import sql
from cdm.orders.importing.lines import Line, OrdersFile, whole_orders
from cdm.orders.records import MOST_AHEAD
from cdm.orders.returned import keep_returned
from cdm.summaries.rebuild import AT_ONCE
from cdp.actors import Actor
from cdp.models import Tenant
from cdp.postgresql.statistics import analyze, know_tenant
from profiles.identity import blocked_values
from profiles.imports.batches import read_ahead
from profiles.imports.choices import RowAction
from profiles.imports.errors import FileGone
from profiles.imports.models import ImportRow, ImportRun
from profiles.imports.subjects import Progress
from profiles.imports.writing.stage import make_ready
from profiles.locking import lock_tenant
from profiles.models import Profile, ProfileIdentifier
from profiles.normalisation.blocked import BlockedValues

LEAST_LINES = 4_000
BY = Actor.system("import_orders")
MAKE, WAIT = "make", "wait"
# The planner's guesses about a table that was empty a moment ago make it read that table once per row.
_ANALYZE_AFTER = (1, 5, 25)
_TABLES = ("orders", "order_lines", "products", "profile_identifiers")
_READ = (*_TABLES, "profiles", "customer_summaries", "customer_dropoff_tracking", "import_rows")
PROBLEMS = {
    "number": _("There is no order number: fill it in."),
    "date": _("This is no date: write it like 2026-03-10 or 2026-03-10 14:30."),
    "future": _("This is in the future: check the day, the month and the year."),
    "quantity": _("This is no quantity: write a number such as 2, or -2 for what came back."),
    "price": _("This is no price: write an amount such as 19.90."),
    "amount": _("The quantity times the price is too large: check both."),
}
_FIELDS = {"future": "date", "amount": "price"}


def opened(run: ImportRun) -> OrdersFile:
    """Open the uploaded file; raises FileGone, FileRefused."""
    if not run.file:
        raise FileGone
    path = Path(run.file.path)
    if not path.exists():
        raise FileGone
    return OrdersFile(path)


def latest(tenant: Tenant) -> datetime:
    """Return after which time of the shop's clock an order is in the future."""
    return (timezone.now() + MOST_AHEAD).astimezone(ZoneInfo(tenant.time_zone)).replace(tzinfo=None)


def carry_out(run: ImportRun, tenant: Tenant, progress: Progress) -> None:
    """Import what has not been imported yet, then link returns and summarise whoever was touched."""
    file = opened(run)
    know_tenant(_READ)
    lines = file.lines(latest=latest(tenant), skip=run.rows_done)
    with closing(read_ahead(whole_orders(lines, LEAST_LINES))) as pieces:
        for count, piece in enumerate(pieces, start=1):
            run.rows_done = _write(run, tenant, piece, progress)
            if count in _ANALYZE_AFTER and run.rows_done >= LEAST_LINES:
                analyze(_TABLES)
    finish(run, tenant)


def finish(run: ImportRun, tenant: Tenant) -> None:
    """Link the returns of the run to their sales, and summarise the customers; safe to do again."""
    said: dict[str, Any] = {"tenant": tenant.pk, "source": run.source, "reference": run.reference}
    said["run"] = run.pk
    if run.rows_done >= LEAST_LINES:
        analyze(_TABLES)
    with transaction.atomic(), connection.cursor() as cursor:
        sql.OF_RUN.create()
        for statement in (sql.FIND_OF_RUN, "ANALYZE orders_of_run", sql.LINK_RETURNS, sql.KEEP_RETURNED):
            cursor.execute(statement, said)
        cursor.execute(sql.OF_CUSTOMERS, said)
        customer_of = dict(cursor.fetchall())
    touched = sorted({*customer_of.values(), *_recover(tenant, list(customer_of))})
    for start in range(0, len(touched), AT_ONCE):
        ids = touched[start : start + AT_ONCE]
        # Orders of an earlier file, or of the API, may have waited for the customers this one has made.
        attach_orders(tenant=tenant, profile_ids=ids, tells_first=False)
        refresh_summaries(tenant=tenant, profile_ids=ids, tells_first=False, behaves_as_before=True)


def _recover(tenant: Tenant, ids: Sequence[uuid.UUID]) -> set[uuid.UUID]:
    """Mark the drop-offs after which the customers ordered what the file tells; return the customers."""
    found: set[uuid.UUID] = set()
    for start in range(0, len(ids), AT_ONCE):
        found |= recover_by_orders(tenant=tenant, by=BY, order_ids=ids[start : start + AT_ONCE])
    return found


def _write(run: ImportRun, tenant: Tenant, piece: Sequence[Line], progress: Progress) -> int:
    """Write one piece; return how many rows are done."""
    said: dict[str, Any] = {
        "tenant": tenant.pk,
        "source": run.source,
        "zone": tenant.time_zone,
        "currency": tenant.currency,
        "reference": run.reference,
        "run": run.pk,
    }
    is_nested = connection.in_atomic_block
    with transaction.atomic():
        make_ready(sql.STAGES, is_nested=is_nested, settings={"synchronous_commit": "off"})
        lock_tenant(tenant.pk)
        sql.LINES.fill(_staged(piece, blocked_values(tenant)))
        counts = Counter({str(RowAction.ERROR): _write_errors(run, piece)})
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE order_lines_staged")
            cursor.execute(sql.PRODUCTS, said)
            if run.options.get("customers", MAKE) == MAKE:
                cursor.execute(sql.UNKNOWN, said)
                _make_customers([row[0] for row in cursor.fetchall()], run)
            _write_orders(cursor, said, tenant)
            cursor.execute(sql.OUTCOMES, said)
            counts.update(row[0] for row in cursor.fetchall())
        done = run.rows_done + len(piece)
        progress(counts, done)
    return done


def _write_orders(cursor: CursorWrapper, said: dict[str, Any], tenant: Tenant) -> None:
    for statement in sql.STAGING:
        cursor.execute(statement, said)
    cursor.execute(sql.LOCK_CUSTOMERS, said)
    cursor.execute(sql.LOSE_ORDERS, said)
    losing = {profile_id for (profile_id,) in cursor.fetchall()}
    cursor.execute(sql.NO_RETURNS_OF, said)
    former = dict(cursor.fetchall())
    for statement in sql.WRITING:
        cursor.execute(statement, said)
    # At once: when the last piece is written, nothing tells any more which sales and customers these were.
    keep_returned(former)
    touched = losing | {one for one in former.values() if one}
    refresh_summaries(tenant=tenant, profile_ids=touched, tells_first=False, behaves_as_before=True)


def _staged(piece: Sequence[Line], blocked: BlockedValues) -> list[tuple[Any, ...]]:
    return [
        (
            line.row_no,
            line.number,
            "" if line.customer and blocked.is_blocked_external_id(line.customer) else line.customer,
            line.sku,
            line.name,
            line.at,
            line.quantity,
            line.price,
        )
        for line in piece
        if not line.problem
    ]


def _write_errors(run: ImportRun, piece: Sequence[Line]) -> int:
    bad = [line for line in piece if line.problem]
    ImportRow.objects.bulk_create(
        [
            ImportRow(
                run=run,
                row_no=line.row_no,
                line_no=line.row_no + 1,
                action=RowAction.ERROR,
                errors=[_error(line.problem)],
            )
            for line in bad
        ]
    )
    return len(bad)


def _error(problem: str) -> dict[str, str]:
    field = _FIELDS.get(problem, problem)
    return {"field": field, "column": "", "message": str(PROBLEMS[problem])}


def _make_customers(references: Sequence[str], run: ImportRun) -> None:
    """Make a customer of every number the source alone knows; imports write no audit entry for each."""
    now = timezone.now()
    marks = {"created_by": run.reference, "updated_by": run.reference}
    made = [
        Profile(name=f"Customer {reference}"[:255], primary_source=run.source, last_synced_at=now, **marks)
        for reference in references
    ]
    Profile.objects.bulk_create(made, batch_size=500)
    ProfileIdentifier.objects.bulk_create(
        [
            ProfileIdentifier(
                profile=profile,
                source=run.source,
                source_type="CUSTOMER",
                external_id=reference,
                match_quality=100,
                is_primary=True,
                **marks,
            )
            for profile, reference in zip(made, references, strict=True)
        ],
        batch_size=500,
    )
