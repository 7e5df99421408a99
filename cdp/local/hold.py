"""`make services`: keep the embedded servers running until Ctrl-C."""

import signal
import sys
import threading

from cdp.local import services
from cdp.local.errors import LocalError
from cdp.local.progress import say
from cdp.local.setup_copy import DATA_DIR


def main() -> None:
    """Hold the servers; they go on without us if another program still uses them."""
    finished = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: finished.set())
    with services.running(DATA_DIR) as where:
        for name, value in where.variables().items():
            if name.endswith("_URL"):
                say(f"{name}={value}")
        say("Ctrl-C stops the servers.")
        finished.wait()


if __name__ == "__main__":
    try:
        main()
    except LocalError as error:
        sys.exit(str(error))
