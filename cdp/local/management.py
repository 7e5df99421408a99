"""What manage.py does around a command: have the embedded servers running if it needs them."""

import atexit
import os
from collections.abc import Sequence
from pathlib import Path

from cdp.local import services

# Everything else may touch the database. A new command therefore works without being listed here.
COMMANDS_WITHOUT_DATABASE = frozenset(
    {
        "check",
        "collectstatic",
        "compilemessages",
        "diffsettings",
        "evaluate_call_list",
        "evaluate_matching",
        "evaluate_products",
        "findstatic",
        "help",
        "makemessages",
        "spectacular",
        "startapp",
        "version",
    }
)


def needs_servers(arguments: Sequence[str]) -> bool:
    """Whether this command line (without the program's name) will talk to PostgreSQL or Valkey."""
    command = next((argument for argument in arguments if not argument.startswith("-")), None)
    asks_for_help = not {"-h", "--help", "--version"}.isdisjoint(arguments)
    return command is not None and not asks_for_help and command not in COMMANDS_WITHOUT_DATABASE


def start_servers_for(arguments: Sequence[str], base_dir: Path) -> None:
    """Start the embedded servers for this command and stop them after it, unless others use them.

    Does nothing when DATABASE_URL names a server, or under another process that already holds them.
    """
    if os.environ.get("DATABASE_URL") or not needs_servers(arguments):
        return
    data_dir = base_dir / ".data"
    services.ensure_running(data_dir)
    atexit.register(services.stop, data_dir)
