"""Whoever waits is told so."""

import os
import subprocess
import sys
import time

import pytest

from cdp.local import progress


def test_a_step_that_takes_long_says_so_again_and_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(progress, "SILENCE_SECONDS", 0.1)
    with progress.waiting("the database is being migrated"):
        time.sleep(0.35)
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) >= 2
    assert all(line.startswith("  … the database is being migrated (") for line in lines)


def test_a_quick_step_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with progress.waiting("nothing much"):
        pass
    assert capsys.readouterr().err == ""


def test_a_log_is_told_less_often_than_a_terminal() -> None:
    ask = [sys.executable, "-c", "from cdp.local import progress; print(progress.SILENCE_SECONDS)"]
    log = subprocess.run(ask, check=True, capture_output=True, text=True)
    ours, theirs = os.openpty()
    terminal = subprocess.run(ask, check=True, stdout=subprocess.PIPE, stderr=theirs, text=True)
    os.close(ours)
    os.close(theirs)
    assert (log.stdout.strip(), terminal.stdout.strip()) == ("15.0", "2.0")
