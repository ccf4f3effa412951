"""Beat knows its tasks by name only, so a renamed task must be noticed."""

from studio.celery import app


def test_every_task_of_the_schedule_is_registered():
    app.loader.import_default_modules()
    scheduled = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert scheduled
    assert scheduled <= set(app.tasks)
