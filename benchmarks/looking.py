"""How long one look through a large resource takes, first and when nothing has changed.

    PYTHONPATH=. python benchmarks/looking.py
The service is a list in memory, so that our own part alone is measured.
"""

import os
import statistics
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from typing import Any, Self

os.environ["STUDIO_DATA"] = tempfile.mkdtemp(prefix="looking-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studio.settings")
os.environ.setdefault("BROKER_URL", "memory://")

import django

django.setup()

from django.core.management import call_command

from training.models import FoundObject, Project, Resource
from training.services import connection, discovery
from training.speechapi import types

ROOT = "http://speech.test/speechtotext/v3.2"
MODELS, DATASETS = 5000, 2000


class Service:
    """Lists what it was given."""

    def __init__(self, project: str) -> None:
        self.lists = {
            "datasets": [one(types.Dataset, "datasets", project) for _ in range(DATASETS)],
            "models": [one(types.CustomModel, "models", project) for _ in range(MODELS)],
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing to close."""

    def __getattr__(self, name: str) -> Callable[..., Iterator[Any]]:
        return lambda *_query: iter(self.lists.get(name, ()))


def one(kind: type[types.Entity], collection: str, project: str) -> types.Entity:
    raw = {
        "self": f"{ROOT}/{collection}/{uuid.uuid4()}", "displayName": "Object", "locale": "en-US",
        "status": "Succeeded", "createdDateTime": "2026-01-01T00:00:00Z", "kind": "Language",
        "lastActionDateTime": "2026-01-01T00:10:00Z",
        "properties": {"deprecationDates": {"transcriptionDateTime": "2028-01-15T00:00:00Z"}},
        **({"project": {"self": project}} if project else {}),
    }  # fmt: skip
    return kind.parse(raw)


def timed(resource: Resource, times: int) -> float:
    found = []
    for _ in range(times):
        began = time.perf_counter()
        discovery.look(resource.pk)
        found.append(time.perf_counter() - began)
    return statistics.median(found)


def main() -> None:
    call_command("migrate", verbosity=0)
    for title, project in (("in no project", ""), ("in a known project", f"{ROOT}/projects/1")):
        resource = Resource.objects.create(name=title, address="http://speech.test", key="k")
        if project:
            Project.objects.create(
                resource=resource, display_name="P", locale="en-US", remote_self=project,
                submission="submitted",
            )  # fmt: skip
        service = Service(project)
        connection.SpeechClient = lambda *_a, _s=service, **_k: _s
        first, again = timed(resource, 1), timed(resource, 3)
        print(
            f"{MODELS + DATASETS} objects {title}: first look {first:.1f} s, "
            f"unchanged {again:.2f} s ({first / again:.0f} times less)"
        )
    print("rows:", FoundObject.objects.count())


main()
