"""Places where a fault test may kill the process, as `kill -9` would.

Nothing happens unless CRASH_AT names the place and the marker file CRASH_MARKER does not
exist yet; so each test kills exactly one process, once.
"""

import os
import signal


def crashpoint(name: str) -> None:
    """Die here if a test asked for it."""
    if os.environ.get("CRASH_AT") != name:
        return
    try:
        os.close(os.open(os.environ["CRASH_MARKER"], os.O_CREAT | os.O_EXCL | os.O_WRONLY))
    except FileExistsError:
        return
    os.kill(os.getpid(), signal.SIGKILL)
