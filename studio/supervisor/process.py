"""One supervised child process."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

_PARENT_DEATH_SIGNAL = 1
_LONGEST_PAUSE = 5.0
_STEADY_SECONDS = 60.0


def die_with_parent() -> None:
    """Ask the kernel to end this process when its supervisor is gone (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, signal.SIGTERM)


@dataclass
class Child:
    """A command that is started again when it ends by itself, later each time."""

    name: str
    command: list[str]
    environment: Mapping[str, str]
    stop_seconds: float = 15.0
    process: "subprocess.Popen[bytes] | None" = field(default=None, init=False)
    started_at: float = field(default=0.0, init=False)
    failures: int = field(default=0, init=False)
    due_at: float = field(default=0.0, init=False)

    def start(self) -> None:
        """Start it in a process group of its own, so that Ctrl-C reaches the supervisor alone."""
        self.process = subprocess.Popen(  # noqa: S603  # commands of our own table
            self.command,
            env=dict(self.environment),
            start_new_session=True,
            preexec_fn=die_with_parent,  # started before any thread exists
        )
        self.started_at = time.monotonic()

    def check(self) -> str | None:
        """Restart when due; the answer is a line worth printing."""
        if self.process is None:
            if time.monotonic() >= self.due_at:
                self.start()
            return None
        code = self.process.poll()
        if code is None:
            return None
        self.process = None
        steady = time.monotonic() - self.started_at > _STEADY_SECONDS
        self.failures = 1 if steady else self.failures + 1
        pause = min(2.0 ** (self.failures - 1), _LONGEST_PAUSE)
        self.due_at = time.monotonic() + pause
        return f"{self.name} ended (status {code}); starting it again in {pause:.0f} s"

    def ask_to_stop(self) -> None:
        """Let it finish what it holds."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait_or_kill(self) -> None:
        """Wait for its end; after a while end it and all that it started."""
        if self.process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(self.stop_seconds)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process = None
