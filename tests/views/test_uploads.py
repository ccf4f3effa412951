"""Upload data: the wizard, and files that arrive in blocks."""

import errno
import json
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from tests.factories import DatasetFactory, ProjectFactory, UserFactory
from tests.uploading import started, step, uploaded
from training.models import Dataset, TrainingDraft, Upload, UploadDraft
from training.services import assembling, checking, removal, tidying, uploads

TEXT = b"Moor at the bollard\n" * 3000
SIZE = len(TEXT)


@pytest.fixture
def project(client, db):
    client.force_login(UserFactory())
    return ProjectFactory()


@pytest.fixture
def small_blocks(monkeypatch):
    monkeypatch.setattr(uploads, "BLOCK_SIZE", 16_384)
    return 16_384


def announced(client, draft, name="log.txt", size=SIZE, modified=7):
    path = reverse("add_file", args=[draft.project_id, draft.pk])
    body = json.dumps({"name": name, "size": size, "modified": modified})
    return client.post(path, body, content_type="application/json")


def sent(client, place, number, content):
    return client.put(f"{place['blocks']}{number}/", content, "application/octet-stream")


def test_the_whole_way_without_scripts(client, project):
    draft = started(client, project)
    files = [SimpleUploadedFile("a.txt", b"Moor\n"), SimpleUploadedFile("b.txt", b"Cast off\n")]
    assert client.post(step(draft, "files"), {"file": files}).url == step(draft, "name")
    first, second = draft.uploads.all()
    page = client.get(step(draft, "name")).text
    assert "Name of a.txt" in page
    assert f'name="name_{second.pk}" value="b"' in page
    names = {f"name_{first.pk}": "Log A", f"name_{second.pk}": "Log B", "description": "2026"}
    assert client.post(step(draft, "name"), names).url == step(draft, "review")
    page = client.get(step(draft, "review")).text
    assert "a.txt (5" in page
    assert "Nothing has started yet" in page
    for _ in range(2):
        answer = client.post(step(draft, "review"))
        assert answer.url == reverse("datasets", args=[project.pk])
    rows = Dataset.objects.order_by("display_name")
    assert [(row.display_name, row.description) for row in rows] == [
        ("Log A", "2026"), ("Log B", "2026")
    ]  # fmt: skip
    for row in rows:
        checking.check(row.pk)
    assert [row.file.read() for row in Dataset.objects.order_by("display_name")] == [
        b"Moor\n", b"Cast off\n"
    ]  # fmt: skip
    assert {row.submission for row in Dataset.objects.all()} == {"submitting"}


def test_the_first_step_makes_one_draft(client, project):
    values = {"submission_key": str(uuid.uuid4()), "kind": "Language"}
    path = reverse("new_dataset", args=[project.pk])
    assert client.post(path, values).url == client.post(path, values).url
    assert "There is a problem" in client.post(path, values | {"kind": "Sounds"}).text
    assert "Select the kind of data." in client.post(path, {}).text


def test_an_address_goes_as_it_is(client, project):
    draft = started(client, project)
    assert "valid URL" in client.post(step(draft, "files"), {"content_url": "ftp://x"}).text
    client.post(step(draft, "files"), {"content_url": "https://x.test/log.txt"})
    assert "Enter a name." in client.get(step(draft, "review")).text
    client.post(step(draft, "name"), {"address_name": "Far log"})
    client.post(step(draft, "review"))
    row = Dataset.objects.get()
    assert (row.content_url, row.submission) == ("https://x.test/log.txt", "submitting")


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (SimpleUploadedFile("log.docx", b"x"), "a file of this kind ends with .txt."),
        (SimpleUploadedFile("log.txt", b""), "empty"),
        (None, "Choose at least one file, or enter a URL."),
    ],
)
def test_a_file_that_cannot_be_is_refused_at_once(client, project, file, message):
    draft = started(client, project)
    page = client.post(step(draft, "files"), {"file": file} if file else {}).text
    assert message in page
    assert "There is a problem" in page
    client.post(step(draft, "review"))
    assert not Dataset.objects.exists()


def test_blocks_in_any_order_make_the_file(client, project, small_blocks, monkeypatch):
    draft = started(client, project)
    place = announced(client, draft).json()
    assert place["there"] == []
    pieces = [TEXT[at : at + small_blocks] for at in range(0, len(TEXT), small_blocks)]
    for number in (2, 0, 2):
        assert sent(client, place, number, pieces[number]).status_code == 204
    assert "Interrupted at" in client.get(step(draft, "files")).text
    assert "has not arrived whole" in client.get(step(draft, "review")).text
    assert sorted(announced(client, draft).json()["there"]) == [0, 2]
    for number in (1, 3):
        sent(client, place, number, pieces[number])
    upload = draft.uploads.get()
    assert upload.is_whole
    client.post(step(draft, "name"), {f"name_{upload.pk}": "Log"})
    client.post(step(draft, "review"))
    row = Dataset.objects.get()
    checking.check(row.pk)
    row.refresh_from_db()
    assert row.file.read() == TEXT
    assert default_storage.listdir("incoming")[0] == []


def test_a_kill_while_the_file_is_put_together_loses_nothing(client, project, monkeypatch):
    row = uploaded(client, project, TEXT)
    upload = Upload.objects.get(dataset=row)
    monkeypatch.setattr(uploads, "forget_blocks", lambda _one: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        assembling.assemble(row, upload)
    monkeypatch.undo()
    checking.check(row.pk)
    row.refresh_from_db()
    assert row.file.read() == TEXT
    tidying.tidy()
    assert not upload.blocks.exists()


def test_a_worker_that_comes_late_leaves_the_file_alone(client, project):
    row = uploaded(client, project, TEXT)
    upload = Upload.objects.get(dataset=row)
    late = Dataset.objects.get(pk=row.pk)
    assembling.assemble(row, upload)
    with pytest.raises(assembling.Incomplete):
        assembling.assemble(late, upload)
    late.refresh_from_db()
    assert late.file.read() == TEXT


def test_a_full_disk_keeps_the_blocks_and_is_tried_again(client, project, monkeypatch):
    row = uploaded(client, project, TEXT)

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(assembling, "assemble", full)
    for _ in range(9):
        checking.check(row.pk)
        Dataset.objects.update(due_at=row.created_at)
    row.refresh_from_db()
    assert row.submission == "checking"
    assert "disk is full" in client.get(row.get_absolute_url()).text
    monkeypatch.undo()
    checking.check(row.pk)
    row.refresh_from_db()
    assert (row.submission, row.trouble, row.file.read()) == ("submitting", "", TEXT)


def test_discarding_what_is_being_submitted_loses_nothing(client, project):
    draft = started(client, project)
    client.post(step(draft, "files"), {"file": SimpleUploadedFile("a.txt", b"Moor")})
    stale = UploadDraft.objects.get(pk=draft.pk)
    made = uploads.submit(draft, UserFactory())
    uploads.discard(stale)
    uploads.remove(stale.uploads.get())
    checking.check(made[0].pk)
    assert Dataset.objects.get().file.read() == b"Moor"


def test_a_mended_file_of_the_same_name_takes_the_place_of_the_first(client, project):
    draft = started(client, project)
    for content in (b"Moor", b"Boat"):
        client.post(step(draft, "files"), {"file": SimpleUploadedFile("a.txt", content)})
    (made,) = uploads.submit(draft, UserFactory())
    checking.check(made.pk)
    assert Dataset.objects.get().file.read() == b"Boat"


def test_another_kind_after_going_back_counts(client, project):
    path, key = reverse("new_dataset", args=[project.pk]), str(uuid.uuid4())
    for kind in ("Language", "Pronunciation"):
        client.post(path, {"submission_key": key, "kind": kind})
    assert UploadDraft.objects.get().kind == "Pronunciation"


def test_files_are_kept_though_the_url_is_wrong(client, project):
    draft = started(client, project)
    values = {"file": SimpleUploadedFile("a.txt", b"Moor"), "content_url": "ftp://x"}
    assert "valid URL" in client.post(step(draft, "files"), values).text
    assert draft.uploads.get().is_whole


@pytest.mark.parametrize(
    "body",
    [
        '{"name": "a.txt", "size": 1e30, "modified": 1}',
        '{"name": "a.txt", "size": Infinity, "modified": 1}',
        '{"name": "a\\u0000.txt", "size": 1, "modified": 1}',
        "[]",
    ],
)
def test_odd_announcements_are_refused(client, project, body):
    draft = started(client, project)
    path = reverse("add_file", args=[project.pk, draft.pk])
    assert client.post(path, body, content_type="application/json").status_code == 400


def test_what_cannot_be_put_together_waits_with_a_reason(
    client, project, monkeypatch, django_capture_on_commit_callbacks
):
    row = uploaded(client, project, TEXT)
    monkeypatch.setattr(assembling, "assemble", lambda *_: 1 / 0)
    for _ in range(6):
        with pytest.raises(ZeroDivisionError):
            checking.check(row.pk)
        Dataset.objects.update(due_at=row.created_at)
    checking.check(row.pk)
    row.refresh_from_db()
    assert row.submission == "held"
    page = client.get(row.get_absolute_url()).text
    assert "could not be put together" in page
    assert "Try again" in page
    decide = reverse("decide", args=[project.pk, row.pk])
    for _ in range(2):
        client.post(decide, {"action": "again"})
    row.refresh_from_db()
    assert (row.submission, row.attempts) == ("checking", 0)
    Dataset.objects.update(submission="held")
    row.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        assert removal.delete([row], row.created_by) == []
    assert default_storage.listdir("incoming")[0] == []


@pytest.mark.parametrize(
    ("number", "content", "status"),
    [(0, b"short", 422), (9, b"", 422), (0, b"x" * (8 * 1024**2 + 1), 413)],
)
def test_blocks_that_do_not_fit_are_refused(client, project, number, content, status):
    place = announced(client, started(client, project)).json()
    answer = sent(client, place, number, content)
    assert answer.status_code == status
    assert answer.json()["message"]


def test_announcing_says_what_is_wrong(client, project):
    draft = started(client, project)
    for name, size, message in (
        ("log.zip", 5, "ends with .txt"),
        ("log.txt", 0, "is empty"),
        ("log.txt", 3 * 1024**3, "larger than 2 GB"),
    ):
        answer = announced(client, draft, name, size)
        assert answer.status_code == 422
        assert message in answer.json()["message"]
    path = reverse("add_file", args=[project.pk, draft.pk])
    assert client.post(path, "no json", content_type="application/json").status_code == 400
    for number in range(uploads.MOST_FILES):
        assert announced(client, draft, f"{number}.txt").status_code == 200
    assert "At most 50 files" in announced(client, draft, "more.txt").json()["message"]


def test_a_full_disk_is_said(client, project, monkeypatch):
    place = announced(client, started(client, project), size=4).json()

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(default_storage, "save", full)
    answer = sent(client, place, 0, b"text")
    assert answer.status_code == 507
    assert "disk is full" in answer.json()["message"]


def test_a_file_is_removed_and_a_draft_discarded_with_what_is_there(
    client, project, django_capture_on_commit_callbacks
):
    draft = started(client, project)
    for name in ("a.txt", "b.txt"):
        place = announced(client, draft, name, size=4).json()
        sent(client, place, 0, b"text")
    for _ in range(2):
        assert client.post(place["remove"]).url == step(draft, "files")
    assert [one.file_name for one in draft.uploads.all()] == ["a.txt"]
    page = client.get(reverse("datasets", args=[project.pk])).text
    assert "Uploads to be finished" in page
    assert client.get(reverse("resume_upload", args=[project.pk, draft.pk])).status_code == 302
    assert "kept until" in page
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("discard_upload", args=[project.pk, draft.pk]))
    assert not UploadDraft.objects.exists()
    tidying.tidy()
    assert default_storage.listdir("incoming")[0] == []


def test_data_for_a_training_is_chosen_in_it(client, project):
    training = TrainingDraft.objects.create(project=project)
    draft = started(client, project, query=f"?draft={training.pk}")
    back = reverse("wizard", args=[project.pk, training.pk, "data"])
    client.post(step(draft, "files"), {"content_url": "https://x.test/log.txt"})
    assert back in client.get(step(draft, "name")).text
    client.post(step(draft, "name"), {"address_name": "Far log"})
    assert client.post(step(draft, "review")).url == back
    row = Dataset.objects.get()
    assert list(training.datasets.all()) == [row]
    page = client.get(back).text
    assert f'value="{row.pk}" checked' in page
    client.post(back, {"datasets": [row.pk]})
    assert list(training.datasets.all()) == [row]
    review = client.get(reverse("wizard", args=[project.pk, training.pk, "review"])).text
    assert "Far log: Still being imported." in review


def test_a_name_that_exists_is_pointed_out(client, project):
    DatasetFactory(project=project, display_name="Log")
    draft = started(client, project)
    client.post(step(draft, "files"), {"content_url": "https://x.test/log.txt"})
    client.post(step(draft, "name"), {"address_name": "Log"})
    assert "exists already: Log." in client.get(step(draft, "review")).text


def test_files_that_nobody_finishes_go_after_a_month(client, project):
    draft = started(client, project)
    sent(client, announced(client, draft, size=4).json(), 0, b"text")
    default_storage.save("incoming/stray/00000", ContentFile(b"of a killed request"))
    tidying.tidy()
    assert draft.uploads.get().is_whole
    assert default_storage.listdir("incoming")[0] == [str(draft.uploads.get().key)]
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        uploads.add(draft, "log.txt", 4, 7)
        tidying.tidy()
        assert UploadDraft.objects.exists(), "somebody goes on with it"
    with time_machine.travel(timezone.now() + timedelta(days=62)):
        tidying.tidy()
        tidying.tidy()
    assert not UploadDraft.objects.exists()
    assert default_storage.listdir("incoming")[0] == []


def test_an_outsider_sends_nothing(client, project):
    draft = started(client, project)
    place = announced(client, draft, size=4).json()
    client.logout()
    for answer in (sent(client, place, 0, b"text"), announced(client, draft, "b.txt", 4)):
        assert answer.url.startswith("/accounts/login/")
    assert not draft.uploads.get().blocks.exists()
