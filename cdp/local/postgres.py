"""One embedded PostgreSQL server in one directory."""

import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from os import kill, sysconf
from pathlib import Path
from urllib.parse import quote, urlencode

import psutil
import psycopg

from cdp.local.binaries import postgres_binaries
from cdp.local.errors import ServiceDidNotStart
from cdp.local.processes import (
    is_alive,
    open_the_way_to,
    own_directory,
    run_as_service,
    service_user,
    set_aside,
    tail,
    wait_until_gone,
)
from cdp.local.progress import waiting

SUPERUSER = "postgres"
PORT = 5432  # only part of the socket's name: the server listens on no network address
RECOVERY_SECONDS = 900.0  # replaying 4 GB of WAL after a power cut takes minutes on a slow disk
STOP_SECONDS = 120.0
MEGABYTE = 1024 * 1024
SMALL_SHARED_BUFFERS, LARGE_SHARED_BUFFERS = 128, 512  # MB


@dataclass(frozen=True)
class PostgresServer:
    """A data directory and the socket its server answers on; `durable` off is for tests only."""

    data_dir: Path
    socket_dir: Path
    log: Path
    durable: bool = True

    def url(self, user: str, database: str) -> str:
        """A libpq URI; authentication is the permission to enter the socket's directory."""
        where = urlencode({"host": str(self.socket_dir), "port": PORT}, safe="/", quote_via=quote)
        return f"postgresql://{quote(user)}@/{quote(database)}?{where}"

    def answers(self) -> bool:
        """Whether the server takes connections now (not while it still recovers)."""
        try:
            with psycopg.connect(self.url(SUPERUSER, "postgres"), connect_timeout=10):
                return True
        except psycopg.OperationalError:
            return False

    def start(self) -> None:
        """Create the cluster if it is new, start the server unless it runs, wait until it answers."""
        if self.answers():
            return
        own_directory(self.socket_dir)
        if not (self.data_dir / "PG_VERSION").exists():
            self._create()
        self._configure()
        self._discard_stale_lock()
        with waiting("PostgreSQL is starting"):
            self._launch(time.monotonic() + RECOVERY_SECONDS)

    def stop(self) -> None:
        """Shut down so that the next start needs no recovery; a server that is not there is stopped."""
        pid = self.pid()
        if pid is None or not self._is_ours(pid):
            return
        kill(pid, signal.SIGINT)  # "fast": open transactions are rolled back, committed ones are kept
        with waiting("PostgreSQL is stopping"):
            if not wait_until_gone(pid, STOP_SECONDS):
                kill(pid, signal.SIGQUIT)
                wait_until_gone(pid, STOP_SECONDS)

    def pid(self) -> int | None:
        """The postmaster's process id as its lock file has it; the process may be gone."""
        try:
            return int((self.data_dir / "postmaster.pid").read_text().split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return None

    def _create(self) -> None:
        own_directory(self.data_dir)
        if service_user() is not None:
            open_the_way_to(postgres_binaries() / "initdb")
        # Built-in C.UTF-8: order by code point, Unicode-aware lower(), and no dependency on the
        # C library's version, which would silently corrupt indexes when the machine is upgraded.
        locale = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")
        sync = () if self.durable else ("--no-sync",)
        command = (postgres_binaries() / "initdb", "-D", self.data_dir, "-U", SUPERUSER, "--auth=trust")
        with waiting("PostgreSQL is creating its files"):
            try:
                run_as_service((*command, "--encoding=UTF8", *locale, *sync), cwd=self.data_dir)
            except subprocess.CalledProcessError as error:
                raise ServiceDidNotStart(f"PostgreSQL could not create its files:\n{error.output}") from error

    def _configure(self) -> None:
        ours = self.data_dir / "crm.conf"
        ours.write_text("".join(f"{name} = {value}\n" for name, value in self._settings()))
        ours.chmod(0o644)
        main = self.data_dir / "postgresql.conf"
        if (line := "include = 'crm.conf'\n") not in main.read_text():
            with main.open("a") as file:
                file.write(line)

    def _settings(self) -> Iterator[tuple[str, str]]:
        memory = sysconf("SC_PHYS_PAGES") * sysconf("SC_PAGE_SIZE") // MEGABYTE
        roomy = memory >= 8 * LARGE_SHARED_BUFFERS
        yield "listen_addresses", "''"
        yield "port", str(PORT)
        yield "unix_socket_directories", f"'{str(self.socket_dir).replace(chr(39), chr(39) * 2)}'"
        yield "unix_socket_permissions", "0700"
        yield "max_connections", "200"
        yield "shared_buffers", f"{LARGE_SHARED_BUFFERS if roomy else SMALL_SHARED_BUFFERS}MB"
        yield "work_mem", "32MB"
        yield "maintenance_work_mem", "256MB"
        yield "max_wal_size", "4GB"
        yield "checkpoint_timeout", "15min"
        yield "gin_pending_list_limit", "16MB"
        yield "random_page_cost", "1.1"
        yield "effective_io_concurrency", "64"
        yield "jit", "off"
        yield "timezone", "'UTC'"
        yield "log_timezone", "'UTC'"
        if not self.durable:
            yield from (("fsync", "off"), ("full_page_writes", "off"), ("synchronous_commit", "off"))

    def _discard_stale_lock(self) -> None:
        """Remove lock files whose process id exists but is no living postmaster of ours.

        It belongs to some other program (the number was given away after a power cut) or to our own
        dead postmaster that nobody has collected yet; PostgreSQL takes both for a living one and would
        refuse for ever. A lock file whose process is gone stays: PostgreSQL needs it to find out
        whether children of that postmaster survive.
        """
        pid = self.pid()
        if pid is None or not psutil.pid_exists(pid) or self._is_ours(pid):
            return
        deadline = time.monotonic() + STOP_SECONDS
        while self._has_survivors() and time.monotonic() < deadline:
            time.sleep(0.05)
        for lock in (self.data_dir / "postmaster.pid", self.socket_dir / f".s.PGSQL.{PORT}.lock"):
            lock.unlink(missing_ok=True)

    def _has_survivors(self) -> bool:
        return any(self._is_ours(pid) for pid in psutil.pids())

    def _is_ours(self, pid: int) -> bool:
        """Whether it is one of the server's processes: they, and no others, work in the data directory."""
        try:
            return is_alive(pid) and Path(psutil.Process(pid).cwd()) == self.data_dir.resolve()
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            return False

    def _launch(self, deadline: float) -> None:
        while time.monotonic() < deadline:
            if not self._is_running():
                self._fork()
            if self._answers_before(deadline):
                return
            if "still in use" not in tail(self.log):
                break  # else: children of a killed postmaster are on their way out, so try again
        raise ServiceDidNotStart(f"PostgreSQL did not start. The end of {self.log}:\n{tail(self.log)}")

    def _fork(self) -> None:
        # pg_ctl makes the server a process of its own session: Ctrl-C at the terminal must reach
        # the programs that use the database first, and the database last.
        command = (postgres_binaries() / "pg_ctl", "start", "--silent", "--no-wait", "-D", self.data_dir)
        try:
            run_as_service((*command, "-l", self._writable_log()), cwd=self.data_dir)
        except subprocess.CalledProcessError as error:
            raise ServiceDidNotStart(f"PostgreSQL did not start: {error.output}\n{tail(self.log)}") from error

    def _writable_log(self) -> Path:
        own_directory(self.log.parent)
        set_aside(self.log)
        return self.log

    def _is_running(self) -> bool:
        pid = self.pid()
        return pid is not None and is_alive(pid)

    def _answers_before(self, deadline: float) -> bool:
        grace = time.monotonic() + 3.0  # until the postmaster has written its lock file
        while time.monotonic() < deadline:
            if self.answers():
                return True
            if not self._is_running() and time.monotonic() > grace:
                return False
            time.sleep(0.05)
        return False
