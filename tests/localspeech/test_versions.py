"""The two styles of address, and what differs between them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.audio import test_archive
from tests.localspeech.conftest import Service
from tests.localspeech.test_refusals import innermost

NEWER = "2025-10-15"


@pytest.fixture
def newer(service):
    return Service(service.client, version=NEWER)


def test_objects_are_the_same_under_addresses_of_each_style(service, newer):
    made = service.post("projects", displayName="P", locale="en-US").json()
    shown = newer.get("projects").json()["values"][0]
    assert shown["self"] == (
        made["self"].replace("/speechtotext/v3.2/", "/speechtotext/") + f"?api-version={NEWER}"
    )
    assert newer.get(shown["self"]).json() == shown
    model = newer.post(
        "models", displayName="M", locale="en-US", text="Moor at the bollard",
        project={"self": shown["self"]},
    )  # fmt: skip
    assert model.status_code == 201
    service.work()
    assert newer.get(model.json()["self"]).json()["status"] == "Succeeded"
    assert service.get(made["links"]["models"]).json()["values"][0]["displayName"] == "M"


def test_the_next_page_keeps_the_version(newer):
    for name in "abc":
        newer.post("projects", displayName=name, locale="en-US")
    first = newer.get("projects?top=2").json()
    assert f"api-version={NEWER}" in first["@nextLink"]
    assert len(newer.get(first["@nextLink"]).json()["values"]) == 1


def test_a_missing_or_foreign_version_is_named(service):
    for query in ("", "?api-version=2024-11-15", "?api-version=v3.2"):
        answer = service.call("GET", f"/speechtotext/projects{query}")
        assert innermost(answer) == (400, "InvalidParameterValue")
        assert NEWER in answer.json()["message"]


def test_what_is_gone_in_the_newer_version(newer, tmp_path):
    upload = newer.call("POST", "datasets/upload", {})
    assert upload.status_code == 404
    endpoint = newer.post("endpoints", displayName="E", locale="en-US").json()
    assert "logs" not in endpoint["links"]
    assert newer.get(f"endpoints/{endpoint['self'][-53:-17]}/files/logs").status_code == 404
    begun = newer.post("transcriptions", displayName="T", locale="en-US")
    assert begun.status_code == 405
    base = newer.get("models/base").json()["values"][0]
    assert innermost(newer.get(base["links"]["manifest"])) == (400, "InvalidSasValidityDuration")
    manifest = newer.get(f"{base['links']['manifest']}&sasLifetimeMinutes=5")
    assert manifest.status_code == 200


def test_durations_are_milliseconds_in_the_newer_version(service, newer, tmp_path):
    clips = test_archive(tmp_path / "c.zip", ["moor here"]).read_bytes()
    service.upload(SimpleUploadedFile("c.zip", clips), "Acoustic")
    service.work()
    properties = newer.get("datasets").json()["values"][0]["properties"]
    assert properties["durationMilliseconds"] > 200
    assert "duration" not in properties


def test_links_to_content_end_when_they_were_asked_to(service, dataset):
    files = f"{dataset['links']['files']}?sasValidityInSeconds="
    link = service.get(f"{files}60").json()["values"][0]["links"]["contentUrl"]
    assert service.client.get(link).status_code == 200
    ended = service.get(f"{files}0").json()["values"][0]["links"]["contentUrl"]
    import time_machine

    with time_machine.travel("2100-01-01"):
        assert service.client.get(link).status_code == 404
        assert service.client.get(ended).status_code == 404
    assert innermost(service.get(f"{files}soon")) == (400, "InvalidSasValidityDuration")


def test_base_models_are_filtered_and_paged_like_the_rest(service):
    everything = service.get("models/base").json()["values"]
    newest = everything[-1]["displayName"]
    found = service.get(f"models/base?filter=displayName eq '{newest}' and status eq 'Succeeded'")
    assert [one["displayName"] for one in found.json()["values"]] == [newest]
    first = service.get("models/base?top=1").json()
    assert first["values"] == everything[:1]
    assert service.get(first["@nextLink"]).json()["values"]
    late = service.get("models/base?filter=not (createdDateTime le 2026-11-01T00:00:00Z)").json()
    assert [one["displayName"] for one in late["values"]] == [newest]
