#!/usr/bin/env python
"""Django's command line; on a machine without servers it brings the embedded ones up first."""

import os
import sys
from pathlib import Path

from django.core.management import execute_from_command_line

from cdp.local.errors import LocalError
from cdp.local.management import start_servers_for


def main() -> None:
    """Run one management command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cdp.settings")
    try:
        start_servers_for(sys.argv[1:], Path(__file__).resolve().parent)
    except LocalError as error:
        sys.exit(str(error))
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
