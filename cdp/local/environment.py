"""Where the embedded servers of a directory are, or will be: cheap, and nothing is started."""

import fcntl
import hashlib
import json
import os
import secrets
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

LONGEST_SOCKET_PATH = 100  # the kernel's limit is 107 bytes on Linux and 103 on macOS
SOCKET_NAME = ".s.PGSQL.5432.lock"


@dataclass(frozen=True)
class Environment:
    """The addresses the settings need, as they would stand in environment variables."""

    database_url: str
    database_owner_url: str
    database_superuser_url: str
    redis_url: str
    secret_key: str

    def variables(self) -> dict[str, str]:
        """The same as environment variables."""
        return {
            "DATABASE_URL": self.database_url,
            "DATABASE_OWNER_URL": self.database_owner_url,
            "DATABASE_SUPERUSER_URL": self.database_superuser_url,
            "REDIS_URL": self.redis_url,
            "SECRET_KEY": self.secret_key,
        }


@dataclass(frozen=True)
class Addresses:
    """What must be remembered between starts: where the servers are, and this copy's secrets."""

    socket_dir: Path
    redis_port: int
    redis_password: str
    secret_key: str


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold an exclusive lock on a file; the kernel lets go of it when the process dies."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def addresses(data_dir: Path, *, another_port: bool = False) -> Addresses:
    """Read the recorded addresses, choosing and recording them the first time.

    `another_port` replaces a port that somebody else took while our server was down.
    """
    record = data_dir / "services.json"
    if not another_port and (known := _read(record)) is not None:
        return known
    with locked(data_dir / "services.lock"):
        known = _read(record)
        if known is not None and not another_port:
            return known
        if known is None:
            known = Addresses(_socket_dir(data_dir), 0, secrets.token_urlsafe(24), secrets.token_urlsafe(50))
        chosen = replace(known, redis_port=_free_port())
        _write(record, chosen)
        return chosen


def _read(record: Path) -> Addresses | None:
    try:
        data = json.loads(record.read_text())
    except FileNotFoundError:
        return None
    # The socket's place is computed, not read: a directory that was moved or copied must not
    # reach the server of the place it came from.
    return Addresses(
        _socket_dir(record.parent), data["redis_port"], data["redis_password"], data["secret_key"]
    )


def _write(record: Path, chosen: Addresses) -> None:
    data = asdict(chosen)
    del data["socket_dir"]
    draft = record.with_suffix(".draft")
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(data, indent=2) + "\n")
    draft.replace(record)


def _socket_dir(data_dir: Path) -> Path:
    """`run/` beside the data, or a short name in the temporary directory when that is too long."""
    near = data_dir.resolve() / "run"
    if len(os.fsencode(near / SOCKET_NAME)) <= LONGEST_SOCKET_PATH:
        return near
    digest = hashlib.sha256(os.fsencode(near)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"crm-{os.geteuid()}-{digest}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
