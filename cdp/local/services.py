"""Start and stop the embedded PostgreSQL and Valkey of a directory, however many programs share them.

Every program that uses them holds a shared lock, which the kernel drops even when the program is
killed. Whoever lets go last stops the servers, so nothing is stopped under somebody's feet.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cdp.local import database
from cdp.local.environment import Addresses, Environment, addresses, locked
from cdp.local.errors import PortInUse, ServiceDidNotStart
from cdp.local.postgres import SUPERUSER, PostgresServer
from cdp.local.valkey import ValkeyServer

__all__ = ["Environment", "ensure_running", "environment", "in_use", "stop"]

PORT_ATTEMPTS = 5
_held: dict[Path, int] = {}  # data directory -> descriptor that holds this process's shared lock


def environment(data_dir: Path) -> Environment:
    """The addresses the servers of this directory have or will have. Starts nothing."""
    return _environment(data_dir, addresses(data_dir))


def ensure_running(data_dir: Path, *, testing: bool = False) -> Environment:
    """Start what does not run yet, set the database up, and note that this process uses it.

    `testing` trades durability for speed. Raises LocalError with a sentence for the reader.
    """
    data_dir = data_dir.resolve()
    with locked(data_dir / "start.lock"):
        _hold(data_dir)
        postgres = _postgres(data_dir, addresses(data_dir), durable=not testing)
        postgres.start()
        database.prepare(postgres.url(SUPERUSER, "postgres"))
        return _environment(data_dir, _start_valkey(data_dir, durable=not testing))


def stop(data_dir: Path) -> bool:
    """Let go of the servers, and stop them if no other program uses them; returns whether it did."""
    data_dir = data_dir.resolve()
    with locked(data_dir / "start.lock"):
        _let_go(data_dir)
        if in_use(data_dir):
            return False
        where = addresses(data_dir)
        _valkey(data_dir, where, durable=True).stop()
        _postgres(data_dir, where, durable=True).stop()
        if where.socket_dir.exists() and not where.socket_dir.is_relative_to(data_dir):
            where.socket_dir.rmdir()  # it stands in the common temporary directory, and is empty now
        return True


def in_use(data_dir: Path) -> bool:
    """Whether any program, this one included, said that it uses the servers."""
    descriptor = os.open(data_dir / "use.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


@contextmanager
def running(data_dir: Path, *, testing: bool = False) -> Iterator[Environment]:
    """The servers for the length of a block."""
    try:
        yield ensure_running(data_dir, testing=testing)
    finally:
        stop(data_dir)


def _hold(data_dir: Path) -> None:
    if data_dir not in _held:
        _held[data_dir] = os.open(data_dir / "use.lock", os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(_held[data_dir], fcntl.LOCK_SH)


def _let_go(data_dir: Path) -> None:
    if (descriptor := _held.pop(data_dir, None)) is not None:
        os.close(descriptor)


def _start_valkey(data_dir: Path, *, durable: bool) -> Addresses:
    where = addresses(data_dir)
    for _ in range(PORT_ATTEMPTS):
        try:
            _valkey(data_dir, where, durable=durable).start()
        except PortInUse:
            where = addresses(data_dir, another_port=True)
        else:
            return where
    raise ServiceDidNotStart("Valkey found no free port on 127.0.0.1")


def _environment(data_dir: Path, where: Addresses) -> Environment:
    postgres = _postgres(data_dir, where, durable=True)
    return Environment(
        database_url=postgres.url(database.APP, database.DATABASE),
        database_owner_url=postgres.url(database.OWNER, database.DATABASE),
        database_superuser_url=postgres.url(SUPERUSER, database.DATABASE),
        redis_url=_valkey(data_dir, where, durable=True).url,
        secret_key=where.secret_key,
    )


def _postgres(data_dir: Path, where: Addresses, *, durable: bool) -> PostgresServer:
    data_dir = data_dir.resolve()
    return PostgresServer(data_dir / "postgres", where.socket_dir, data_dir / "log" / "postgres.log", durable)


def _valkey(data_dir: Path, where: Addresses, *, durable: bool) -> ValkeyServer:
    return ValkeyServer(data_dir.resolve() / "valkey", where.redis_port, where.redis_password, durable)
