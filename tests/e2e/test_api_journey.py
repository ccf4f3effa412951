"""The whole API through the dashboard's client against the running local service."""

import io
import re
import time
import zipfile
from pathlib import Path

import pytest

from tests.audio import speech
from tests.e2e.server import ROOT, Server
from tests.host import running_host
from training.speechapi import types
from training.speechapi.client import SpeechClient

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("server")]
SAMPLE = Path(ROOT) / "training" / "sample"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("api")
    with Server(folder / "studio", LOCALSPEECH_ALLOW_PRIVATE_URLS="yes") as running:
        yield running


def ended(client, one, seconds=120):
    """The object in its final status; whatever failed says why."""
    end = time.monotonic() + seconds
    while True:
        found = client.get(type(one), one.self_link)
        if found.status in ("Succeeded", "Failed") or time.monotonic() > end:
            assert found.status == "Succeeded", found.error_message or found.status
            return found
        time.sleep(0.2)


def few_clips(count):
    """The first clips of the sample's test set."""
    data = io.BytesIO()
    with zipfile.ZipFile(SAMPLE / "test-audio.zip") as source, zipfile.ZipFile(data, "w") as made:
        lines = source.read("trans.txt").decode("utf-8-sig").splitlines()[:count]
        made.writestr("trans.txt", "\n".join(lines))
        for line in lines:
            name = line.partition("\t")[0]
            made.writestr(name, source.read(name))
    return data.getvalue()


@pytest.mark.parametrize("version", ["3.2", "2025-10-15"])
def test_from_a_project_to_a_transcription(server, version):
    printed = server.manage("add_local_resource", f"other {version}")
    other_key = re.search(r"again\): (\w+)", printed).group(1)
    with (
        running_host() as host,
        SpeechClient(server.address, server.local_key, version) as client,
        SpeechClient(server.address, other_key, version) as target,
    ):
        project = client.create_project("Harbour", "en-US", "Ferries", {"a": "1"})
        hook = client.create_web_hook("Hook", f"{host.address}/hook", ["modelCompletion"], "s")
        text = dataset(client, project, "Language", (SAMPLE / "related-text.txt").read_bytes())
        sound = dataset(client, project, "Acoustic", few_clips(4))
        ended(client, hook)
        base = max(client.base_models(), key=lambda one: one.created)
        model = client.create_model(
            "Model", "en-US", "", project.self_link, base.self_link,
            [ended(client, text).self_link], 70, {},
        )  # fmt: skip
        model = ended(client, model)
        assert model.weight_percent == 70
        assert client.manifest(model.self_link)["modelFiles"]
        assert client.locales("models") == ["en-US"]
        test = client.create_evaluation(
            "Test", "en-US", "", project.self_link, ended(client, sound).self_link,
            model.self_link, base.self_link, "Evaluation", {},
        )  # fmt: skip
        test = ended(client, test)
        assert test.results1["word_error_rate"] < test.results2["word_error_rate"]
        copied = copy(client, target, model)
        endpoint = target.create_endpoint("Live", "en-US", "", "", copied.self_link, False, {})
        endpoint = ended(target, endpoint)
        audio, said = speech()
        heard = target.recognise(endpoint, io.BytesIO(audio))
        assert set(heard.text.split()) & set(said.split())
        host.files = {"/clip.wav": audio}
        spoken = client.create_transcription(
            "Batch", "en-US", [f"{host.address}/clip.wav"], model.self_link, project.self_link
        )
        spoken = ended(client, spoken)
        result = next(one for one in client.files(spoken.self_link) if one.kind == "Transcription")
        phrases = client.content(result).json()["combinedRecognizedPhrases"]
        assert phrases[0]["lexical"] == heard.text
        assert [one.id for one in client.transcriptions()].count(spoken.id) == 1
        Server.wait_for(lambda: len(host.received) >= 2, 30, "the web hook was not called")
        renamed = client.update(types.CustomModel, model.self_link, display_name="Renamed")
        assert renamed.display_name == "Renamed"
        for one in (spoken, test, model, hook, project):
            client.delete(one.self_link)
            client.delete(one.self_link)


def dataset(client, project, kind, content):
    """A dataset by a form where there is one, and in blocks in the newer version."""
    if client.takes_forms:
        return client.upload_dataset(
            kind, kind, "en-US", "", project.self_link, "data", io.BytesIO(content), {}
        )
    made = client.create_dataset(kind, kind, "en-US", "", project.self_link, "", {})
    return client.send_in_blocks(made, io.BytesIO(content))


def copy(client, target, model):
    """The model on the target; the source's ID is what its own permissions name as target."""
    source = client.authorize_copy("/any").target_resource_id
    operation = client.copy_model(model, target.authorize_copy(source))
    end = time.monotonic() + 60
    while operation.status not in ("Succeeded", "Failed") and time.monotonic() < end:
        time.sleep(0.2)
        operation = client.copy_operation(operation.self_link)
    assert operation.status == "Succeeded", operation.error_message
    return target.get(types.CustomModel, operation.result)
