"""Pytest plugin: compare the Spark backend where Spark is, or say loudly that it was not compared."""

from collections.abc import Iterable
from typing import Any

import pytest

NOT_RUN: list[str] = []


def why_unavailable() -> str | None:
    """What is missing; imported late, because plugins load before coverage is measured."""
    from unify.matching import spark  # noqa: PLC0415

    return spark.why_unavailable()


@pytest.fixture(scope="session")
def spark_engine() -> str:
    """The name of the engine; a test that asks for it runs only where Java and PySpark are installed."""
    assert why_unavailable() is None
    return "spark"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what needs Spark where there is none: a skipped test would look like a passed one."""
    wanting = [item for item in items if "spark_engine" in getattr(item, "fixturenames", ())]
    if not wanting or why_unavailable() is None:
        return
    items[:] = [item for item in items if item not in wanting]
    config.hook.pytest_deselected(items=wanting)
    _note(item.nodeid for item in wanting)
    if hasattr(config, "workeroutput"):
        config.workeroutput["spark_not_run"] = list(NOT_RUN)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take over what one of xdist's workers left out."""
    _note(getattr(node, "workeroutput", {}).get("spark_not_run", ()))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name what did not run, in red, before the closing line."""
    if not NOT_RUN:
        return
    terminalreporter.section("THE SPARK BACKEND WAS NOT COMPARED WITH DUCKDB", red=True, bold=True)
    for name in NOT_RUN:
        terminalreporter.line(f"NOT RUN {name}", red=True)
    terminalreporter.line(why_unavailable() or "", red=True)


def _note(names: Iterable[str]) -> None:
    NOT_RUN.extend(name for name in names if name not in NOT_RUN)
