"""A client of the local service."""

import json

import pytest
from django.conf import settings as django_settings

from localspeech.jobs import evaluating, working
from localspeech.models import CustomModel, Dataset, Evaluation, EvaluationShard

ROOT = "/speechtotext/v3.2"


class Service:
    """Calls the local service with its key, and does its jobs when told to."""

    def __init__(self, client, key=None):
        self.client = client
        self.key = django_settings.LOCALSPEECH_KEY if key is None else key

    def call(self, method, path, body=None, **options):
        url = path if path.startswith(("http", "/")) else f"{ROOT}/{path}"
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

    def work(self):
        """Do everything that waits."""
        for kind in (Dataset, CustomModel, Evaluation):
            for row in kind.objects.filter(status="NotStarted"):
                working.work(row._meta.model_name, str(row.pk))
        for shard in EvaluationShard.objects.filter(texts__isnull=True):
            evaluating.recognise(shard.pk)
        for row in Evaluation.objects.filter(status="Running"):
            working.work("evaluation", str(row.pk))


@pytest.fixture
def service(client, db):
    """The service, as the holder of the default key sees it."""
    return Service(client)
