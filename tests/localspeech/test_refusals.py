"""Bad requests: each the documented code, nothing half-made."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from localspeech.engine.releases import BASE_MODELS
from localspeech.lifecycle import transcription_ends
from localspeech.links import base_model_id
from localspeech.models import CustomModel, Dataset, Evaluation, Project, StoredFile
from tests.localspeech.conftest import ROOT, Service


def innermost(answer):
    body = answer.json()
    assert {"code", "message"} <= set(body)
    return answer.status_code, body.get("innerError", body)["code"]


def model_body(*datasets, **more):
    references = [{"self": one["self"]} for one in datasets]
    return {"displayName": "M", "locale": "en-US", "datasets": references, **more}


def test_a_wrong_or_missing_key_is_refused(client, db):
    assert innermost(Service(client, "wrong").get("projects")) == (401, "Unauthorized")
    assert client.get(f"{ROOT}/projects").status_code == 401


def test_what_does_not_exist_is_404_in_the_apis_words(service):
    for path in (f"models/{uuid.uuid4()}", f"datasets/{uuid.uuid4()}/files", "nowhere", "models/x"):
        assert innermost(service.get(path))[0] == 404


def test_a_method_that_is_not_there_is_405(service):
    assert innermost(service.call("PUT", "projects")) == (405, "NotAllowed")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"locale": "en-US"}, "InvalidPayload"),
        ({"displayName": "", "locale": "en-US"}, "InvalidPayload"),
        ({"displayName": "a" * 401, "locale": "en-US"}, "InvalidPayload"),
        ({"displayName": "a", "locale": "xx-XX"}, "InvalidLocale"),
        (
            {
                "displayName": "a",
                "locale": "en-US",
                "customProperties": {str(n): "" for n in range(11)},
            },
            "InvalidPayload",
        ),
        (
            {"displayName": "a", "locale": "en-US", "customProperties": {"k" * 65: ""}},
            "InvalidPayload",
        ),
    ],
)
def test_bad_projects_are_not_made(service, body, code):
    assert innermost(service.call("POST", "projects", body)) == (400, code)
    assert not Project.objects.exists()


def test_a_body_that_is_not_json(service):
    answer = service.call("POST", "projects", data="{", content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["innerError"]["code"] == "InvalidPayload"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"kind": "Sounds"}, "InvalidParameterValue"),
        ({"project": "no json"}, "InvalidPayload"),
        ({"project": '{"self": "http://x/projects/1"}'}, "InvalidProject"),
        ({"locale": "de-DE"}, "InvalidLocale"),
    ],
)
def test_bad_uploads_are_not_kept(service, values, code):
    kind = values.pop("kind", "Language")
    answer = service.upload(SimpleUploadedFile("t.txt", b"x"), kind, **values)
    assert innermost(answer) == (400, code)
    assert not Dataset.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_huge_upload_is_refused_before_it_is_read(service):
    answer = service.call(
        "POST",
        "datasets/upload",
        data="x",
        content_type="multipart/form-data; boundary=b",
        CONTENT_LENGTH=str(3 * 1024**3),
    )
    assert innermost(answer) == (413, "InvalidPayload")


def test_an_import_that_finds_nothing_fails_with_its_reason(service):
    made = service.upload(SimpleUploadedFile("t.txt", b"\xff\xfe\x00")).json()
    service.work()
    shown = service.get(made["self"]).json()
    assert shown["status"] == "Failed"
    assert shown["properties"]["error"]["code"] == "NoUtf8WithBom"
    refused = service.call("POST", "models", model_body(made))
    assert innermost(refused) == (400, "FailedDataset")


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"properties": {"customModelWeightPercent": 0}}, "InvalidPayload"),
        ({"properties": {"customModelWeightPercent": 101}}, "InvalidPayload"),
        ({"baseModel": {"self": f"http://x/models/base/{uuid.uuid4()}"}}, "InvalidBaseModel"),
        ({"baseModel": {"self": f"http://x/{base_model_id(BASE_MODELS[0])}"}}, "ModelDeprecated"),
        ({"datasets": []}, "InvalidDataset"),
        ({"locale": "de-DE"}, "InvalidLocale"),
    ],
)
def test_bad_models_are_not_made(service, dataset, more, code):
    assert innermost(service.call("POST", "models", {**model_body(dataset), **more})) == (400, code)
    assert not CustomModel.objects.exists()


def test_data_that_the_base_does_not_take(service, tmp_path):
    from tests.audio import test_archive

    clips = test_archive(tmp_path / "x.zip", ["one"]).read_bytes()
    made = service.upload(SimpleUploadedFile("x.zip", clips), "Acoustic").json()
    service.work()
    base = {"baseModel": {"self": f"http://x/{base_model_id(BASE_MODELS[1])}"}}
    refused = service.call("POST", "models", {**model_body(made), **base})
    assert innermost(refused) == (400, "InvalidAdaptationMapping")


def test_deleting_is_safe(service, dataset):
    model = service.call("POST", "models", model_body(dataset)).json()
    assert innermost(service.call("DELETE", model["self"])) == (409, "DeleteNotAllowed")
    service.work()
    assert innermost(service.call("DELETE", dataset["self"])) == (409, "InUseViolation")
    assert service.call("DELETE", model["self"]).status_code == 204
    assert service.call("DELETE", model["self"]).status_code == 204
    assert service.call("DELETE", dataset["self"]).status_code == 204
    assert not StoredFile.objects.exists()


def test_lists_are_filtered_and_paged(service):
    for name in "abc":
        service.post("projects", displayName=name, locale="en-US")
    found = service.get("projects?filter=displayName eq 'b' or not (displayName ne 'c')").json()
    assert [one["displayName"] for one in found["values"]] == ["b", "c"]
    first = service.get("projects?top=2").json()
    rest = service.get(first["@nextLink"]).json()
    assert [len(first["values"]), len(rest["values"])] == [2, 1]
    assert "@nextLink" not in rest
    for text in ("displayName gt 'a'", "size eq 1", "(displayName eq 'a'", "createdDateTime ge x"):
        assert innermost(service.get(f"projects?filter={text}")) == (400, "UnsupportedFilter")


def test_a_job_that_keeps_killing_its_worker_ends_as_failed(service, dataset):
    model = service.call("POST", "models", model_body(dataset)).json()
    CustomModel.objects.update(attempts=4)
    service.work()
    shown = service.get(model["self"]).json()
    assert shown["status"] == "Failed"
    assert "stopped 4 times" in shown["properties"]["error"]["message"]


def test_content_links_need_no_key_and_cannot_be_forged(service, dataset, client):
    file = service.get(f"{dataset['self']}/files").json()["values"][0]
    url = file["links"]["contentUrl"]
    assert client.get(url).status_code == 200
    assert client.get(url[:-3] + "abc").status_code == 404


def test_objects_of_another_resource_are_not_seen(service, client, dataset):
    from localspeech.models import SpeechResource
    from localspeech.models.resource import digest

    SpeechResource.objects.create(name="other", key_digest=digest("other-key"))
    other = Service(client, "other-key")
    assert other.get(dataset["self"]).status_code == 404
    assert other.get("datasets").json()["values"] == []
    assert not Evaluation.objects.exists()


def test_custom_models_end_two_years_after_their_quarter():
    made = timezone.datetime(2024, 7, 14, tzinfo=timezone.get_default_timezone())
    assert transcription_ends(made).date().isoformat() == "2026-07-15"
    made = timezone.datetime(2024, 11, 1, tzinfo=timezone.get_default_timezone())
    assert transcription_ends(made).date().isoformat() == "2027-01-15"
