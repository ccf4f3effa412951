"""Every operation of the local service, found in the URL map: its key, and whose objects it gives.

An operation that the table does not know fails the first test.
"""

import re
import uuid

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from localspeech import models, storage
from localspeech.content import content_url
from tests.addresses import METHODS, OF_SERVICE, mapped

pytestmark = pytest.mark.django_db

KEY = "Ocp-Apim-Subscription-Key"
# Needs no key: an address that is signed itself, and what is not there.
KEYLESS = {"speechtotext/content/<str:signed>", "speechtotext/<path:rest>"}
SHORT_AUDIO = "speech/recognition/<str:mode>/cognitiveservices/v1"
OBJECTS = {
    "project_id": models.Project, "dataset_id": models.Dataset, "model_id": models.CustomModel,
    "evaluation_id": models.Evaluation, "endpoint_id": models.Endpoint,
    "transcription_id": models.Transcription, "hook_id": models.WebHook,
    "operation_id": models.CopyOperation,
}  # fmt: skip


@pytest.fixture
def theirs(other_service):
    """One object of every kind that belongs to the other resource."""
    row = {"resource": other_service.resource, "locale": "en-US", "display_name": "Theirs"}
    dataset = models.Dataset.objects.create(kind="Language", awaits_blocks=True, **row)
    model = models.CustomModel.objects.create(
        status="Succeeded", weight_percent=30, transcription_ends=timezone.now(), **row
    )
    usual = {"dataset": dataset, "custom_model1": model, "custom_model2": model}
    hook = {"web_url": "https://x.test/", "base_url": "http://testserver", "api_version": "3.2"}
    allowed = models.CopyAuthorization.objects.create(
        resource=other_service.resource, source_resource_id="/x"
    )
    rows = {
        "project_id": models.Project.objects.create(**row),
        "dataset_id": dataset,
        "model_id": model,
        "evaluation_id": models.Evaluation.objects.create(**usual, **row),
        "endpoint_id": models.Endpoint.objects.create(custom_model=model, **row),
        "transcription_id": models.Transcription.objects.create(custom_model=model, **row),
        "hook_id": models.WebHook.objects.create(secret="between us", **hook, **row),
        "operation_id": models.CopyOperation.objects.create(
            resource=other_service.resource, model=model, authorization=allowed
        ),
    }
    file = storage.keep(dataset.pk, "data", "LanguageData", b"moor here\n")
    log = storage.keep(rows["endpoint_id"].pk, "log", "Audio", b"moor here\n")
    return {name: str(one.pk) for name, one in rows.items()} | {
        "file_id": str(file.pk), "log_id": str(log.pk),
    }  # fmt: skip


def operations():
    """Route of every operation of both versions."""
    left = KEYLESS | {SHORT_AUDIO}
    return [one for one, _ in mapped() if one.startswith(OF_SERVICE) and one not in left]


def filled(route, values):
    path = re.sub(r"<\w+:(\w+)>", lambda name: values[name[1]], route)
    return f"/{path}" + ("" if "/v3.2/" in path else "?api-version=2025-10-15&sasLifetimeMinutes=5")


def taken(route):
    """The methods that an operation takes, as the service itself tells."""
    answer = Client().generic("TRACE", filled(route, dict.fromkeys(NAMES, str(uuid.UUID(int=1)))))
    return [one.strip() for one in answer.headers["Allow"].split(",")]


NAMES = [*OBJECTS, "file_id", "log_id"]


def routes():
    return sorted(set(operations()))


def own_tables():
    return {
        kind.__name__: sorted(map(repr, kind.objects.values_list()))
        for kind in (*OBJECTS.values(), models.StoredFile, models.DatasetBlock, models.Delivery)
    }


def test_nothing_is_mounted_that_this_test_does_not_know():
    found = {route for route, _ in mapped() if route.startswith(OF_SERVICE)}
    assert set(routes()) == found - KEYLESS - {SHORT_AUDIO}
    assert KEYLESS | {SHORT_AUDIO} <= found
    names = {name for route in routes() for name in re.findall(r"<\w+:(\w+)>", route)}
    assert names <= set(NAMES)
    assert len(routes()) > 60


@pytest.mark.parametrize("key", ["", "guessed", "a" * 64])
def test_without_a_key_every_operation_is_refused(client, theirs, key):
    before = own_tables()
    for route in [*routes(), SHORT_AUDIO]:
        path = filled(route, theirs | {"mode": "interactive"})
        for method in ["POST"] if route == SHORT_AUDIO else taken(route):
            answer = client.generic(method, path, headers={KEY: key} if key else {})
            assert answer.status_code == 401, (method, path)
            assert answer.json()["code"] == "Unauthorized"
    assert own_tables() == before


def test_a_session_is_no_key(client, theirs, django_user_model):
    client.force_login(django_user_model.objects.create_superuser("ada"))
    for route in routes():
        for method in taken(route):
            assert client.generic(method, filled(route, theirs)).status_code == 401, route


def test_with_anothers_key_no_object_is_there(service, theirs):
    before, named = own_tables(), [one for one in routes() if "<" in one]
    assert len(named) > 40
    for route in named:
        path, body = filled(route, theirs), {}
        if "models/base" in route:
            continue
        if route.endswith(":copy"):
            body = {"id": str(uuid.uuid4()), "targetResourceId": "/x"} | dict.fromkeys(
                ("targetResourceRegion", "targetResourceEndpoint", "sourceResourceId"), "/x"
            ) | {"expirationDateTime": "2030-01-01T00:00:00Z"}  # fmt: skip
        if "blocks:commit" in route:
            body = [{"kind": "Latest", "id": "YQ=="}]
        if "webhooks" in route:
            body = {"properties": {"secret": "x"}}
        for method in taken(route):
            answer = service.call(method, path, None if method == "GET" else body)
            # Deleting is repeatable: what is not there counts as deleted, whosever it is.
            is_delete = method == "DELETE" and "/logs" not in route
            assert answer.status_code == (204 if is_delete else 404), (method, path, answer.content)
    assert own_tables() == before


def test_what_a_body_names_must_be_ones_own(service, theirs):
    def link(kind, name):
        return {"self": f"http://testserver/speechtotext/v3.2/{kind}/{theirs[name]}"}

    data, model = link("datasets", "dataset_id"), link("models", "model_id")
    project, usual = link("projects", "project_id"), {"displayName": "x", "locale": "en-US"}
    before = own_tables()
    for path, body in (
        ("models", {"datasets": [data]}),
        ("models", {"datasets": [], "project": project}),
        (
            "datasets",
            {
                "kind": "Language",
                "contentUrl": "https://x.test/a",
                "project": project,
            },
        ),
        ("evaluations", {"dataset": data, "model1": model, "model2": model}),
        ("endpoints", {"model": model}),
        ("transcriptions", {"contentUrls": ["https://x.test/a.wav"], "model": model}),
        ("transcriptions", {"dataset": data}),
    ):
        answer = service.post(path, **usual, **body)
        assert answer.status_code == 400, (path, body)
    assert own_tables() == before


def test_lists_show_ones_own_alone(service, theirs):
    for route in routes():
        if "<" not in route and "GET" in taken(route):
            answer = service.call("GET", filled(route, {}))
            assert answer.status_code == 200, route
            assert "Theirs" not in answer.text


def test_other_methods_are_refused(service, theirs):
    for route in routes():
        for method in set(METHODS) - set(taken(route)):
            answer = service.call(method, filled(route, theirs))
            assert answer.status_code == 405, (method, route)
    for method in set(METHODS) - {"POST"}:
        path = filled(SHORT_AUDIO, {"mode": "interactive"})
        assert service.call(method, path).status_code == 405


def test_no_get_changes_anything(other_service, theirs):
    before = own_tables()
    for route in routes():
        if "GET" in taken(route):
            other_service.call("GET", filled(route, theirs))
    assert own_tables() == before


def test_no_cookie_is_asked_for_and_none_is_given(theirs):
    strict = Client(enforce_csrf_checks=True)
    headers = {KEY: settings.LOCALSPEECH_KEY}
    body = {"displayName": "P", "locale": "en-US"}
    answer = strict.post(
        "/speechtotext/v3.2/projects", body, content_type="application/json", headers=headers
    )
    assert answer.status_code == 201
    assert not answer.cookies


def test_a_signed_address_is_of_one_file_and_ends(client, rf, theirs, settings):
    import time_machine

    file = models.StoredFile.objects.get(pk=theirs["file_id"])
    path = content_url(rf.get("/"), file).removeprefix("http://testserver")
    assert client.get(path).status_code == 200
    other = models.StoredFile.objects.get(pk=theirs["log_id"])
    assert client.get(path.replace(str(file.pk), str(other.pk))).status_code == 404
    assert client.get(path[:-1]).status_code == 404
    for method in set(METHODS) - {"GET"}:
        assert client.generic(method, path).status_code == 405
    with time_machine.travel(file.created.timestamp() + 13 * 3600):
        assert client.get(path).status_code == 404
