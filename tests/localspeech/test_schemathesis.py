"""Every operation with made-up input, in process: no fault, no status or body beyond the API's.

Hypothesis makes up to 40 cases for each operation of the reduced official specification, besides
schemathesis's own list of edge cases; two thirds of the paths lead to objects that exist.
"""

import uuid

import pytest
import schemathesis
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.utils import timezone
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    response_schema_conformance,
    status_code_conformance,
)

from localspeech import models, storage
from localspeech.models.resource import resource_of_key
from studio.wsgi import application
from tests.contract import specification

CASES = 40
THERE = uuid.UUID("9d5f4100-5f8e-4dd6-bd83-9bbbf50d57f1")
schema = schemathesis.openapi.from_dict(specification.kept())
schema.app = application


@schema.hook
def map_path_parameters(context, path_parameters):
    """Most requests are for an object that is there."""
    for name, value in (path_parameters or {}).items():
        if name in ("id", "fileId", "logId") and sum(str(value).encode()) % 3:
            path_parameters[name] = str(THERE)
    return path_parameters


@pytest.fixture(autouse=True)
def _one_connection():
    """Django closes connections around requests, and a test's data with them."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def world(db):
    """One object of each kind under one ID."""
    resource = resource_of_key(settings.LOCALSPEECH_KEY)
    common = {"pk": THERE, "resource": resource}
    named = {**common, "display_name": "There", "locale": "en-US"}
    done = {**named, "status": "Succeeded"}
    project = models.Project.objects.create(**named)
    dataset = models.Dataset.objects.create(**named, kind="Language", awaits_blocks=True)
    model = models.CustomModel.objects.create(
        **done, base_model="20260920", weight_percent=30, project=project,
        transcription_ends=timezone.now() + timezone.timedelta(days=9),
    )  # fmt: skip
    models.Evaluation.objects.create(
        **done, dataset=dataset, custom_model1=model, base_model2="20260920"
    )
    models.Endpoint.objects.create(**done, custom_model=model)
    models.Transcription.objects.create(**done, custom_model=model, duration_seconds=1.5)
    models.WebHook.objects.create(
        **done, web_url="https://x.test/", events={"ping": True}, api_version="3.2",
        base_url="http://localhost",
    )  # fmt: skip
    allowed = models.CopyAuthorization.objects.create(**common, source_resource_id="/x")
    models.CopyOperation.objects.create(**common, model=model, authorization=allowed)
    file = storage.keep(THERE, "report.txt", "DatasetReport", b"all is well")
    models.StoredFile.objects.filter(pk=file.pk).update(id=THERE)


@schema.parametrize()
@hypothesis_settings(
    max_examples=CASES,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
def test_an_operation(case, world):
    answer = case.call(headers={"Ocp-Apim-Subscription-Key": settings.LOCALSPEECH_KEY})
    case.validate_response(
        answer, checks=[not_a_server_error, status_code_conformance, response_schema_conformance]
    )
