"""The containers' health checks can say no as well as yes."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from cdp.celery import app
from cdp.local import probe
from cdp.local.heartbeat import HeartbeatScheduler


class Site(BaseHTTPRequestHandler):
    """Answers like the product: by its own name only, and with the status the test wants."""

    status = 200

    def do_GET(self) -> None:
        accepted = self.path == "/readyz" and self.headers["Host"] == "crm.example.org"
        self.send_response(self.status if accepted else 400)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Site]]:
    class ThisSite(Site):
        pass

    with ThreadingHTTPServer(("127.0.0.1", 0), ThisSite) as server:
        monkeypatch.setenv("PORT", str(server.server_port))
        monkeypatch.setenv("ALLOWED_HOSTS", "crm.example.org,other.example.org")
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield ThisSite
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(("status", "healthy"), [(200, True), (503, False), (302, False)])
def test_the_web_server_is_healthy_only_when_it_is_ready(
    site: type[Site], status: int, healthy: bool
) -> None:
    site.status = status
    assert probe.web() is healthy


def test_a_web_server_that_is_gone_is_not_healthy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "9")
    assert probe.web() is False


def test_a_worker_that_is_not_there_is_not_healthy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probe, "SECONDS", 0.3)
    assert probe.worker() is False


@pytest.mark.django_db(transaction=True)
def test_the_scheduler_leaves_a_sign_of_life_at_every_tick(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    heartbeat = tmp_path / "beat"
    monkeypatch.setenv("BEAT_HEARTBEAT", str(heartbeat))
    scheduler = HeartbeatScheduler(app=app, lazy=True)
    scheduler.tick()
    os.utime(heartbeat, (0, 0))
    scheduler.tick()
    assert time.time() - heartbeat.stat().st_mtime < 60


def test_the_exit_code_carries_the_answer() -> None:
    environment = {**os.environ, "PORT": "9"}
    command = [sys.executable, "-m", "cdp.local.probe", "web"]
    assert subprocess.run(command, env=environment, check=False).returncode == 1
