"""The clock: rings the sweeps. It needs the schedule alone, so it loads no application."""

import atexit
from typing import Any

from celery import Celery, signals

from studio.heartbeats import Pulse

app = Celery("beat", fixups=[])
app.config_from_object("studio.settings", namespace="CELERY")
_pulse = Pulse(app.conf.broker_url)


@signals.after_task_publish.connect
def rang(**_: Any) -> None:
    """Each ring that the broker took is a sign of life."""
    _pulse.beat("beat")
    atexit.unregister(_stopped)
    atexit.register(_stopped)


def _stopped() -> None:
    _pulse.end("beat")
