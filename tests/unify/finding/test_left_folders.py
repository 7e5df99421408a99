"""What a killed worker leaves on the disk is gone with the tenant's next run."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from django.conf import LazySettings

from cdp.models import Tenant
from cdp.tenancy.context import tenant_context
from tests.unify.finding.people import run, strangers
from tests.world import World
from unify.choices import RunState
from unify.finding import running
from unify.finding.loading import batch_database, folder_prefix
from unify.matching import spark
from unify.matching.batch import predict


@pytest.fixture
def directory(settings: LazySettings, tmp_path: Path) -> Path:
    settings.MATCHING_DIRECTORY = str(tmp_path)
    return tmp_path


def left_by(tenant: Tenant, directory: Path) -> Path:
    """Return a folder as a worker leaves it that is killed while it reads the tenant's customers."""
    with tenant_context(tenant), batch_database() as batch:
        ((spill,),) = batch.execute("SELECT current_setting('temp_directory')").fetchall()
        name = Path(spill).name
    left = directory / name / "lines-x"
    left.mkdir(parents=True)
    (left / "0.json").write_text('{"email": "somchai.j@shop.example"}')
    return left.parent


def test_a_run_deletes_what_was_left_of_its_tenant_alone(world: World, acme: Tenant, directory: Path) -> None:
    ours, theirs = left_by(acme, directory), left_by(world.zenith, directory)
    with tenant_context(acme):
        strangers()
        assert run(acme).state == RunState.DONE
    assert not ours.exists()
    assert theirs.exists()
    assert list(directory.iterdir()) == [theirs]


def test_where_another_worker_is_at_work_nothing_is_deleted(
    acme: Tenant, directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = left_by(acme, directory)

    @contextmanager
    def taken(tenant_id: uuid.UUID) -> Iterator[bool]:
        yield False

    monkeypatch.setattr(running, "working_alone", taken)
    assert run(acme).state == RunState.WAITING
    assert ours.exists()


def test_the_other_engine_writes_to_the_same_place(
    acme: Tenant, directory: Path, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: dict[str, Any] = {}

    def on_spark(model: Any, table: pa.Table, limits: Any, **given: Any) -> pa.Table:
        asked.update(given)
        return predict(model, table)

    monkeypatch.setattr(spark, "predict_on_spark", on_spark)
    settings.MATCHING_ENGINE = "spark"
    strangers()
    assert run(acme).state == RunState.DONE
    assert asked == {"directory": str(directory), "prefix": folder_prefix()}
