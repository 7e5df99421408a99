"""Make .venv and install the pinned packages. Runs on the system's Python, before anything is installed.

Usage: python3 -P cdp/local/bootstrap.py runtime|dev
"""

import fcntl
import hashlib
import importlib.util
import os
import select
import subprocess
import sys
import time
import venv
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = {"runtime": ROOT / "requirements.lock", "dev": ROOT / "requirements-dev.lock"}
# As in progress.py, which cannot be imported from here.
SILENCE_SECONDS = 2.0 if sys.stderr.isatty() else 15.0
MINIMUM = (3, 11)


def main(kind: str) -> None:
    """Bring .venv to the state of the lock file, or say in one sentence why that is impossible."""
    if sys.version_info < MINIMUM:
        sys.exit(f"Python 3.11 or newer is needed; {sys.executable} is {sys.version.split()[0]}.")
    fcntl.flock(os.open(ROOT, os.O_RDONLY), fcntl.LOCK_EX)  # another make may be installing: wait for it
    if not _works(PYTHON):
        _create()
    if not _installed(kind):
        _install(kind)


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def _works(python: Path) -> bool:
    """Whether the environment has a Python that starts; a system upgrade can leave a dead link behind."""
    if not python.exists():
        return False
    program = f"import sys, pip; sys.exit(sys.version_info < {MINIMUM})"
    return subprocess.run([python, "-c", program], check=False, capture_output=True).returncode == 0


def _create() -> None:
    _say(f"Creating .venv with Python {sys.version.split()[0]}")
    if importlib.util.find_spec("ensurepip") is None:
        sys.exit(
            "This Python cannot make virtual environments; on Debian or Ubuntu: apt install python3-venv"
        )
    venv.EnvBuilder(with_pip=False, clear=VENV.exists(), symlinks=True).create(VENV)
    _run([str(PYTHON), "-m", "ensurepip", "--upgrade", "--default-pip"], "installing pip", quiet=True)


def _stamp(kind: str) -> Path:
    return VENV / f".installed-{kind}"


def _digest(kind: str) -> str:
    return hashlib.sha256(LOCKS[kind].read_bytes()).hexdigest()


def _installed(kind: str) -> bool:
    """The development lock contains every package of the runtime one, at the same versions."""
    kinds = ("dev",) if kind == "dev" else ("runtime", "dev")
    return any(_stamp(k).exists() and _stamp(k).read_text() == _digest(k) for k in kinds)


def _install(kind: str) -> None:
    lock = LOCKS[kind]
    _say(f"Installing the packages of {lock.name} (once; about 200 MB to fetch)")
    # The lock is complete. Without --no-deps older pips look for a dependency with an extra (coverage[toml])
    # again, find a release newer than the pinned one, and refuse it for having no hash.
    command = [str(PYTHON), "-m", "pip", "install", "--no-deps", "--require-hashes", "--only-binary", ":all:"]
    _run([*command, "--disable-pip-version-check", "-r", str(lock)], "installing packages")
    _stamp(kind).write_text(_digest(kind))


def _run(command: Sequence[str], what: str, *, quiet: bool = False) -> None:
    """Run a step, passing its lines on, and speak up whenever it has been silent for long."""
    started = time.monotonic()
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "PIP_ROOT_USER_ACTION": "ignore"}
    lines: list[str] = []
    pipe, merged = subprocess.PIPE, subprocess.STDOUT
    with subprocess.Popen(command, stdout=pipe, stderr=merged, env=environment, bufsize=0) as step:
        assert step.stdout is not None  # noqa: S101 - the pipe was asked for one line above
        while True:
            ready, _, _ = select.select([step.stdout], [], [], SILENCE_SECONDS)
            if not ready:
                _say(f"  … {what} ({time.monotonic() - started:.0f} s)")
                continue
            if not (line := step.stdout.readline()):
                break
            lines.append(line.decode(errors="replace").rstrip())
            if not quiet and lines[-1].lstrip().startswith(
                ("Collecting", "Installing", "ERROR", "WARNING: Retry")
            ):
                _say("  " + lines[-1].split(" (from ")[0][:100])
    if step.returncode != 0:
        _say("\n".join(lines[-20:]))
        sys.exit(f"Could not finish {what}; the last lines above say why. Run the same command again.")


if __name__ == "__main__":
    main(sys.argv[1])
