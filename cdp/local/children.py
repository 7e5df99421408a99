"""One child process of the supervisor: start it, show its lines under its name, restart it, stop it."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO

from cdp.local.processes import wait_until_gone
from cdp.local.progress import say, waiting

FIRST_DELAY, LONGEST_DELAY = 1.0, 30.0  # seconds between a crash and the next start
LAST_WORDS_SECONDS = 2.0  # for lines still in the pipe; a grandchild may hold it open for longer
HEALTHY_SECONDS = 60.0  # who lived this long starts again at the first delay


@dataclass
class Child:
    """A program, and what the supervisor knows about its current process."""

    name: str
    command: Sequence[str]
    patience: float  # seconds it may take to finish what it is doing
    can_wait: bool = False  # start it after the others are ready: nobody looks at it before
    process: subprocess.Popen[bytes] | None = None
    crashes: int = 0
    started_at: float = 0.0
    restart_at: float = 0.0
    relay: threading.Thread | None = None

    def start(self) -> None:
        """Start the program in a session of its own: Ctrl-C is for the supervisor to act on."""
        self.process = subprocess.Popen(
            list(self.command),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self.started_at = time.monotonic()
        assert self.process.stdout is not None  # noqa: S101 - the pipe was asked for above
        self.relay = threading.Thread(target=self._relay, args=(self.process.stdout,), daemon=True)
        self.relay.start()

    @property
    def pid(self) -> int | None:
        """The process id while it runs."""
        return None if self.process is None or self.process.poll() is not None else self.process.pid

    def hold_back(self, seconds: float) -> None:
        """Let `look_after` start it for the first time, this much later."""
        self.restart_at = time.monotonic() + seconds

    def look_after(self) -> None:
        """Notice a crash, and start the program again when its delay is over."""
        if self.process is None:
            if time.monotonic() >= self.restart_at:
                self.start()
            return
        if (code := self.process.poll()) is None:
            return
        lived = time.monotonic() - self.started_at
        self.crashes = 1 if lived > HEALTHY_SECONDS else self.crashes + 1
        delay = min(FIRST_DELAY * 2.0 ** (self.crashes - 1), LONGEST_DELAY)
        say(f"{self.name} ended with status {code} after {lived:.0f} s; starting it again in {delay:.0f} s")
        self.process, self.restart_at = None, time.monotonic() + delay

    def stop(self, hurry: threading.Event) -> None:
        """Ask it to finish; after its patience, or when `hurry` is set, interrupt it; then wait."""
        process, self.process = self.process, None
        if process is not None and process.poll() is None:
            self._end(process, hurry)
        if self.relay is not None:
            self.relay.join(LAST_WORDS_SECONDS)

    def _end(self, process: subprocess.Popen[bytes], hurry: threading.Event) -> None:
        process.send_signal(signal.SIGTERM)
        with waiting(f"{self.name} is finishing its work; Ctrl-C interrupts it, it is resumed next time"):
            deadline = time.monotonic() + self.patience
            while process.poll() is None and time.monotonic() < deadline and not hurry.is_set():
                time.sleep(0.05)
        for number, seconds in ((signal.SIGQUIT, 15.0), (signal.SIGKILL, 15.0)):
            if process.poll() is not None:
                return
            process.send_signal(number)
            wait_until_gone(process.pid, seconds)
        process.wait()

    def _relay(self, pipe: IO[bytes]) -> None:
        with pipe:
            for line in pipe:
                sys.stdout.buffer.write(f"{self.name:<6} | ".encode() + line.rstrip(b"\n") + b"\n")
                sys.stdout.buffer.flush()
