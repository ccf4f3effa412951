"""Addresses and log lines of tasks."""

import threading
from types import SimpleNamespace

import structlog
from django.urls import get_script_prefix, reverse, set_script_prefix

from studio import taskcontext
from training import tasks


def test_addresses_made_in_a_thread_of_a_worker_lie_under_the_sub_path(settings):
    settings.FORCE_SCRIPT_NAME = "/studio"
    made = []

    def work():
        taskcontext._under_sub_path()
        made.append(reverse("notifications"))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert made == ["/studio/notifications/"]
    assert get_script_prefix() == "/"


def test_the_ids_of_a_task_are_bound(settings):
    task = SimpleNamespace(
        name=tasks.submit.name,
        run=tasks.submit.run,
        request=SimpleNamespace(args=["dataset", 7], kwargs={}),
    )
    with structlog.contextvars.bound_contextvars():
        taskcontext._bind(task)
        bound = structlog.contextvars.get_contextvars()
        structlog.contextvars.clear_contextvars()
    assert bound == {"task": "training.tasks.submit", "kind": "dataset", "pk": 7}


def test_a_link_in_news_holds_the_sub_path_once(db, settings):
    from studio.site import Site
    from tests.factories import CustomModelFactory
    from training.models import Event
    from training.services.dispatching import news_of

    settings.SITE = Site("https://intranet.example/studio")
    model = CustomModelFactory()
    event = Event.objects.create(
        project=model.project, kind="custommodel", verb="succeeded", object_id=model.pk, name="M"
    )
    set_script_prefix("/studio/")
    try:
        assert news_of(event).url == f"https://intranet.example{model.get_absolute_url()}"
        assert model.get_absolute_url().startswith("/studio/projects/")
    finally:
        set_script_prefix("/")
