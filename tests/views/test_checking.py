"""Data is checked before it is sent, and people decide about what was found."""

import csv
import io

import pytest
from django.urls import reverse

from tests.audio import archive, wav
from tests.factories import ProjectFactory, UserFactory
from tests.uploading import uploaded as upload
from training.models import Dataset
from training.services import checking, removal

FAULTY = "Moor at the ship’s bollard\nsee www.example.com\nWeigh the anchor\n".encode()


@pytest.fixture
def project(client, db):
    client.force_login(UserFactory())
    return ProjectFactory()


def checked(row):
    checking.check(row.pk)
    row.refresh_from_db()
    return row


def test_clean_data_goes_on_its_way(client, project):
    row = upload(client, project, b"Moor at the bollard\n")
    assert row.submission == "checking"
    assert "Checking" in client.get(row.get_absolute_url()).text
    assert checking.due() == [row.pk]
    assert checked(row).submission == "submitting"
    assert checking.due() == []


def test_warnings_wait_for_a_person_and_are_told_line_by_line(client, project):
    row = checked(upload(client, project, FAULTY))
    assert row.submission == "held"
    page = client.get(row.get_absolute_url()).text
    assert "0 errors, 2 warnings; 1 in order." in page
    assert "Moor at the ship&#x27;s bollard" in page
    assert "Needs attention" in page
    answer = client.get(reverse("report", args=[project.pk, row.pk]))
    rows = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert rows[0] == ["severity", "file", "line", "message", "correction"]
    assert [one[2] for one in rows[1:]] == ["1", "2"]
    for _ in range(2):
        client.post(reverse("decide", args=[project.pk, row.pk]), {"action": "accept"})
    row.refresh_from_db()
    assert row.submission == "submitting"


def test_a_corrected_copy_is_made_once_and_leaves_the_original(client, project):
    row = checked(upload(client, project, FAULTY))
    address = reverse("decide", args=[project.pk, row.pk])
    first = client.post(address, {"action": "mend"})
    second = client.post(address, {"action": "mend"})
    assert first.url == second.url
    copy = checked(Dataset.objects.exclude(pk=row.pk).get())
    assert copy.file.read().decode().splitlines()[0] == "Moor at the ship's bollard"
    assert row.file.open().read() == FAULTY
    assert (copy.submission, copy.report["warnings"]) == ("held", 1)
    assert "Corrected copy of" in client.get(copy.get_absolute_url()).text
    assert "Open the corrected copy" in client.get(row.get_absolute_url()).text


def test_errors_cannot_be_waved_through(client, project):
    row = checked(upload(client, project, b"no zip", "Acoustic", "a.zip"))
    assert row.report["errors"] == 1
    client.post(reverse("decide", args=[project.pk, row.pk]), {"action": "accept"})
    row.refresh_from_db()
    assert row.submission == "held"
    page = client.get(row.get_absolute_url()).text
    assert "Upload anyway" not in page
    assert "is no zip archive" in page


def test_audio_of_another_format_is_converted_in_the_copy(client, project, tmp_path):
    made = archive(
        tmp_path / "a.zip", {"t.txt": "a.wav\tmoor\n", "a.wav": wav(rate=44_100, channels=2)}
    )
    row = checked(upload(client, project, made.read_bytes(), "Acoustic", "a.zip"))
    assert row.submission == "held"
    copy = checked(checking.mend(row, UserFactory()))
    assert (copy.submission, copy.report["warnings"]) == ("submitting", 0)


def test_a_check_that_breaks_does_not_keep_the_data(client, project, monkeypatch):
    row = upload(client, project, b"Moor\n")
    monkeypatch.setattr(checking, "examine", lambda *_: 1 / 0)
    for _ in range(6):
        with pytest.raises(ZeroDivisionError):
            checking.check(row.pk)
        Dataset.objects.update(due_at=row.created_at)
    assert checked(row).submission == "submitting"


def test_what_is_held_can_be_deleted(client, project):
    row = upload(client, project, FAULTY)
    assert "being checked" in removal.examine([row], row.created_by)[0].obstacle
    row = checked(row)
    assert removal.delete([row], row.created_by) == []
    assert not Dataset.objects.exists()


def test_an_outsider_decides_nothing(client, project):
    row = checked(upload(client, project, FAULTY))
    client.logout()
    for name in ("decide", "report"):
        answer = client.post(reverse(name, args=[project.pk, row.pk]), {"action": "accept"})
        assert answer.status_code == 302
        assert answer.url.startswith("/accounts/login/")
    row.refresh_from_db()
    assert row.submission == "held"
