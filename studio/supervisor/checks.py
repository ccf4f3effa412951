"""What must be free before anything is started."""

import fcntl
import socket
from pathlib import Path
from typing import IO


class CannotStart(Exception):
    """A sentence that says why, and what to do."""


def check_port(host: str, port: int) -> None:
    """Raise CannotStart when something listens at the address already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CannotStart(
                f"{host}:{port} cannot be used ({error.strerror}). Stop what listens there, or "
                f"choose another port, for example: PORT={port + 1} make run"
            ) from error


def lock(folder: Path) -> IO[str]:
    """Hold the data folder for this server; keep the file open while it runs."""
    folder.mkdir(parents=True, exist_ok=True)
    file = (folder / "up.lock").open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise CannotStart(
            f"Another server already uses the data in {folder.parent}. Stop it, or choose another "
            "folder by STUDIO_DATA."
        ) from error
    return file
