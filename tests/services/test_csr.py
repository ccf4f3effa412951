"""The command line against two resources of the real local service, over HTTP."""

import json
import subprocess
import sys
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from localspeech.models import CustomModel as Kept
from localspeech.models import Dataset as KeptData
from tests import twins
from tests.e2e.server import ROOT
from training.csr import waiting
from training.models import AuditEntry, CustomModel, FoundObject, Resource
from training.services import connection, discovery
from training.speechapi.client import SpeechClient
from training.speechapi.errors import Garbled, ServiceFailed, Unreachable

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def pair(live_server, settings, monkeypatch):
    monkeypatch.setattr(waiting.time, "sleep", lambda _seconds: twins.work())
    return twins.twins(live_server.url, settings.LOCALSPEECH_KEY)


def csr(*words):
    """What a command prints, decoded."""
    out = StringIO()
    call_command("csr", *words, stdout=out)
    text = out.getvalue()
    return json.loads(text) if text else None


def fails(*words):
    """Exit code and message."""
    try:
        call_command("csr", *words, stdout=StringIO(), stderr=StringIO())
    except CommandError as error:
        return error.returncode, str(error)
    raise AssertionError("it did not fail")


def key(found):
    return found["self"].rpartition("/")[2]


@pytest.fixture
def text(tmp_path):
    path = tmp_path / "text.txt"
    path.write_bytes(twins.TEXT)
    return path


@pytest.fixture
def project():
    return csr("project", "create", "--name", "Harbour", "--language", "en-US")


@pytest.fixture
def dataset(project, text):
    return csr(
        "dataset", "upload", "--kind", "language", "--data", str(text), "--name", "Text",
        "--language", "en-US", "--project", key(project), "--wait",
    )  # fmt: skip


@pytest.fixture
def model(project, dataset):
    return csr(
        "model", "create", "--project", key(project), "--datasets", key(dataset), "--name", "M",
        "--language", "en-US", "--weight", "40", "--description", "Of the harbour", "--wait",
    )  # fmt: skip


def test_a_model_is_trained_listed_renamed_and_deleted(project, dataset, model, pair):
    assert dataset["status"] == model["status"] == "Succeeded"
    assert model["properties"]["customModelWeightPercent"] == 40
    assert model["description"] == "Of the harbour"
    assert csr("project", "list")["values"][0]["displayName"] == "Harbour"
    listed = csr("model", "list", "--project", key(project))["values"]
    assert [one["self"] for one in listed] == [model["self"]]
    bases = csr("model", "list", "--base")["values"]
    assert all("/models/base/" in one["self"] for one in bases)
    again = csr("model", "status", "--model", model["self"])
    assert again == csr("model", "status", "--model", key(model))
    renamed = csr("model", "update", "--model", key(model), "--name", "N")
    assert (renamed["displayName"], renamed["description"]) == ("N", "Of the harbour")
    assert csr("model", "delete", "--model", key(model)) is None
    assert csr("model", "list")["values"] == []


def test_models_of_the_command_line_appear_in_the_dashboard(project, model, pair):
    pair[0].refresh_from_db()
    assert pair[0].pk in discovery.take_due()
    discovery.look(pair[0].pk)
    assert FoundObject.objects.get(kind="project").display_name == "Harbour"
    assert FoundObject.objects.get(kind="custommodel").display_name == "M"


def test_a_base_model_can_be_chosen_by_its_id(dataset):
    base = csr("model", "list", "--base")["values"][-1]
    made = csr(
        "model", "create", "--dataset", key(dataset), "--base", key(base), "--name", "M",
        "--language", "en-US",
    )  # fmt: skip
    assert made["baseModel"]["self"] == base["self"]
    assert made["status"] == "NotStarted"


def test_an_endpoint_answers_with_a_custom_or_a_base_model(model, project):
    made = csr(
        "endpoint", "create", "--model", key(model), "--name", "E", "--language", "en-US",
        "--project", key(project), "--wait",
    )  # fmt: skip
    assert (made["status"], made["model"]["self"]) == ("Succeeded", model["self"])
    base = csr("model", "list", "--base")["values"][0]
    moved = csr("endpoint", "update", "--endpoint", key(made), "--model", key(base))
    assert moved["model"]["self"] == base["self"]
    assert csr("endpoint", "status", "--endpoint", key(made), "--wait")["status"] == "Succeeded"
    assert len(csr("endpoint", "list")["values"]) == 1


def test_a_test_of_one_model_names_it_twice(model, project, dataset):
    KeptData.objects.update(kind="AudioFiles")
    base = csr("model", "list", "--base")["values"][0]
    one = csr(
        "evaluation", "create", "--dataset", key(dataset), "--model1", key(model), "--name", "E",
        "--language", "en-US", "--kind", "Inspection", "--project", key(project),
    )  # fmt: skip
    assert one["model1"] == one["model2"] == {"self": model["self"]}
    two = csr(
        "evaluation", "create", "--dataset", key(dataset), "--model1", key(model),
        "--model2", key(base), "--name", "E", "--language", "en-US", "--kind", "Inspection",
    )  # fmt: skip
    assert two["model2"] == {"self": base["self"]}
    assert len(csr("evaluation", "list")["values"]) == 2
    twins.work()
    csr("evaluation", "delete", "--evaluation", key(one))
    assert len(csr("evaluation", "list")["values"]) == 1


def test_a_copy_goes_into_a_project_of_another_resource(model, pair):
    there = csr("project", "create", "--name", "P", "--language", "en-US", "--resource", "Second")
    operation = csr("model", "copy", "--model", key(model), "--target", "Second")
    assert operation["status"] == "NotStarted"
    made = csr(
        "model", "copy", "--model", key(model), "--target", "Second", "--project", key(there)
    )
    assert made["project"] == {"self": there["self"]}
    listed = csr("model", "list", "--resource", "Second", "--project", key(there))["values"]
    assert [one["self"] for one in listed] == [made["self"]]
    assert fails("model", "copy", "--model", key(model), "--target", "This server")[0] == 2


def test_the_newer_version_of_the_api_can_be_asked(project, text):
    made = csr(
        "dataset", "upload", "--kind", "Language", "--data", str(text), "--name", "Text",
        "--language", "en-US", "--api-version", "2025-10-15", "--wait",
    )  # fmt: skip
    assert made["self"].endswith("?api-version=2025-10-15")
    assert csr("dataset", "status", "--dataset", made["self"], "--api-version", "v3.2")
    assert Resource.objects.filter(api_version="2025-10-15").count() == 0


def test_only_ids_or_addresses_can_be_printed(project):
    out = StringIO()
    call_command("csr", "project", "list", "--output", "id", stdout=out)
    assert out.getvalue().strip() == key(project)
    out = StringIO()
    call_command("csr", "project", "list", "--output", "url", stdout=out)
    assert out.getvalue().strip() == project["self"]


def test_wrong_options_end_with_2(project, tmp_path):
    assert fails("project", "list", "--resource", "Nowhere") == (
        2, "No resource is called Nowhere. There are: Second, This server.",
    )  # fmt: skip
    common = ("--name", "N", "--language", "en-US")
    code, text = fails("model", "create", *common)
    assert (code, text) == (2, "Name at least one dataset: --dataset ID, or --datasets ID ID.")
    assert fails("project", "update", "--project", key(project))[0] == 2
    missing = str(tmp_path / "missing.txt")
    code, text = fails("dataset", "upload", "--kind", "Language", "--data", missing, *common)
    assert (code, text) == (2, f"{missing}: No such file or directory.")
    Resource.objects.all().delete()
    assert fails("project", "list")[0] == 2


def test_what_is_not_there_or_refused_ends_with_3(dataset):
    nobody = "00000000-0000-4000-8000-000000000000"
    code, text = fails("model", "status", "--model", nobody)
    assert code == 3
    assert "(NotFound)" in text
    code, text = fails("project", "create", "--name", "N", "--language", "xx-XX")
    assert code == 3
    assert "InvalidLocale" in text


def test_a_service_that_is_away_ends_with_4():
    Resource.objects.update(address="http://127.0.0.1:9")
    code, text = fails("project", "list")
    assert code == 4
    assert "No connection to 127.0.0.1:9" in text


def test_what_fails_while_it_is_waited_for_ends_with_1(project, tmp_path, capsys):
    path = tmp_path / "text.txt"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SystemExit) as ended:
        csr(
            "dataset", "upload", "--kind", "Language", "--data", str(path), "--name", "T",
            "--language", "en-US", "--wait",
        )  # fmt: skip
    assert ended.value.code == 1
    assert "Failed" in capsys.readouterr().err


def test_too_long_a_wait_ends_with_5(dataset, monkeypatch):
    monkeypatch.setattr(waiting.time, "sleep", lambda _seconds: None)
    code, text = fails(
        "model", "create", "--dataset", key(dataset), "--name", "M", "--language", "en-US",
        "--wait", "--timeout", "0",
    )  # fmt: skip
    assert code == 5
    assert "goes on by itself" in text


def test_a_fault_that_passes_does_not_end_the_wait(dataset, monkeypatch, capsys):
    faults = [ServiceFailed("A fault."), Unreachable("No connection.")]

    class Weak(SpeechClient):
        def get(self, kind, self_link):
            if faults:
                raise faults.pop()
            return super().get(kind, self_link)

    monkeypatch.setattr(connection, "SpeechClient", Weak)
    made = csr(
        "model", "create", "--dataset", key(dataset), "--name", "M", "--language", "en-US",
        "--wait",
    )  # fmt: skip
    assert made["status"] == "Succeeded"
    assert "No connection." in capsys.readouterr().err
    faults.append(Garbled("What is this?"))
    assert fails("model", "status", "--model", key(made)) == (4, "What is this?")


def test_no_row_of_ours_is_written(model):
    assert not CustomModel.objects.exists()
    assert Kept.objects.count() == 1


def test_options_that_the_parser_refuses_end_with_2_too():
    for words in (
        ("model", "create", "--name", "N"),
        ("dataset", "create", "--kind", "Nonsense", "--name", "N", "--language", "en-US",
         "--content", "https://a.test/"),
        ("model", "list", "--api-version", "v9"),
        ("nonsense",),
        (),
    ):  # fmt: skip
        done = subprocess.run(
            [sys.executable, "manage.py", "csr", *words],
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 2, words
        assert "usage:" in done.stderr
        assert done.stdout == ""


def test_changes_stand_in_the_audit(project, model):
    csr("model", "update", "--model", key(model), "--name", "Renamed")
    csr("model", "delete", "--model", key(model))
    rows = AuditEntry.objects.filter(source="command").order_by("pk")
    assert [(one.action, one.kind) for one in rows][-3:] == [
        ("created", "model"),
        ("changed", "model"),
        ("deleted", "model"),
    ]
    assert rows.last().after["command"] == "csr model delete"
    assert rows.last().object_id == key(model)
    assert rows.last().who
