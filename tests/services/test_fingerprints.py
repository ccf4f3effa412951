"""What two datasets of a project have in common, and what that says about a test."""

import pytest
from django.core.files.base import ContentFile

from tests.audio import archive, wav
from tests.factories import CustomModelFactory, DatasetFactory, ProjectFactory
from training import overlaps
from training.models import Evaluation, Fingerprint, Overlap
from training.services import checking


@pytest.fixture
def project(db):
    return ProjectFactory()


def checked(project, content, kind="Language", **more):
    row = DatasetFactory(project=project, kind=kind, submission="checking", status="", **more)
    row.file.save("data", ContentFile(content))
    checking.check(row.pk)
    row.refresh_from_db()
    return row


def clips(tmp_path, *said):
    """An archive of clips, each by the number of its sound and its text."""
    lines = "".join(f"{n}.wav\t{text}\n" for n, (_, text) in enumerate(said))
    sounds = {f"{n}.wav": wav(seed=seed) for n, (seed, _) in enumerate(said)}
    return archive(tmp_path / "clips.zip", {"trans.txt": lines, **sounds}).read_bytes()


def test_both_directions_are_counted(project):
    first = checked(project, b"Moor here\nMoor here!\nWeigh the anchor\n")
    second = checked(project, b"moor here\nfog over the sound\n")
    one, other = first.overlaps.get(), second.overlaps.get()
    assert (one.other, one.shared_sentences, one.sentences) == (second, 2, 3)
    assert (other.other, other.shared_sentences, other.sentences) == (first, 1, 2)
    assert not one.is_same_file
    assert overlaps.in_words(other) == "1 of 2 sentences"


def test_the_same_file_and_the_same_clips_are_found(project, tmp_path):
    sound = clips(tmp_path, (1, "moor here"), (2, "weigh the anchor"))
    first, second = checked(project, sound, "Acoustic"), checked(project, sound, "Acoustic")
    assert second.overlaps.get().is_same_file
    third = checked(project, clips(tmp_path, (2, "fog"), (3, "fog")), "AudioFiles")
    assert {(one.other, one.shared_clips, one.clips) for one in third.overlaps.all()} == {
        (first, 1, 2), (second, 1, 2),
    }  # fmt: skip
    assert overlaps.in_words(third.overlaps.first()) == "1 of 2 clips"


def test_a_corrected_copy_and_other_projects_are_not_compared(project):
    first = checked(project, b"Moor here\n")
    checked(project, b"Moor here\n", mended_from=first)
    checked(ProjectFactory(), b"Moor here\n")
    assert not Overlap.objects.exists()


def test_a_second_check_changes_nothing(project):
    first = checked(project, b"Moor here\n")
    second = checked(project, b"Moor here\n")
    for row in (first, second):
        type(row).objects.filter(pk=row.pk).update(submission="checking")
        checking.check(row.pk)
    assert (Fingerprint.objects.count(), Overlap.objects.count()) == (2, 2)


def test_deleting_takes_the_comparisons_along(project):
    first = checked(project, b"Moor here\n")
    checked(project, b"Moor here\n")
    type(first).objects.filter(pk=first.pk).delete()
    assert (Fingerprint.objects.count(), Overlap.objects.count()) == (1, 0)


def test_a_test_warns_of_what_its_models_were_trained_with(project, tmp_path):
    text = checked(project, b"Moor here\nWeigh the anchor\n", display_name="Harbour <log>")
    test_data = checked(project, clips(tmp_path, (1, "moor here"), (2, "fog")), "Acoustic")
    model = CustomModelFactory(project=project, display_name="Harbour model")
    unrelated = CustomModelFactory(project=project)
    model.datasets.add(text)
    test = Evaluation(
        project=project, dataset=test_data, custom_model1=model, custom_model2=unrelated
    )
    found = overlaps.of_test(test)
    assert found == [
        f'<a href="{text.get_absolute_url()}">Harbour &lt;log&gt;</a>, which Harbour model is '
        "trained with, also holds 1 of 2 sentences of the test, so its result will flatter."
    ]
    test.custom_model1, test.base_model1 = None, model.base_model
    assert overlaps.of_test(test) == []
