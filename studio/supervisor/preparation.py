"""What must be in place before the processes start: tables, styles, the local resource."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from studio import broker


def prepare() -> None:
    """Bring the data folder up to date; quick when nothing has changed."""
    if _migrations_pending():
        call_command("migrate", verbosity=0, interactive=False)
    _collect_static()
    broker.socket_path(settings.STUDIO_DATA).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    (settings.STUDIO_DATA / "run").mkdir(exist_ok=True, mode=0o700)


def _migrations_pending() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _collect_static() -> None:
    stamp = settings.STUDIO_DATA / "run" / "static.stamp"
    present = _fingerprint(settings.STATICFILES_DIRS[0])
    if stamp.exists() and stamp.read_text() == present and settings.STATIC_ROOT.exists():
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(present)


def _fingerprint(folder: Path) -> str:
    digest = hashlib.sha256(str(folder).encode())
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(str(path).encode() + path.read_bytes())
    return digest.hexdigest()
