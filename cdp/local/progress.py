"""Say what is happening, and say it again while it takes longer."""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

# A person at a terminal looks at it all the time; a log is read from its end.
SILENCE_SECONDS = 2.0 if sys.stderr.isatty() else 15.0


def say(text: str) -> None:
    """Write one line for the person who started us; standard output stays free for results."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """Report `what` with the seconds gone by, every so many seconds, for as long as the block runs."""
    started = time.monotonic()
    done = threading.Event()

    def report() -> None:
        while not done.wait(SILENCE_SECONDS):
            say(f"  … {what} ({time.monotonic() - started:.0f} s)")

    reporter = threading.Thread(target=report, daemon=True)
    reporter.start()
    try:
        yield
    finally:
        done.set()
        reporter.join()
