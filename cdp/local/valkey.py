"""One embedded Valkey server in one directory, on a loopback port, behind a password."""

import signal
import subprocess
import time
from dataclasses import dataclass
from os import chown, kill
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from cdp.local.binaries import valkey_server
from cdp.local.errors import PortInUse, ServiceDidNotStart
from cdp.local.processes import open_the_way_to, own_directory, run_as_service, service_user, set_aside, tail
from cdp.local.processes import wait_until_gone as gone
from cdp.local.progress import waiting

START_SECONDS = 300.0  # a large append-only file is read back before the first answer
STOP_SECONDS = 60.0


@dataclass(frozen=True)
class ValkeyServer:
    """A data directory, a port and the password; `durable` off keeps nothing on disk (tests)."""

    data_dir: Path
    port: int
    password: str
    durable: bool = True

    @property
    def url(self) -> str:
        """Database 0, in the one spelling that Django, redis-py and Celery all read."""
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    @property
    def log(self) -> Path:
        """Where the server writes what it does."""
        return self.data_dir / "valkey.log"

    def pid(self) -> int | None:
        """The server's process id, if ours answers on the port; a stranger's server does not count."""
        with redis.Redis.from_url(self.url, socket_timeout=5, retry=Retry(NoBackoff(), 0)) as client:
            try:
                return int(client.info("server")["process_id"])
            except redis.exceptions.RedisError:
                return None

    def start(self) -> None:
        """Start the server unless it runs, and wait until it has read its data and answers."""
        if self.pid() is not None:
            return
        own_directory(self.data_dir)
        configuration = self.data_dir / "valkey.conf"
        configuration.write_text(self._configuration())
        self._hand_over(configuration)
        set_aside(self.log)
        logged_before = len(self.log.read_text(errors="replace")) if self.log.exists() else 0
        with waiting("Valkey is starting"):
            try:
                run_as_service((valkey_server(), configuration), cwd=self.data_dir)
            except subprocess.CalledProcessError as error:
                raise ServiceDidNotStart(f"Valkey did not start: {error.output}\n{tail(self.log)}") from error
            self._wait(logged_before)

    def stop(self) -> None:
        """Shut down with everything written; a server that is not there is stopped."""
        if (pid := self.pid()) is None:
            return
        kill(pid, signal.SIGTERM)
        with waiting("Valkey is stopping"):
            if not gone(pid, STOP_SECONDS):
                kill(pid, signal.SIGKILL)
                gone(pid, STOP_SECONDS)

    def _configuration(self) -> str:
        lines = {
            "bind": "127.0.0.1",
            "port": str(self.port),
            "requirepass": self.password,
            "dir": f'"{self.data_dir}"',
            "logfile": f'"{self.log}"',
            "daemonize": "yes",  # a session of its own: Ctrl-C must not stop the queue before the worker
            "save": '""',
            "appendonly": "yes" if self.durable else "no",
            "maxmemory-policy": "noeviction",  # a queue that forgets is worse than one that refuses
        }
        return "".join(f"{name} {value}\n" for name, value in lines.items())

    def _hand_over(self, configuration: Path) -> None:
        configuration.chmod(0o600)  # it holds the password
        if (user := service_user()) is not None:
            chown(configuration, user.pw_uid, user.pw_gid)
            open_the_way_to(valkey_server())

    def _wait(self, logged_before: int) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            time.sleep(0.05)  # a refused port is in the log by then, before we ask whoever answers there
            if "already in use" in self.log.read_text(errors="replace")[logged_before:]:
                raise PortInUse(f"Port {self.port} was taken by another program.")
            if self.pid() is not None:
                return
        raise ServiceDidNotStart(f"Valkey did not start. The end of {self.log}:\n{tail(self.log)}")
