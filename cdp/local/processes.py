"""Run a server as a user PostgreSQL accepts, and find out whether it still lives."""

import os
import pwd
import stat
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

import psutil

from cdp.local.progress import say

# PostgreSQL refuses to run as root. Both exist without being created: the first where a
# distribution's PostgreSQL was ever installed, the second everywhere.
UNPRIVILEGED_USERS = ("postgres", "nobody")
LARGEST_LOG = 10 * 1024 * 1024  # bytes


def service_user() -> pwd.struct_passwd | None:
    """The user the servers run as, or None when that is simply the current one."""
    if os.geteuid() != 0:
        return None
    for name in UNPRIVILEGED_USERS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise LookupError(f"running as root needs one of the users {', '.join(UNPRIVILEGED_USERS)}")


def own_directory(path: Path) -> Path:
    """Create `path` so that the servers' user, and nobody else, may enter and write it."""
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(0o700)
    if (user := service_user()) is not None:
        os.chown(path, user.pw_uid, user.pw_gid)
        open_the_way_to(path)
    return path


def open_the_way_to(path: Path) -> None:
    """Let the servers' user walk (not read) through the directories above `path`."""
    for parent in path.resolve().parents:
        mode = parent.stat().st_mode
        if not mode & stat.S_IXOTH:
            say(f"  letting other users pass through {parent} (chmod o+x), as the servers do not run as root")
            parent.chmod(stat.S_IMODE(mode) | stat.S_IXOTH)


def run_as_service(command: Sequence[str | Path], cwd: Path) -> str:
    """Run a short command as the servers' user and return what it printed.

    Raises subprocess.CalledProcessError with that output. The environment is bare, so that no
    PGPORT or LC_ALL of the caller changes what the server becomes.
    """
    user = service_user()
    identity = (
        {} if user is None else {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": list[int]()}
    )
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC", "HOME": str(cwd)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=True,
        **identity,  # type: ignore[call-overload]
    )
    return str(done.stdout)


def is_alive(pid: int) -> bool:
    """Whether the process runs; one that has ended but was not collected yet does not count."""
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def wait_until_gone(pid: int, seconds: float) -> bool:
    """Whether the process ended within `seconds`."""
    deadline = time.monotonic() + seconds
    while is_alive(pid):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def set_aside(log: Path) -> None:
    """Keep one older log of a server that is about to start, so that logs do not grow for ever."""
    if log.exists() and log.stat().st_size > LARGEST_LOG:
        log.replace(log.with_suffix(".old"))


def tail(log: Path, lines: int = 15) -> str:
    """The end of a log file, for an error message."""
    if not log.exists():
        return "(no log was written)"
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
