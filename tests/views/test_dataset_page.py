"""The dataset page: rows of the file, their audio, and the file itself."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from tests.audio import archive, wav
from tests.factories import CustomModelFactory, DatasetFactory, UserFactory
from training.models import Evaluation, TrainingDraft


@pytest.fixture
def person(client, db):
    client.force_login(UserFactory())
    return client


def dataset(content, kind="Language", name="data.txt"):
    row = DatasetFactory(kind=kind, submission="held", status="", file_name=name)
    row.file.save(name, ContentFile(content))
    return row


def page(client, row, query="", **headers):
    return client.get(row.get_absolute_url() + query, headers=headers).text


def part(client, row, name, query=""):
    """A part of the page, as htmx asks for it."""
    return page(client, row, query, hx_request="true", hx_target=name)


def test_lines_are_shown_as_they_lie_and_paged(person):
    row = dataset("".join(f"Line {n} <b>\n\n" for n in range(25)).encode())
    first = page(person, row)
    assert "Line 0 &lt;b&gt;" in first
    assert "Line 10" not in first
    assert "?sample=10" in first
    assert "Previous rows" not in first
    last = page(person, row, "?sample=20")
    assert '<td class="numeric line">49</td><td>Line 24' in last
    assert "?sample=10" in last
    assert "Next rows" not in last
    assert "no more rows" in page(person, row, "?sample=99")


def test_htmx_gets_the_rows_alone(person):
    row = dataset(b"Moor here\n")
    answer = part(person, row, "sample")
    assert "Moor here" in answer
    assert "<h1" not in answer
    assert "<h1" in page(person, row, "", hx_request="true", hx_target="nothing-like-this")


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        ("größer als\n".encode("utf-16"), "größer als"),
        ("größer als\n".encode("cp1252"), "größer als"),
        ("\ufeffgrößer\n".encode(), "<td>größer</td>"),
        (b"x" * 200_000 + b"\nsecond\n", '<td class="numeric line">2</td><td>second'),
        (b"", "no more rows"),
    ],
)
def test_any_encoding_and_length_of_a_line_can_be_seen(person, content, shown):
    assert shown in page(person, dataset(content))


def test_pronunciations_stand_in_two_columns(person):
    shown = page(person, dataset(b"ormsay\torm say\nskelwick\n", "Pronunciation"))
    assert "<td>ormsay</td><td>orm say</td>" in shown
    assert "<td>skelwick</td><td>–</td>" in shown


def sounds(tmp_path, kind="Acoustic"):
    files = {"trans.txt": "a.wav\tmoor here\nb.wav\tgone\nc.wav\tno sound\n",
             "in/a.wav": wav(seconds=0.5), "c.wav": b"RIFF"}  # fmt: skip
    return dataset(archive(tmp_path / "a.zip", files).read_bytes(), kind, "clips.zip")


def test_clips_are_shown_with_duration_text_and_player(person, tmp_path):
    row = sounds(tmp_path)
    shown = page(person, row)
    address = reverse("sample_clip", args=[row.project_id, row.pk])
    assert f'src="{address}?file=in%2Fa.wav"' in shown
    assert "0.5 s" in shown
    assert "not in the archive" in shown
    assert shown.count("<audio") == 2
    shown = page(person, sounds(tmp_path, "AudioFiles"))
    assert "in/a.wav" in shown
    assert "moor here" not in shown


def test_a_damaged_archive_is_told(person):
    assert "Our copy of the file cannot be read." in page(person, dataset(b"no zip", "Acoustic"))


@pytest.mark.parametrize(
    ("asked", "status", "start", "stop"),
    [
        (None, 200, 0, None),
        ("bytes=0-", 206, 0, None),
        ("bytes=10-19", 206, 10, 20),
        ("bytes=100-99999999", 206, 100, None),
        ("bytes=-40", 206, -40, None),
        ("bytes=-", 200, 0, None),
        ("bytes=0-1,5-6", 200, 0, None),
    ],
)
def test_a_clip_is_given_whole_or_in_part(person, tmp_path, asked, status, start, stop):
    row, sound = sounds(tmp_path), wav(seconds=0.5)
    address = reverse("sample_clip", args=[row.project_id, row.pk])
    headers = {"Range": asked} if asked else {}
    answer = person.get(address, {"file": "in/a.wav"}, headers=headers)
    assert answer.status_code == status
    assert answer["Content-Type"] == "audio/wav"
    wanted = sound[start:stop]
    assert answer.getvalue() == wanted
    assert int(answer["Content-Length"]) == len(wanted)
    if status == 206:
        first = len(sound) + start if start < 0 else start
        span = f"{first}-{first + len(wanted) - 1}"
        assert answer["Content-Range"] == f"bytes {span}/{len(sound)}"


def test_parts_and_clips_that_are_not_there(person, tmp_path):
    row = sounds(tmp_path)
    address = reverse("sample_clip", args=[row.project_id, row.pk])
    beyond = person.get(address, {"file": "c.wav"}, headers={"Range": "bytes=4-"})
    assert (beyond.status_code, beyond["Content-Range"]) == (416, "bytes */4")
    for name in ("b.wav", "trans.txt", "../a.wav", ""):
        assert person.get(address, {"file": name}).status_code == 404
    other = reverse("sample_clip", args=[row.project_id + 1, row.pk])
    assert person.get(other, {"file": "c.wav"}).status_code == 404


def test_our_copy_is_downloaded_under_its_own_name(person):
    row = dataset(b"Moor here\n", name="harbour log.txt")
    address = reverse("own_file", args=[row.project_id, row.pk])
    assert address in page(person, row)
    answer = person.get(address)
    assert answer.getvalue() == b"Moor here\n"
    assert answer["Content-Disposition"] == 'attachment; filename="harbour log.txt"'
    row.file.storage.delete(row.file.name)
    assert person.get(address).status_code == 404
    assert "cannot be read" in page(person, row)


def test_without_a_copy_the_page_says_so(person):
    row = DatasetFactory(content_url="https://west.test/text.txt", submission="held", status="")
    assert "no copy of it here" in page(person, row)
    assert person.get(reverse("own_file", args=[row.project_id, row.pk])).status_code == 404


def test_an_outsider_gets_no_data(client, db, tmp_path):
    row = sounds(tmp_path)
    for name in ("own_file", "sample_clip"):
        answer = client.get(reverse(name, args=[row.project_id, row.pk]), {"file": "c.wav"})
        assert answer.status_code == 302
        assert answer.url.startswith("/accounts/login/")


def test_what_still_uses_a_dataset_is_linked_where_it_cannot_be_deleted(person, tmp_path):
    row = DatasetFactory(kind="Acoustic")
    model = CustomModelFactory(project=row.project)
    model.datasets.add(row)
    test = Evaluation.objects.create(
        project=row.project, dataset=row, custom_model1=model, base_model2=model.base_model,
        display_name="A test",
    )  # fmt: skip
    drafts = [TrainingDraft.objects.create(project=row.project) for _ in range(2)]
    drafts[0].datasets.add(row)
    TrainingDraft.objects.filter(pk=drafts[1].pk).update(test_dataset=row)
    address = reverse("delete_rows", args=[row.project_id, "datasets"])
    shown = person.get(address, {"pk": row.pk}).text
    for one in (model, test, *drafts):
        assert f'<a href="{one.get_absolute_url()}">{one}</a>' in shown
    assert "draft of a training" in shown
    assert "Nothing can be deleted" in shown
