"""The wizard "Create new test": proposed by links, lenient steps, strict review, one test."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import BaseModelFactory, CustomModelFactory, DatasetFactory, UserFactory
from training.models import Evaluation, TestDraft


@pytest.fixture
def model(client, db):
    client.force_login(UserFactory())
    return CustomModelFactory(display_name="Harbour model")


@pytest.fixture
def project(model):
    return model.project


@pytest.fixture
def sound(project):
    return DatasetFactory(project=project, kind="Acoustic", display_name="Harbour test")


@pytest.fixture
def audio(project):
    return DatasetFactory(project=project, kind="AudioFiles", display_name="Harbour audio")


def new(project, query=""):
    return reverse("new_test", args=[project.pk]) + query


def step(draft, name):
    return reverse("testing", args=[draft.project_id, draft.pk, name])


def started(client, project, query="", kind="Evaluation"):
    values = {"kind": kind, "submission_key": uuid.uuid4()}
    client.post(new(project, query), values)
    return TestDraft.objects.latest("pk")


def test_the_whole_way_makes_one_test(client, project, model, sound):
    assert "Step 1 of 5: Select the kind of test" in client.get(new(project)).text
    draft = started(client, project)
    assert client.post(step(draft, "data"), {"dataset": sound.pk}).url == step(draft, "models")
    page = client.get(step(draft, "models")).text
    assert f'<option value="custom-{model.pk}" selected>' in page
    assert '<option value="baseline" selected>' in page
    values = {"first_model": f"custom-{model.pk}", "second_model": "baseline"}
    assert client.post(step(draft, "models"), values).url == step(draft, "name")
    assert 'value="Test of Harbour model"' in client.get(step(draft, "name")).text
    values = {"display_name": "Spring test", "description": "Before the move"}
    assert client.post(step(draft, "name"), values).url == step(draft, "review")
    page = client.get(step(draft, "review")).text
    assert str(model.base_model) in page
    assert f"{step(draft, 'models')}?back=review" in page
    for _ in range(3):
        assert client.post(step(draft, "review")).status_code == 302
    test = Evaluation.objects.get()
    assert (test.model1, test.model2, test.dataset) == (model, model.base_model, sound)
    assert (test.display_name, test.testing_kind) == ("Spring test", "Evaluation")
    assert client.get(step(draft, "name")).url == test.get_absolute_url()


def test_the_same_first_page_sent_twice_begins_one_draft(client, project, model):
    values = {"kind": "Evaluation", "submission_key": uuid.uuid4()}
    first, second = (client.post(new(project), values).url for _ in range(2))
    assert first == second
    assert TestDraft.objects.count() == 1


def test_a_link_proposes_models_and_data(client, project, model, sound, audio):
    other = CustomModelFactory(project=project, base_model=model.base_model)
    draft = started(client, project, f"?pk={other.pk}&pk={model.pk}&dataset={sound.pk}")
    assert (draft.model1, draft.model2, draft.dataset) == (other, model, sound)
    draft = started(client, project, f"?model={model.pk}")
    assert (draft.model1, draft.model2) == (model, model.base_model)
    page = client.get(new(project, f"?dataset={audio.pk}")).text
    assert 'value="Inspection" checked' in page


@pytest.mark.parametrize("wanted", ["999", "9" * 30, "x", ""])
def test_what_a_link_names_wrongly_is_passed_over(client, project, model, wanted):
    draft = started(client, project, f"?model={wanted}&dataset={wanted}")
    assert (draft.model1, draft.dataset) == (model, None)


def test_objects_of_another_project_cannot_be_chosen(client, project, model, sound):
    foreign = CustomModelFactory()
    strange = DatasetFactory(kind="Acoustic")
    draft = started(client, project, f"?model={foreign.pk}&dataset={strange.pk}")
    assert (draft.model1, draft.dataset) == (model, None)
    client.post(step(draft, "data"), {"dataset": strange.pk})
    values = {"first_model": f"custom-{foreign.pk}", "second_model": "none"}
    assert "Select a valid choice" in client.post(step(draft, "models"), values).text
    draft.refresh_from_db()
    assert (draft.model1, draft.dataset) == (model, None)


def test_no_second_model_gives_the_service_the_same_one_twice(client, project, model, audio):
    draft = started(client, project, f"?dataset={audio.pk}", kind="Inspection")
    client.post(step(draft, "models"),
                {"first_model": f"custom-{model.pk}", "second_model": "none"})  # fmt: skip
    assert 'value="Inspection of Harbour model"' in client.get(step(draft, "name")).text
    client.post(step(draft, "name"), {"display_name": "Alone"})
    client.post(step(draft, "review"))
    test = Evaluation.objects.get()
    assert (test.model1, test.model2) == (model, model)
    assert test.has_one_model
    assert test.is_inspection


def test_accuracy_needs_transcripts_and_inspection_does_not(client, project, model, sound, audio):
    text = DatasetFactory(project=project)
    draft = started(client, project)
    page = client.get(step(draft, "data")).text
    assert "Has no human-labeled transcripts" in page
    assert str(text) not in page
    assert "cannot be used here" in client.post(step(draft, "data"), {"dataset": audio.pk}).text
    client.post(step(draft, "kind"), {"kind": "Inspection"})
    for one in (audio, sound):
        assert client.post(step(draft, "data"), {"dataset": one.pk}).status_code == 302
    client.post(step(draft, "kind"), {"kind": "Evaluation"})
    client.post(step(draft, "data"), {})
    assert "Choose a dataset." in client.get(step(draft, "review")).text


def test_the_review_names_everything_that_is_missing(client, project, model, sound):
    past = timezone.now() - timedelta(days=1)
    expired = BaseModelFactory(resource=project.resource, transcription_expires_at=past)
    draft = started(client, project, f"?dataset={sound.pk}")
    values = {"first_model": f"base-{expired.pk}", "second_model": f"custom-{model.pk}"}
    client.post(step(draft, "models"), values)
    type(sound).objects.filter(pk=sound.pk).update(status="Failed")
    page = client.post(step(draft, "review")).text
    for text in (f"{expired} has expired", "The import failed", "Enter a name."):
        assert text in page
    model.delete()
    assert "The second model is gone" in client.get(step(draft, "review")).text
    assert not Evaluation.objects.exists()


def test_data_that_a_model_was_trained_with_is_warned_about(client, project, model, sound):
    model.datasets.add(sound)
    draft = started(client, project, f"?dataset={sound.pk}")
    assert "so its result will flatter" in client.get(step(draft, "review")).text


def test_a_step_that_is_typed_into_is_saved_by_itself(client, project, model, sound):
    draft = started(client, project)
    answer = client.post(
        step(draft, "name"), {"display_name": "Half a na"}, headers={"HX-Request": "true"}
    )
    assert "Draft saved" in answer.text
    draft.refresh_from_db()
    assert draft.display_name == "Half a na"


def test_a_colleague_finds_a_draft_and_may_discard_it(client, project, model):
    draft = started(client, project)
    client.force_login(UserFactory())
    resume = reverse("resume_test", args=[project.pk, draft.pk])
    assert resume in client.get(reverse("tests", args=[project.pk])).text
    assert client.get(resume).url == step(draft, "data")
    client.post(reverse("discard_test", args=[project.pk, draft.pk]))
    assert not TestDraft.objects.exists()


def test_data_that_can_be_tested_with_says_so_on_its_page(client, project, model, sound):
    link = f"{new(project)}?dataset={sound.pk}"
    assert link in client.get(sound.get_absolute_url()).text
    assert link not in client.get(DatasetFactory(project=project).get_absolute_url()).text
