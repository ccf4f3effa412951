"""What happens to an object while somebody else works on it."""

import re
import uuid
from datetime import timedelta

from django.conf import settings as configured
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from localspeech import storage
from localspeech.jobs import deploying, hooks, lifecycle, sweeping
from localspeech.models import Dataset, Endpoint, StoredFile, WebHook
from localspeech.routes.common import patch
from localspeech.schemas import Patch
from studio import claims
from tests.localspeech.test_refusals import innermost


def test_a_change_of_name_keeps_what_a_worker_wrote_meanwhile(service, dataset):
    row = Dataset.objects.get()
    Dataset.objects.update(accepted_line_count=77, status="Failed")
    patch(row, Patch(display_name="Renamed"))
    fresh = Dataset.objects.get()
    assert (fresh.display_name, fresh.accepted_line_count, fresh.status) == (
        "Renamed", 77, "Failed",
    )  # fmt: skip


def test_a_hook_that_moves_during_its_challenge_is_challenged_again(service, host):
    body = {"displayName": "H", "webUrl": host.address, "events": {"ping": True}}
    made = service.post("webhooks", **body).json()
    row = lifecycle.take(WebHook, made["self"][-36:])
    service.call("PATCH", made["self"], {"webUrl": "http://victim.test/"})
    lifecycle.work(row, hooks._challenge)
    assert service.get(made["self"]).json()["status"] == "NotStarted"


def test_an_endpoint_whose_model_changes_while_it_is_loaded_is_loaded_again(service, model):
    made = service.post("endpoints", displayName="E", locale="en-US").json()
    row = lifecycle.take(Endpoint, made["self"][-36:])
    service.call("PATCH", made["self"], {"model": {"self": model["self"]}})
    lifecycle.work(row, deploying.deploy)
    assert service.get(made["self"]).json()["status"] == "NotStarted"
    service.work()
    assert service.get(made["self"]).json()["status"] == "Succeeded"


def test_a_second_commit_waits_for_the_first(service):
    made = service.post("datasets", displayName="B", locale="en-US", kind="Language").json()
    names = service.send_blocks(made, [b"Moor at the bollard"])
    claims.claim(Dataset.objects.all(), made["self"][-36:])
    order = [{"kind": "Latest", "id": names[0]}]
    second = service.call("POST", made["links"]["commitBlocks"], order)
    assert (second.status_code, second.json()["code"]) == (503, "ServiceUnavailable")
    assert service.get(made["links"]["listBlocks"]).json()["uncommittedBlocks"]


def test_a_block_cannot_be_named_twice(service):
    made = service.post("datasets", displayName="B", locale="en-US", kind="Language").json()
    names = service.send_blocks(made, [b"Moor at the bollard"])
    order = [{"kind": "Latest", "id": names[0]}] * 2
    answer = service.call("POST", made["links"]["commitBlocks"], order)
    assert innermost(answer) == (400, "InvalidPayload")


def test_files_that_a_kill_left_behind_are_cleared(service, dataset):
    lost = uuid.uuid4()
    storage.keep(lost, "data", "LanguageData", b"x")
    sweeping.clear()
    assert StoredFile.objects.filter(owner=lost).exists()
    StoredFile.objects.update(created=timezone.now() - timedelta(hours=1))
    sweeping.clear()
    assert not StoredFile.objects.filter(owner=lost).exists()
    assert not storage.local_path(f"files/{lost}").exists()
    assert StoredFile.objects.filter(owner=dataset["self"][-36:]).count() == 3


def test_deleting_again_clears_what_a_kill_left(service, dataset):
    Dataset.objects.all().delete()
    assert service.call("DELETE", dataset["self"]).status_code == 204
    assert not StoredFile.objects.exists()


def test_a_delivery_that_cannot_be_sent_is_given_up(service, host):
    body = {"displayName": "H", "webUrl": host.address, "events": {"ping": True}}
    made = service.post("webhooks", **body).json()
    service.work()
    WebHook.objects.update(web_url="http://h.test:99999/")
    service.call("POST", made["links"]["ping"])
    delivery = WebHook.objects.get().deliveries.get()
    hooks.deliver(str(delivery.pk))
    delivery.refresh_from_db()
    assert delivery.due_at > timezone.now()
    WebHook.objects.get().deliveries.update(attempts=50, due_at=timezone.now())
    hooks.deliver(str(delivery.pk))
    assert not WebHook.objects.get().deliveries.exists()


def test_bad_input_that_once_was_a_fault(service):
    deep = "(" * 900 + "displayName eq 'a'" + ")" * 900
    early = "createdDateTime ge 0001-01-01T00:00:00%2B14:00"
    for text in (deep, "not " * 1200 + "displayName eq 'a'", early):
        assert innermost(service.get(f"projects?filter={text}")) == (400, "UnsupportedFilter")
    long = {"properties": {"timeToLive": "P9999999999D"}}
    made = service.post("endpoints", displayName="E", locale="en-US", **long)
    assert innermost(made) == (400, "InvalidTimeToLive")
    for name in ("a\0b", "a\ud800b"):
        named = service.post("projects", displayName=name, locale="en-US")
        assert innermost(named) == (400, "InvalidPayload")
        kept = service.post("projects", displayName="P", locale="en-US", description=name)
        assert innermost(kept) == (400, "InvalidPayload")
    null = service.get("projects?filter=displayName eq 'a%00b'")
    assert innermost(null) == (400, "UnsupportedFilter")
    hook = service.post("webhooks", displayName="H", webUrl="http://[", events={})
    assert innermost(hook) == (400, "InvalidCallbackUri")
    form = service.call("POST", "datasets/upload", data="x", content_type="multipart/form-data")
    assert innermost(form) == (400, "InvalidPayload")


def test_names_of_results_differ_though_names_of_clips_do_not(service, tmp_path):
    from tests.audio import archive, wav

    lines = "a.wav\tmoor here\n"
    made = archive(
        tmp_path / "c.zip",
        {"trans.txt": lines, "a.wav": wav(), "x/b.wav": wav(seed=2), "y/b.wav": wav(seed=3)},
    )
    sound = service.upload(SimpleUploadedFile("c.zip", made.read_bytes()), "AudioFiles").json()
    service.work()
    batch = service.post(
        "transcriptions", displayName="T", locale="en-US", dataset={"self": sound["self"]}
    ).json()
    service.work()
    listed = service.get(batch["links"]["files"]).json()["values"]
    assert len([one for one in listed if one["kind"] == "Transcription"]) == 3


def test_the_local_service_answers_its_own_workers_without_https():
    exempt = configured.SECURE_REDIRECT_EXEMPT
    for path in ("speechtotext/v3.2/models", "speech/recognition/interactive/x"):
        assert any(re.match(pattern, path) for pattern in exempt)
