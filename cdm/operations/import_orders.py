"""Taking a file of orders in."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext

from cdm.orders.importing.lines import OrdersFile
from cdm.orders.importing.write import MAKE, WAIT
from cdp import audit
from cdp.actors import Actor
from cdp.errors import Invalid
from cdp.models import Tenant
from profiles.imports.choices import RunState
from profiles.imports.errors import FileTooLarge
from profiles.imports.models import ImportRun
from profiles.imports.models.run import actor_to
from profiles.imports.operations.start import checked_source

SUBJECT = "orders"


def start_orders_import(
    *,
    tenant: Tenant,
    by: Actor,
    file: BinaryIO | File[bytes],
    file_name: str,
    source: str = "ERP",
    customers: str = MAKE,
) -> ImportRun:
    """Keep a file of order lines, CSV or parquet, ready to be imported; nothing is imported yet.

    ``customers`` says what becomes of customer numbers nobody is known by: they make customers, or the orders
    wait for them. Raises FileTooLarge, FileRefused, Invalid.
    """
    if customers not in {MAKE, WAIT}:
        raise Invalid(
            gettext("See errors for each field."),
            fields={"customers": [gettext("Use one of: %(keys)s.") % {"keys": f"{MAKE}, {WAIT}"}]},
        )
    size = file.seek(0, 2)
    if size > settings.IMPORT_MAX_BYTES:
        raise FileTooLarge(
            gettext("The file may have at most %(most)s bytes.") % {"most": f"{settings.IMPORT_MAX_BYTES:,}"}
        )
    run = ImportRun(
        source=checked_source(source),
        options={"subject": SUBJECT, "customers": customers},
        state=RunState.PREVIEWED,
        file_name=Path(file_name).name[:255],
        file_size=size,
        dialect={"kind": SUBJECT},
        ordered_by=actor_to(by),
        created_by=str(by),
        updated_by=str(by),
    )
    return _kept(run, file, by)


def _kept(run: ImportRun, file: BinaryIO | File[bytes], by: Actor) -> ImportRun:
    file.seek(0)
    run.file.save("upload", file if isinstance(file, File) else File(file), save=False)
    try:
        read = OrdersFile(Path(run.file.path))
        run.rows_total = read.size
        run.mapping = [f"{field}:{column}" for field, column in read.columns.items()]
        with transaction.atomic():
            run.save(force_insert=True)
            audit.record(verb="import.start", obj=run, by=by, changes={"file_name": [None, run.file_name]})
    except BaseException:
        run.file.delete(save=False)
        raise
    return run
