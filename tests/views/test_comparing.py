"""Tests of one dataset side by side."""

import uuid

import pytest
from django.urls import reverse

from tests.factories import BaseModelFactory, CustomModelFactory, DatasetFactory, UserFactory
from training.models import Evaluation


@pytest.fixture
def model(client, db):
    client.force_login(UserFactory())
    return CustomModelFactory(display_name="Harbour model")


@pytest.fixture
def sound(model):
    return DatasetFactory(project=model.project, kind="Acoustic", display_name="Harbour test")


def add(dataset, one, other, name, rates=(0.1, 0.4), **more):
    models = {}
    for number, found in ((1, one), (2, other)):
        kind = "base" if type(found).__name__ == "BaseModel" else "custom"
        models[f"{kind}_model{number}"] = found
    values = {
        "submission": "submitted", "status": "Succeeded", "submission_key": uuid.uuid4(),
        "results1": {"word_error_rate": rates[0]}, "results2": {"word_error_rate": rates[1]},
        **more,
    }  # fmt: skip
    return Evaluation.objects.create(
        project=dataset.project, dataset=dataset, display_name=name, **models, **values
    )


def page(client, model, query=""):
    answer = client.get(reverse("compare", args=[model.project_id]) + query)
    assert answer.status_code == 200
    return answer


def names(answer):
    return [one.test.display_name for one in answer.context["moments"]]


def test_both_models_of_each_test_newest_last(client, model, sound):
    base = model.base_model
    analysis = {"interval1": [0.05, 0.15], "interval2": [0.3, 0.5]}
    add(sound, model, base, "Old", analysis=analysis)
    add(sound, model, base, "New", (0.08, 0.41))
    answer = page(client, model)
    assert names(answer) == ["Old", "New"]
    assert answer.text.count('<circle class="chart-point"') == 3
    label = f'aria-label="Old, Model 2 {base}: 40.0%"'
    assert label in answer.text
    assert "5.0%–15.0%" in answer.text
    assert names(page(client, model, "?shown=first")) == ["Old", "New"]
    assert '<rect class="chart-point second' not in page(client, model, "?shown=first").text


def test_a_model_against_its_own_baseline_from_either_place(client, model, sound):
    other = BaseModelFactory(resource=model.project.resource)
    add(sound, model, model.base_model, "Straight")
    add(sound, model.base_model, model, "Turned", (0.4, 0.1))
    add(sound, model, other, "Elsewhere")
    answer = page(client, model, "?shown=baseline")
    assert names(answer) == ["Straight", "Turned"]
    assert [one.readings[0].rate for one in answer.context["moments"]] == [0.1, 0.1]
    Evaluation.objects.exclude(display_name="Elsewhere").delete()
    assert "against its own baseline." in page(client, model, "?shown=baseline").text


def test_a_test_of_one_model_has_one_point(client, model, sound):
    add(sound, model, model, "Alone", (0.1, 0.1))
    answer = page(client, model)
    assert answer.context["moments"][0].readings[1] is None


def test_chosen_tests_alone_and_what_is_left_out_is_said(client, model, sound):
    base = model.base_model
    first, second, third = (add(sound, model, base, name) for name in ("A", "B", "C"))
    elsewhere = add(DatasetFactory(project=model.project, kind="Acoustic"), model, base, "D")
    running = add(sound, model, base, "E", status="Running", results1={})
    inspected = add(sound, model, base, "F", testing_kind="Inspection")
    keys = "".join(f"&pk={one.pk}" for one in (first, third, elsewhere, running, inspected))
    answer = page(client, model, f"?dataset={sound.pk}{keys}")
    assert names(answer) == ["A", "C"]
    assert "3 of them are not here" in answer.text
    assert f'name="pk" value="{elsewhere.pk}"' in answer.text
    assert str(second) not in names(answer)
    answer = page(client, model, f"?pk={running.pk}&pk={inspected.pk}")
    assert "Nothing to compare" in answer.text
    listed = client.get(reverse("tests", args=[model.project_id])).text
    assert f'formaction="{reverse("compare", args=[model.project_id])}"' in listed


def test_inspections_and_foreign_tests_have_no_place(client, model, sound):
    add(sound, model, model.base_model, "Inspected", testing_kind="Inspection")
    other = CustomModelFactory()
    data = DatasetFactory(project=other.project, kind="Acoustic")
    foreign = add(data, other, other.base_model, "Foreign")
    assert "No finished test" in page(client, model).text
    assert "Nothing to compare" in page(client, model, f"?pk={foreign.pk}").text


@pytest.mark.parametrize("query", ["?dataset=nonsense", "?dataset=999", "?shown=x", "?pk=x"])
def test_what_is_not_understood_is_passed_over(client, model, sound, query):
    add(sound, model, model.base_model, "T")
    assert names(page(client, model, query)) == ["T"]
