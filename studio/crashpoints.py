"""Places where a fault test may kill the process, as `kill -9` would.

Nothing happens unless CRASH_AT lists the place (commas between) and the folder CRASH_MARKERS
has no file of its name yet; so each place kills exactly one process, once.
"""

import os
import signal
from pathlib import Path


def crashpoint(name: str) -> None:
    """Die here if a test asked for it."""
    if name not in os.environ.get("CRASH_AT", "").split(","):
        return
    marker = Path(os.environ["CRASH_MARKERS"]) / name
    try:
        marker.touch(exist_ok=False)
    except FileExistsError:
        return
    os.kill(os.getpid(), signal.SIGKILL)
