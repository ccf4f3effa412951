"""The commands that reviews show are run, with names that shells are tempted by."""

import io
import json
import os
import shlex
import shutil
import subprocess
from io import StringIO

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.urls import reverse

from localspeech.models import CustomModel as Kept
from localspeech.models import Dataset as KeptData
from localspeech.models import Evaluation as KeptTest
from tests import twins
from tests.factories import UserFactory
from training.models import CustomModel, Dataset, TestDraft, TrainingDraft, UploadDraft
from training.services import connection, discovery, uploads

pytestmark = pytest.mark.django_db(transaction=True)
NAME = """It's "$HOME" `id`; \\ ünïcödé"""
DESCRIPTION = "Two lines,\nof which this has 'quotes'"


@pytest.fixture
def project(live_server, client):
    user = UserFactory(username="ada")
    client.force_login(user)
    first, _second = twins.twins(live_server.url, django_settings.LOCALSPEECH_KEY)
    made = twins.project_on(first, "Harbour", user)
    twins.remote_model(first, "Old", made.remote_self)
    discovery.look(first.pk)
    return made


def shown(client, address):
    """Commands of a review by their labels; the page holds no key."""
    answer = client.get(address)
    assert django_settings.LOCALSPEECH_KEY not in answer.text
    assert "SPEECH_KEY" in answer.text
    return {one.label: one.text for one in answer.context["commands"]}


def run_csr(text):
    words = shlex.split(text.replace("\\\n", ""))
    assert words[:3] == [".venv/bin/python", "manage.py", "csr"]
    out = StringIO()
    call_command("csr", *[one for one in words[3:] if one != "--wait"], stdout=out)
    return json.loads(out.getvalue())


def run_curl(text, folder="."):
    if not shutil.which("curl"):
        pytest.skip("curl is not installed")
    done = subprocess.run(
        ["/bin/sh", "-c", text], cwd=folder, check=False, capture_output=True, text=True,
        env={**os.environ, "SPEECH_KEY": django_settings.LOCALSPEECH_KEY, "NO_PROXY": "*"},
    )  # fmt: skip
    return json.loads(done.stdout)


def draft_of(project, **more):
    draft = TrainingDraft.objects.create(
        project=project, base_model=project.base_models.first(), display_name=NAME,
        description=DESCRIPTION, weight_percent=30,
        visited=["baseline", "data", "name", "test", "review"], **more,
    )  # fmt: skip
    draft.datasets.set(project.datasets.all())
    return draft


def test_a_training_by_csr_and_by_curl_is_what_was_chosen(client, project):
    draft = draft_of(project)
    found = shown(client, reverse("wizard", args=[project.pk, draft.pk, "review"]))
    for made in (run_csr(found["csr"]), run_curl(found["curl"])):
        row = Kept.objects.get(pk=made["self"].rpartition("/")[2])
        assert (row.display_name, row.description) == (NAME, DESCRIPTION)
        assert (row.weight_percent, row.locale) == (30, "en-US")
        assert made["project"]["self"] == project.remote_self
        assert made["baseModel"]["self"] == draft.base_model.remote_self
        assert made["datasets"] == [{"self": one.remote_self} for one in draft.datasets.all()]


def test_a_training_with_a_test_hands_the_model_on(client, project):
    sound = Dataset.objects.get()
    text = Dataset.objects.create(
        project=project, kind="Acoustic", display_name="Radio", submission="submitted",
        status="Succeeded", remote_self=sound.remote_self,
    )  # fmt: skip
    draft = draft_of(
        project, add_test=True, test_dataset=text, test_custom_model=CustomModel.objects.get()
    )
    draft.datasets.set([sound])
    page = reverse("wizard", args=[project.pk, draft.pk, "review"])
    csr = shown(client, page)["csr"]
    first, _, second = csr.partition(" &&\n\n")
    assert first.startswith("MODEL=$(.venv/bin/python manage.py csr model create")
    assert first.endswith("--output id)")
    made = run_csr(first.removeprefix("MODEL=$(").removesuffix(")").replace("--output id", ""))
    twins.work()
    KeptData.objects.update(kind="AudioFiles")
    second = second.replace("$MODEL", made["self"].rpartition("/")[2])
    test = run_csr(f"{second} --kind Inspection")
    assert test["model1"]["self"] == made["self"]
    assert test["model2"]["self"] == CustomModel.objects.get().remote_self


def test_a_test_by_csr_and_by_curl(client, project):
    KeptData.objects.update(kind="AudioFiles")
    Dataset.objects.update(kind="AudioFiles")
    draft = TestDraft.objects.create(
        project=project, kind="Inspection", dataset=Dataset.objects.get(), display_name=NAME,
        description=DESCRIPTION, custom_model1=CustomModel.objects.get(), second="baseline",
        visited=["kind", "data", "models", "name", "review"],
    )  # fmt: skip
    found = shown(client, reverse("testing", args=[project.pk, draft.pk, "review"]))
    for made in (run_csr(found["csr"]), run_curl(found["curl"])):
        assert (made["displayName"], made["description"]) == (NAME, DESCRIPTION)
        assert made["model1"]["self"] == CustomModel.objects.get().remote_self
        assert made["model2"]["self"] == CustomModel.objects.get().base_model.remote_self
        assert made["customProperties"]["testingKind"] == "Inspection"
        assert made["project"]["self"] == project.remote_self
    assert KeptTest.objects.count() == 2


@pytest.fixture
def upload(project):
    return UploadDraft.objects.create(
        project=project, kind="Language", description="Of @home",
        visited=["kind", "files", "name", "review"],
    )  # fmt: skip


def test_an_upload_by_csr_and_by_curl(client, project, upload, tmp_path):
    name = 'it\'s; a "log".txt'
    (tmp_path / name).write_bytes(twins.TEXT)
    uploads.take(upload, name, len(twins.TEXT), io.BytesIO(twins.TEXT))
    upload.uploads.update(display_name="@ <a>; b")
    found = shown(client, reverse("upload", args=[project.pk, upload.pk, "review"]))
    csr, curl = found[f"csr: {name}"], found[f"curl: {name}"]
    data = shlex.quote(name)
    for made in (
        run_csr(csr.replace(data, shlex.quote(str(tmp_path / name)))),
        run_curl(curl, tmp_path),
    ):
        row = KeptData.objects.get(pk=made["self"].rpartition("/")[2])
        assert (row.display_name, row.description, row.kind) == ("@ <a>; b", "Of @home", "Language")
        assert made["project"]["self"] == project.remote_self


def test_an_address_by_csr_and_by_curl(client, project, upload, settings):
    UploadDraft.objects.update(content_url="https://a.test/x?y=1&z='2'", address_name="N")
    found = shown(client, reverse("upload", args=[project.pk, upload.pk, "review"]))
    for made in (run_csr(found["csr"]), run_curl(found["curl"])):
        row = KeptData.objects.get(pk=made["self"].rpartition("/")[2])
        assert row.content_url == "https://a.test/x?y=1&z='2'"


def test_the_newer_version_has_its_own_addresses(client, project, upload):
    type(project.resource).objects.update(api_version="2025-10-15")
    uploads.take(upload, "a.txt", len(twins.TEXT), io.BytesIO(twins.TEXT))
    found = shown_labels(client, reverse("upload", args=[project.pk, upload.pk, "review"]))
    assert found == ["csr: a.txt"]
    draft = draft_of(project)
    page = reverse("wizard", args=[project.pk, draft.pk, "review"])
    assert "models?api-version=2025-10-15'" in shown(client, page)["curl"]
    with connection.client(type(project.resource).objects.first()) as opened:
        assert not opened.takes_forms


def shown_labels(client, address):
    return [one.label for one in client.get(address).context["commands"]]


def test_what_is_not_complete_shows_no_commands(client, project):
    draft = TrainingDraft.objects.create(project=project, visited=["baseline"])
    page = client.get(reverse("wizard", args=[project.pk, draft.pk, "review"]))
    assert page.context["commands"] == []
    assert "The same from the command line" not in page.text
