"""The wizard: lenient steps, strict review, one model."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import BaseModelFactory, DatasetFactory, ProjectFactory, UserFactory
from training.models import CustomModel, Evaluation, NewWord, Overlap, TrainingDraft
from training.services import drafts, submission


@pytest.fixture
def person(client, db):
    client.force_login(UserFactory())
    return client


@pytest.fixture
def project(db):
    return ProjectFactory()


@pytest.fixture
def base(project):
    return BaseModelFactory(resource=project.resource)


def step(draft, name):
    return reverse("wizard", args=[draft.project_id, draft.pk, name])


def started(person, project):
    person.post(reverse("train", args=[project.pk]))
    return TrainingDraft.objects.get()


def test_the_newest_base_that_can_be_adapted_is_proposed(person, project, base):
    past = timezone.now() - timedelta(days=1)
    expired = BaseModelFactory(resource=project.resource, adaptation_expires_at=past)
    draft = started(person, project)
    assert draft.base_model == base
    page = person.get(step(draft, "baseline")).text
    assert "can no longer be adapted" in page
    answer = person.post(step(draft, "baseline"), {"base_model": expired.pk})
    assert "select a newer one" in answer.text
    draft.refresh_from_db()
    assert draft.base_model == base


def test_the_baseline_step_shows_what_the_service_tells_of_a_base(person, project, base):
    base.description = "Whisper.\nFamily: Whisper. Languages: en-US.\nWord error rate 38.6% <i>"
    base.save()
    page = person.get(step(started(person, project), "baseline")).text
    assert "Family: Whisper. Languages: en-US.<br>Word error rate 38.6% &lt;i&gt;" in page


def test_data_that_the_base_does_not_take_cannot_be_chosen(person, project, base):
    sound = DatasetFactory(project=project, kind="Acoustic")
    foreign = DatasetFactory()
    draft = started(person, project)
    assert "takes no data of this kind" in person.get(step(draft, "data")).text
    for dataset in (sound, foreign):
        person.post(step(draft, "data"), {"datasets": [dataset.pk]})
        assert not draft.datasets.exists()


def test_a_step_keeps_what_is_valid_beside_an_error(person, project, base):
    draft = started(person, project)
    values = {"display_name": "Kept", "weight_percent": "500"}
    answer = person.post(step(draft, "name"), values)
    assert "less than or equal to 100" in answer.text
    assert 'value="500"' in answer.text
    draft.refresh_from_db()
    assert (draft.display_name, draft.weight_percent) == ("Kept", None)


def test_the_review_names_what_is_missing_and_where(person, project, base):
    draft = started(person, project)
    answer = person.post(step(draft, "review"))
    assert "Choose at least one dataset." in answer.text
    assert f"{step(draft, 'name')}?back=review" in answer.text
    assert not CustomModel.objects.exists()


def test_the_whole_way_makes_one_model_with_its_test(person, project, base):
    text = DatasetFactory(project=project)
    sound = DatasetFactory(project=project, kind="Acoustic")
    draft = started(person, project)
    answer = person.post(step(draft, "data"), {"datasets": [text.pk]})
    assert answer.url == step(draft, "name")
    answer = person.post(step(draft, "name"), {"display_name": "Mine", "add_test": "on"})
    assert answer.url == step(draft, "test")
    values = {"test_dataset": sound.pk, "second_model": f"base-{base.pk}"}
    assert person.post(step(draft, "test"), values).url == step(draft, "review")
    for _ in range(3):
        assert person.post(step(draft, "review")).status_code == 302
    model = CustomModel.objects.get()
    assert (model.display_name, list(model.datasets.all())) == ("Mine", [text])
    test = Evaluation.objects.get()
    assert (test.model1, test.model2, test.submission) == (model, base, "waiting")
    assert person.get(step(draft, "name")).url == model.get_absolute_url()


def test_a_colleague_can_finish_a_draft(client, person, project, base):
    text = DatasetFactory(project=project)
    draft = started(person, project)
    client.force_login(UserFactory(username="grace"))
    page = client.get(reverse("models", args=[project.pk])).text
    assert reverse("resume", args=[draft.project_id, draft.pk]) in page
    client.post(step(draft, "data"), {"datasets": [text.pk]})
    client.post(step(draft, "name"), {"display_name": "Ours"})
    client.post(step(draft, "review"))
    assert CustomModel.objects.get().created_by.username == "grace"


def test_change_leads_back_to_the_review(person, project, base):
    draft = started(person, project)
    path = step(draft, "name") + "?back=review"
    assert person.post(path, {"display_name": "New"}).url == step(draft, "review")


def test_drafts_are_discarded_on_purpose_only(person, project, base):
    draft = started(person, project)
    person.post(reverse("discard_draft", args=[project.pk, draft.pk]))
    assert not TrainingDraft.objects.exists()


def test_the_review_warns_of_leaks_and_of_words_left_out(person, project, base):
    text = DatasetFactory(project=project, strict_base_models=[base.display_name])
    sound = DatasetFactory(project=project, kind="Acoustic", display_name="Harbour test")
    names = DatasetFactory(project=project, kind="Pronunciation")
    for row, word, is_guessed in (
        (text, "ormsay", True), (text, "skelwick", True), (names, "ormsay", False),
    ):  # fmt: skip
        NewWord.objects.create(
            dataset=row, position=row.new_words.count(), word=word, times=1, is_guessed=is_guessed
        )
    Overlap.objects.create(
        dataset=sound, other=text, is_same_file=False, shared_clips=0, clips=28,
        shared_sentences=12, sentences=28,
    )  # fmt: skip
    draft = started(person, project)
    draft.datasets.add(text)
    TrainingDraft.objects.update(add_test=True, test_dataset=sound)
    page = person.get(step(draft, "review")).text
    assert f'<a href="{text.get_absolute_url()}">{text}</a>, which the new model' in page
    assert "12 of 28 sentences of the test" in page
    assert "2 words of the data are new to" in page
    draft.datasets.add(names, sound)
    page = person.get(step(draft, "review")).text
    assert "1 word of the data is new to" in page
    assert f'The test uses <a href="{sound.get_absolute_url()}">Harbour test</a>' in page


def test_a_step_that_comes_late_changes_no_submitted_draft(person, project, base):
    """A colleague submits between the reading and the writing of a step."""
    text = DatasetFactory(project=project)
    draft = started(person, project)
    person.post(step(draft, "data"), {"datasets": [text.pk]})
    stale = TrainingDraft.objects.get(pk=draft.pk)
    TrainingDraft.objects.filter(pk=draft.pk).update(display_name="Ours")
    draft.refresh_from_db()
    model = submission.submit(draft, UserFactory())
    drafts.keep(stale, {"display_name": "Late", "datasets": []})
    draft.refresh_from_db()
    assert (draft.display_name, draft.result) == ("Ours", model)
    assert draft.submitted_at
    assert list(draft.datasets.all()) == [text]
