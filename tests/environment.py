"""Loaded before Django's settings: a data folder for these tests alone, and no broker."""

import os
import shutil
import tempfile
from pathlib import Path

DATA = Path(tempfile.mkdtemp(prefix="studio-tests-"))
(DATA / "static").mkdir()
os.environ |= {
    "STUDIO_DATA": str(DATA),
    "BROKER_URL": "memory://",
    "LOG_LEVEL": "WARNING",
    "PORT": "8000",
    "LOCALSPEECH_PHONEMES": "no",  # its own tests turn it on
}


def pytest_unconfigure(config):
    """Leave nothing behind."""
    shutil.rmtree(DATA, ignore_errors=True)
