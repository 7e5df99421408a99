"""The supervisor keeps its children running and takes nobody's work away when it stops."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import psutil
import pytest

from cdp.local import banner, orphans
from cdp.local.children import Child
from cdp.local.errors import LocalError, PortInUse
from cdp.local.processes import is_alive
from cdp.local.supervisor import Supervisor, alone, programs, refuse_taken

PROGRAM = """
import os, signal, sys, time
name, log, finishing = sys.argv[1], sys.argv[2], float(sys.argv[3])
def write(what):
    with open(log, "a") as file: file.write(f"{what} {name}\\n")
def stop(*_):
    time.sleep(finishing)
    write("finished")
    sys.exit(0)
signal.signal(signal.SIGTERM, stop)
print(f"hello from {name}", flush=True)
write("started")
if finishing < 0: sys.exit(3)
while True: time.sleep(0.05)
"""


class Journal:
    """What the children did, in order."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def lines(self) -> list[str]:
        return self.path.read_text().splitlines() if self.path.exists() else []

    def child(self, name: str, finishing: float = 0.0, patience: float = 20.0) -> Child:
        return Child(name, [sys.executable, "-c", PROGRAM, name, str(self.path), str(finishing)], patience)


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "journal")


@pytest.fixture
def ready_url() -> Iterator[str]:
    """An address that answers 200 like /readyz."""

    class Ready(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Ready) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/readyz"
        server.shutdown()
        thread.join()


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline, "it did not happen within 20 seconds"
        time.sleep(0.02)


def run_until(supervisor: Supervisor, condition: Callable[[], bool], *, signals: int = 1) -> None:
    thread = threading.Thread(target=supervisor.run)
    thread.start()
    try:
        wait_for(condition)
    finally:
        for _ in range(signals):
            supervisor.on_signal(signal.SIGTERM)
        thread.join(30)
    assert not thread.is_alive()


@pytest.mark.conforms("R179")
def test_children_stop_one_after_the_other_last_started_first(
    journal: Journal, tmp_path: Path, ready_url: str
) -> None:
    children = [journal.child("worker", 0.5), journal.child("web", 0.3), journal.child("beat")]
    supervisor = Supervisor(children, ready_url, tmp_path)
    run_until(supervisor, lambda: len(journal.lines()) == 3 and supervisor.is_ready)
    assert sorted(children, key=lambda child: child.started_at) == children
    assert journal.lines()[3:] == ["finished beat", "finished web", "finished worker"]
    assert not (tmp_path / "children.json").exists()


def test_people_do_not_wait_for_background_work_to_start(
    journal: Journal, tmp_path: Path, ready_url: str
) -> None:
    worker, web = journal.child("worker"), journal.child("web")
    worker.can_wait = True
    supervisor = Supervisor([worker, web], ready_url, tmp_path)
    run_until(supervisor, lambda: len(journal.lines()) == 2)
    assert web.started_at < worker.started_at
    assert journal.lines()[2:] == ["finished web", "finished worker"]


def test_background_work_starts_even_if_the_web_server_never_gets_ready(
    journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cdp.local.supervisor.LONGEST_WAIT", 0.3)
    worker, web = journal.child("worker"), journal.child("web")
    worker.can_wait = True
    supervisor = Supervisor([worker, web], "http://127.0.0.1:9/readyz", tmp_path)
    run_until(supervisor, lambda: len(journal.lines()) == 2)
    assert not supervisor.is_ready


def test_a_child_that_crashes_is_started_again(journal: Journal, tmp_path: Path, ready_url: str) -> None:
    child = journal.child("web")
    supervisor = Supervisor([child], ready_url, tmp_path)

    def crash_once_then_see_it_again() -> bool:
        if supervisor.is_ready and child.crashes == 0 and child.pid is not None and journal.lines():
            os.kill(child.pid, signal.SIGKILL)
        return journal.lines() == ["started web"] * 2

    run_until(supervisor, crash_once_then_see_it_again)
    assert child.crashes == 1


def test_the_delay_between_restarts_grows(journal: Journal) -> None:
    child, delays = journal.child("web", finishing=-1), []
    for _ in range(7):
        child.process = subprocess.Popen([sys.executable, "-c", "raise SystemExit(3)"])
        child.process.wait()
        child.started_at = time.monotonic()
        child.look_after()
        delays.append(round(child.restart_at - time.monotonic()))
    assert delays == [1, 2, 4, 8, 16, 30, 30]


def test_a_child_that_never_starts_ends_the_run_and_stops_the_others(
    journal: Journal, tmp_path: Path
) -> None:
    steady = journal.child("worker")
    supervisor = Supervisor(
        [steady, journal.child("web", finishing=-1)], "http://127.0.0.1:9/readyz", tmp_path
    )
    with pytest.raises(LocalError, match="web does not start"):
        supervisor.run()
    assert journal.lines()[-1] == "finished worker"
    assert steady.pid is None


def test_a_second_signal_interrupts_a_child_that_takes_too_long(
    journal: Journal, tmp_path: Path, ready_url: str
) -> None:
    supervisor = Supervisor([journal.child("worker", finishing=60, patience=60)], ready_url, tmp_path)
    started = time.monotonic()
    run_until(supervisor, lambda: bool(journal.lines()), signals=2)
    assert time.monotonic() - started < 20
    assert journal.lines() == ["started worker"]


def test_lines_of_a_child_carry_its_name(
    journal: Journal, tmp_path: Path, ready_url: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    run_until(Supervisor([journal.child("web")], ready_url, tmp_path), lambda: bool(journal.lines()))
    assert b"web    | hello from web\n" in capfdbinary.readouterr().out


def test_what_a_killed_supervisor_left_behind_is_ended_by_the_next(journal: Journal, tmp_path: Path) -> None:
    child = journal.child("web")
    child.start()
    assert (pid := child.pid) is not None
    wait_for(lambda: bool(journal.lines()))
    orphans.remember(tmp_path, [pid, None])
    orphans.end(tmp_path)
    assert not is_alive(pid)
    assert journal.lines() == ["started web", "finished web"]
    child.stop(threading.Event())


def test_a_process_that_only_inherited_the_number_is_left_alone(journal: Journal, tmp_path: Path) -> None:
    child = journal.child("stranger")
    child.start()
    assert (pid := child.pid) is not None
    (tmp_path / "children.json").write_text(json.dumps([[pid, psutil.Process(pid).create_time() - 100]]))
    orphans.end(tmp_path)
    assert is_alive(pid)
    child.stop(threading.Event())


def test_a_port_in_use_gives_one_sentence_with_the_way_out() -> None:
    with socket.socket() as stranger:
        stranger.bind(("127.0.0.1", 0))
        stranger.listen()
        port = stranger.getsockname()[1]
        expected = f"Port {port} is taken by another program; choose another one: make run PORT={port + 1}"
        with pytest.raises(PortInUse) as error:
            refuse_taken(port)
    assert str(error.value) == expected


def test_a_copy_runs_only_once_in_its_directory(tmp_path: Path) -> None:
    with alone(tmp_path), pytest.raises(LocalError, match="already running"), alone(tmp_path):
        pass
    with alone(tmp_path):
        pass


@pytest.mark.parametrize("text", ["http", "0", "65536", "-1", "8000.0", "٨٠٠٠"])
def test_an_impossible_port_is_refused(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("PORT", text)
    with pytest.raises(LocalError, match="PORT must be a number"):
        banner.port()


def test_the_banner_has_the_address_and_every_login(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "8123")
    text = "\n".join(banner.lines())
    for part in ("http://127.0.0.1:8123/", "owner@", "agent@", "Password", "API key"):
        assert part in text


def test_a_worker_run_by_root_does_not_warn_of_it() -> None:
    (worker,) = (child for child in programs(8000) if child.name == "worker")
    python = worker.command[: worker.command.index("-m")]
    program = "from celery.platforms import check_privileges; check_privileges(['json'])"
    assert subprocess.run([*python, "-c", program], check=True, capture_output=True).stderr == b""
