"""A client of the local service."""

import base64
import json
from urllib.parse import quote

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile

from localspeech.jobs import evaluating, hooks, pieces, working
from localspeech.models import (
    CopyOperation,
    CustomModel,
    Dataset,
    Delivery,
    Endpoint,
    Evaluation,
    EvaluationShard,
    TrainingShard,
    Transcription,
    WebHook,
)
from localspeech.models.resource import new_resource
from tests.host import running_host

ROOT = "/speechtotext/v3.2"


class Service:
    """Calls the local service with its key, and does its jobs when told to."""

    def __init__(self, client, key=None, version="3.2"):
        self.client = client
        self.key = django_settings.LOCALSPEECH_KEY if key is None else key
        self.version = version

    def address(self, path):
        if path.startswith(("http", "/")):
            return path
        if self.version == "3.2":
            return f"{ROOT}/{path}"
        joint = "&" if "?" in path else "?"
        return f"/speechtotext/{path}{joint}api-version={self.version}"

    def call(self, method, path, body=None, **options):
        url = self.address(path)
        if body is not None:
            options |= {"data": json.dumps(body), "content_type": "application/json"}
        headers = {"Ocp-Apim-Subscription-Key": self.key}
        return self.client.generic(method, url, headers=headers, **options)

    def get(self, path):
        return self.call("GET", path)

    def post(self, path, **body):
        return self.call("POST", path, body)

    def upload(self, data, kind="Language", **values):
        fields = {"displayName": "Data", "locale": "en-US", "kind": kind, **values, "data": data}
        headers = {"Ocp-Apim-Subscription-Key": self.key}
        return self.client.post(f"{ROOT}/datasets/upload", fields, headers=headers)

    def send_blocks(self, dataset, pieces):
        """Upload pieces under made-up names; the names in order."""
        names = [base64.b64encode(f"{n:05}".encode()).decode() for n in range(len(pieces))]
        for name, piece in zip(names, pieces, strict=True):
            put = f"{dataset['links']['uploadBlocks']}{self._joint(dataset)}blockid={quote(name)}"
            answer = self.call("PUT", put, data=piece, content_type="application/octet-stream")
            assert answer.status_code == 201, answer.content
        return names

    def _joint(self, dataset):
        return "&" if "?" in dataset["links"]["uploadBlocks"] else "?"

    def work(self):
        """Do everything that waits."""
        for kind in (Dataset, CustomModel, Evaluation, Endpoint, Transcription, CopyOperation):
            waiting = kind.objects.filter(status="NotStarted")
            if kind is Dataset:
                waiting = waiting.filter(awaits_blocks=False)
            for row in waiting:
                working.work(row._meta.model_name, str(row.pk))
        for hook in WebHook.objects.filter(status="NotStarted"):
            hooks.challenge(str(hook.pk))
        for delivery in Delivery.objects.all():
            hooks.deliver(str(delivery.pk))
        while shards := list(TrainingShard.objects.filter(result__isnull=True)):
            for piece in shards:
                pieces.do(piece.pk)
            for row in CustomModel.objects.filter(status="Running"):
                working.work("custommodel", str(row.pk))
        for shard in EvaluationShard.objects.filter(texts__isnull=True):
            evaluating.recognise(shard.pk)
        for row in Evaluation.objects.filter(status="Running"):
            working.work("evaluation", str(row.pk))


@pytest.fixture
def service(client, db):
    """The service, as the holder of the default key sees it."""
    return Service(client)


@pytest.fixture
def other_service(client, db):
    """Another resource of the same server."""
    resource, key = new_resource("other")
    found = Service(client, key)
    found.resource = resource
    return found


@pytest.fixture
def host(settings):
    """A real host on loopback, which this service may reach."""
    settings.LOCALSPEECH_ALLOW_PRIVATE_URLS = True
    with running_host() as server:
        yield server


@pytest.fixture
def dataset(service):
    """A small imported text."""
    text = SimpleUploadedFile("t.txt", b"Moor at the bollard\nThe kittiwake sat\n")
    made = service.upload(text).json()
    service.work()
    return made


@pytest.fixture
def model(service, dataset):
    """A trained model."""
    body = {"displayName": "M", "locale": "en-US", "datasets": [{"self": dataset["self"]}]}
    made = service.post("models", **body).json()
    service.work()
    return service.get(made["self"]).json()
