"""The clock: rings the sweeps. It needs the schedule alone, so it loads no application."""

from celery import Celery

app = Celery("beat", fixups=[])
app.config_from_object("studio.settings", namespace="CELERY")
