"""One and two engine workers on one test and one training with audio, and a worker that is killed.

    DATABASE_URL=postgres://USER@HOST/any REDIS_URL=redis://HOST/7 \
        python benchmarks/shards.py [--clips 36] [--runs 1] [FOLDER] [--parts test killed training]

FOLDER is described in speech.py. Workers are Celery processes of one child each; they share the
database (made for the run and dropped after it), the Redis database (emptied first) and the data
folder. The workers are up before the clock starts. "killed" is a test during which one of two
workers dies while both hold a shard; a claim of a dead worker runs out after 6 seconds.
"""

import argparse
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import speech

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
API = "/speechtotext/v3.2"
LONGEST = 1800


@contextmanager
def surroundings() -> Iterator[None]:
    """A database, an empty broker and a data folder of our own, in the environment."""
    server, _, _ = os.environ["DATABASE_URL"].rpartition("/")
    name = f"shards_{uuid.uuid4().hex[:10]}"
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')
        try:
            with tempfile.TemporaryDirectory() as data:
                os.environ |= {
                    "DATABASE_URL": f"{server}/{name}",
                    "STUDIO_DATA": data,
                    "CLAIM_SECONDS": "6",
                    "OPENBLAS_NUM_THREADS": "1",
                    "DJANGO_SETTINGS_MODULE": "studio.settings",
                }
                subprocess.run([sys.executable, "manage.py", "prepare"], cwd=ROOT, check=True)
                yield
        finally:
            admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


class Workers:
    """Engine workers, each a process group of its own."""

    def __init__(self, count: int) -> None:
        self.processes = [
            subprocess.Popen(
                [sys.executable, "-m", "celery", "-q", "-A", "studio", "worker", "-Q", "engine",
                 "-n", f"w{number}-{uuid.uuid4().hex[:6]}@%h", "--pool", "prefork",
                 "--concurrency", "1", "--loglevel", "WARNING", "--without-gossip",
                 "--without-mingle"],
                cwd=ROOT, start_new_session=True, stdout=subprocess.DEVNULL,
            )
            for number in range(count)
        ]  # fmt: skip

    def __enter__(self) -> "Workers":
        from studio.celery import app

        while len(app.control.ping(timeout=2)) < len(self.processes):
            time.sleep(0.2)
        return self

    def __exit__(self, *_: object) -> None:
        for one in self.processes:
            if one.poll() is None:
                one.terminate()
        for one in self.processes:
            one.wait()

    def kill_one(self) -> None:
        """As if its machine had gone."""
        os.killpg(self.processes[0].pid, signal.SIGKILL)
        self.processes[0].wait()


class Service:
    """The REST API in this process, and what beat would do."""

    def __init__(self) -> None:
        import django

        django.setup()
        from django.conf import settings
        from django.test import Client

        self.client = Client(HTTP_HOST="127.0.0.1")
        self.headers = {"Ocp-Apim-Subscription-Key": settings.LOCALSPEECH_KEY}

    def post(self, kind: str, **body: Any) -> str:
        """A new object's address."""
        answer = self.client.post(
            f"{API}/{kind}", json.dumps({"displayName": "B", "locale": "en-US", **body}),
            content_type="application/json", headers=self.headers,
        )  # fmt: skip
        assert answer.status_code == 201, answer.content
        return str(answer.json()["self"])

    def upload(self, takes: list[speech.Take]) -> str:
        """An imported dataset of clips."""
        archive = speech.archive(takes)
        archive.name = "clips.zip"
        fields = {"displayName": "D", "locale": "en-US", "kind": "Acoustic", "data": archive}
        answer = self.client.post(f"{API}/datasets/upload", fields, headers=self.headers)
        assert answer.status_code == 201, answer.content
        address = str(answer.json()["self"])
        self.finished(address)
        return address

    def finished(self, address: str, watch: Callable[[], object] = lambda: None) -> float:
        """Wait for an object's end, sweeping as beat does; seconds from the call."""
        from localspeech.jobs import sweeping

        began = time.perf_counter()
        while time.perf_counter() - began < LONGEST:
            found = self.client.get(address, headers=self.headers).json()
            if found["status"] in ("Succeeded", "Failed"):
                assert found["status"] == "Succeeded", found
                return time.perf_counter() - began
            watch()
            sweeping.sweep()
            time.sleep(0.5)
        raise TimeoutError(address)

    def base(self) -> str:
        """The newest base model."""
        found = self.client.get(f"{API}/models/base", headers=self.headers).json()["values"]
        return str(max(found, key=lambda one: one["createdDateTime"])["self"])


def test(service: Service, data: str) -> str:
    """An evaluation of the base model."""
    model = {"self": service.base()}
    return service.post("evaluations", dataset={"self": data}, model1=model, model2=model)


def training(service: Service, data: str) -> str:
    """A training with audio."""
    return service.post(
        "models", baseModel={"self": service.base()}, datasets=[{"self": data}],
        properties={"customModelWeightPercent": 30},
    )  # fmt: skip


def compare(service: Service, job: Callable[[Service, str], str], data: str, runs: int) -> None:
    """Medians with one and two workers, which take turns."""
    taken: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(runs):
        for count, found in taken.items():
            with Workers(count):
                found.append(service.finished(job(service, data)))
    one, two = (statistics.median(taken[count]) for count in (1, 2))
    print(
        f"{job.__name__}: one worker {one:.1f} s, two {two:.1f} s, ratio {two / one:.2f}, "
        f"load {os.getloadavg()[0]:.1f}",
        flush=True,
    )


def killed(service: Service, data: str) -> None:
    """A test during which one of two workers dies."""
    from localspeech.models import EvaluationShard

    with Workers(2) as workers:
        held = EvaluationShard.objects.filter(texts__isnull=True, claimed_until__isnull=False)
        waits = [True]

        def watch() -> None:
            if waits and held.count() >= 2:
                waits.clear()
                workers.kill_one()

        address = test(service, data)
        seconds = service.finished(address, watch)
    shards = EvaluationShard.objects.filter(evaluation=address[-36:])
    again = shards.filter(attempts__gt=1).count()
    print(
        f"killed worker: succeeded in {seconds:.1f} s, {again} of {shards.count()} shards were "
        f"begun again, load {os.getloadavg()[0]:.1f}"
    )


def main() -> None:
    """Everything on one set."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--clips", type=int, default=36)
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--parts", nargs="+", default=["test", "killed", "training"])
    parser.add_argument("folders", nargs="*")
    given = parser.parse_args()
    found = speech.read(speech.folders(given.folders)[0])
    takes = [*found.test, *found.adapt][: given.clips]
    with surroundings():
        service = Service()
        from studio.celery import app

        app.control.purge()
        with Workers(1):
            data = service.upload(takes)
        print(f"{found.name}: {len(takes)} clips, {speech.seconds(takes):.0f} s", flush=True)
        if "test" in given.parts:
            compare(service, test, data, given.runs)
        if "killed" in given.parts:
            killed(service, data)
        if "training" in given.parts:
            compare(service, training, data, given.runs)
        from django.db import connection

        connection.close()


if __name__ == "__main__":
    main()
