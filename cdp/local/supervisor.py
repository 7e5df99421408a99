"""`make run`: the servers, then web, worker and beat, until Ctrl-C."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from cdp.local import banner, orphans, services
from cdp.local.children import Child
from cdp.local.errors import LocalError, PortInUse
from cdp.local.progress import SILENCE_SECONDS, say
from cdp.local.setup_copy import BASE_DIR, DATA_DIR

CRASHES_BEFORE_READY = 3  # by then it is not bad luck but a mistake somebody must see
LOOK_SECONDS = 0.2
READY_TIMEOUT = 5.0
NOTICE_SECONDS = max(3.0, SILENCE_SECONDS)
LONGEST_WAIT = 10.0  # background work starts by then, even if the web server is not ready


class Supervisor:
    """Runs the children in order, restarts what crashes, and stops them in the reverse order of the list."""

    def __init__(self, children: Sequence[Child], ready_url: str, data_dir: Path) -> None:
        self.children = children
        self.ready_url = ready_url
        self.data_dir = data_dir
        self.is_ready = False
        self.started_at = time.monotonic()
        self.next_notice = 0.0
        self.asked_to_stop = threading.Event()
        self.hurry = threading.Event()

    def on_signal(self, *_: object) -> None:
        """The first signal stops in order, a second one interrupts whoever is still working."""
        (self.hurry if self.asked_to_stop.is_set() else self.asked_to_stop).set()

    def run(self) -> None:
        """Keep the children running until asked to stop. Raises LocalError if they never get ready."""
        self.started_at = time.monotonic()
        self.next_notice = self.started_at + NOTICE_SECONDS
        try:
            for child in self.children:
                child.hold_back(LONGEST_WAIT if child.can_wait else 0.0)
                child.look_after()
            orphans.remember(self.data_dir, [child.pid for child in self.children])
            while not self.asked_to_stop.wait(LOOK_SECONDS):
                self._look()
        finally:
            self._stop()

    def _look(self) -> None:
        before = [child.pid for child in self.children]
        for child in self.children:
            child.look_after()
            if child.crashes >= CRASHES_BEFORE_READY and not self.is_ready:
                raise LocalError(f"{child.name} does not start; its last lines above say why.")
        if (now := [child.pid for child in self.children]) != before:
            orphans.remember(self.data_dir, now)
        if not self.is_ready:
            self._greet()

    def _greet(self) -> None:
        if answers(self.ready_url):
            self.is_ready = True
            for child in self.children:
                if child.can_wait and child.started_at == 0.0:
                    child.start()
            for line in banner.lines():
                say(line)
        elif time.monotonic() > self.next_notice:
            self.next_notice += NOTICE_SECONDS
            say(f"  … the web server is starting ({time.monotonic() - self.started_at:.0f} s)")

    def _stop(self) -> None:
        for child in reversed(self.children):
            if child.pid is not None:
                say(f"Stopping {child.name}")
            child.stop(self.hurry)
        orphans.forget(self.data_dir)


def main() -> None:
    """Bring everything up and keep it up."""
    port = banner.port()
    with alone(DATA_DIR):
        orphans.end(DATA_DIR)
        refuse_taken(port)
        supervisor = Supervisor(programs(port), f"http://127.0.0.1:{port}/readyz", DATA_DIR)
        say("Starting PostgreSQL and Valkey")
        with services.running(DATA_DIR):
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, supervisor.on_signal)
            prepare(supervisor.asked_to_stop)
            if not supervisor.asked_to_stop.is_set():
                say(f"Starting web, worker and beat on port {port}")
                supervisor.run()
        say("Stopped. Everything is in .data and will be there next time.")


def programs(port: int) -> list[Child]:
    """The worker ends last, after those who give it work; the web server starts first: people wait for it."""
    python = sys.executable
    # Celery warns of root; whoever tries this out in a container is nothing else, and tasks are plain JSON.
    quietly = [python, "-W", "ignore:::celery.platforms"]
    celery = [*quietly, "-m", "celery", "-A", "cdp", "--quiet", "--skip-checks"]
    worker = [*celery, "worker", "--concurrency", "2", "--loglevel", "INFO", "--without-mingle"]
    beat = [*celery, "beat", "--loglevel", "INFO", "--pidfile="]
    beat += ["--scheduler", "django_celery_beat.schedulers:DatabaseScheduler"]
    web = [python, "-m", "gunicorn", "cdp.wsgi:application", "--bind", f"127.0.0.1:{port}"]
    web += ["--worker-class", "gthread", "--workers", "2", "--threads", "4", "--graceful-timeout", "20"]
    web += ["--no-control-socket"]  # its place is shared by every copy of the same user
    return [
        Child("worker", worker, 60.0, can_wait=True),
        Child("web", web, 30.0),
        Child("beat", beat, 10.0, True),
    ]


def prepare(asked_to_stop: threading.Event) -> None:
    """Migrate, load the demo data once, collect static files; raises LocalError if a step fails."""
    with subprocess.Popen([sys.executable, "-m", "cdp.local.setup_copy"], cwd=BASE_DIR) as step:
        while step.poll() is None:
            if asked_to_stop.wait(LOOK_SECONDS):
                step.terminate()  # every step is one transaction or can be taken again
                return
    if step.returncode != 0 and not asked_to_stop.is_set():
        raise LocalError("The database could not be prepared; the lines above say why.")


@contextmanager
def alone(data_dir: Path) -> Iterator[None]:
    """Refuse a second supervisor in the same directory."""
    data_dir.mkdir(exist_ok=True)
    with (data_dir / "run.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise LocalError("This copy is already running in this directory.") from error
        yield


def refuse_taken(port: int) -> None:
    """Raise PortInUse if the web server could not listen there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            hint = f"make run PORT={port + 1}"
            raise PortInUse(f"Port {port} is taken by another program; choose another one: {hint}") from error


def answers(url: str) -> bool:
    """Whether the address answers 200."""
    try:
        with urllib.request.urlopen(url, timeout=READY_TIMEOUT) as response:  # noqa: S310 - our own http URL
            return int(response.status) == 200
    except (urllib.error.URLError, OSError):
        return False


if __name__ == "__main__":
    os.chdir(BASE_DIR)
    try:
        main()
    except LocalError as problem:
        sys.exit(str(problem))
    except KeyboardInterrupt:
        sys.exit("Interrupted before everything was up; the next start continues from here.")
