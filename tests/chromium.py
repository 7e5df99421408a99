"""Pytest plugin: find a Chromium for the journeys, or say loudly which of them did not run."""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NOT_RUN: list[str] = []


def find_chromium() -> Path | None:
    """The distribution's Chromium, or else the one Playwright downloaded; CHROMIUM overrides both."""
    if chosen := os.environ.get("CHROMIUM"):
        return Path(chosen)
    for program in PROGRAMS:
        if (path := shutil.which(program)) is not None:
            return Path(path)
    cache = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH", Path.home() / ".cache" / "ms-playwright"))
    patterns = ("chromium-*/chrome-linux*/chrome", "chromium-*/chrome-mac*/*.app/Contents/MacOS/*")
    return next((path for pattern in patterns for path in sorted(cache.glob(pattern), reverse=True)), None)


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The program to give to Playwright as executable_path. Tests that use it are marked `browser`."""
    path = find_chromium()
    assert path is not None, "a test that uses this fixture must carry the mark `browser`"
    return path


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the journeys when there is no browser: a skipped test would look like a passed one."""
    journeys = [item for item in items if item.get_closest_marker("browser")]
    if not journeys or find_chromium() is not None:
        return
    items[:] = [item for item in items if item not in journeys]
    config.hook.pytest_deselected(items=journeys)
    _note(item.nodeid for item in journeys)
    if hasattr(config, "workeroutput"):
        config.workeroutput["not_run"] = list(NOT_RUN)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take over what one of xdist's workers left out."""
    _note(getattr(node, "workeroutput", {}).get("not_run", ()))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name every journey that did not run, in red, before the closing line."""
    if not NOT_RUN:
        return
    terminalreporter.section(f"{len(NOT_RUN)} BROWSER JOURNEYS DID NOT RUN: no Chromium", red=True, bold=True)
    for name in NOT_RUN:
        terminalreporter.line(f"NOT RUN {name}", red=True)
    terminalreporter.line(
        "Install chromium from the distribution, or run: playwright install chromium", red=True
    )


def _note(names: Iterable[str]) -> None:
    NOT_RUN.extend(name for name in names if name not in NOT_RUN)
