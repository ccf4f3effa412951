"""Every page: for a colleague, for an outsider, and with the headers that keep it safe."""

import uuid

import pytest
import responses
from django.urls import reverse

from tests.factories import (
    BaseModelFactory,
    CustomModelFactory,
    DatasetFactory,
    ProjectFactory,
    UserFactory,
)
from training.models import Evaluation, Project, Resource, TrainingDraft


@pytest.fixture
def colleague(client, db):
    client.force_login(UserFactory())
    return client


@pytest.fixture
def world(db):
    """A project with one of everything."""
    model = CustomModelFactory(status="Running")
    project = model.project
    dataset = DatasetFactory(project=project, status="Running")
    test = Evaluation.objects.create(
        project=project,
        dataset=dataset,
        custom_model1=model,
        base_model2=model.base_model,
        display_name="T",
        submission="waiting",
    )
    draft = TrainingDraft.objects.create(project=project, base_model=model.base_model)
    draft.datasets.add(dataset)
    return {"project": project, "model": model, "dataset": dataset, "test": test, "draft": draft}


def pages(world):
    project = world["project"].pk
    found = [reverse(name) for name in ("home", "deadlines", "new_project")]
    found += [
        reverse(n, args=[project])
        for n in ("datasets", "new_dataset", "models", "tests", "new_test", "endpoints")
    ]
    found += [reverse(n, args=[project, world[n].pk]) for n in ("dataset", "model", "test")]
    steps = ("baseline", "data", "name", "review")
    return found + [reverse("wizard", args=[project, world["draft"].pk, step]) for step in steps]


def test_a_colleague_sees_every_page(colleague, world):
    for path in pages(world):
        answer = colleague.get(path)
        assert answer.status_code == 200, path
        assert "<h1" in answer.text, path
        policy = answer.headers["Content-Security-Policy"]
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert "style=" not in answer.text
        assert "key-of-the-resource" not in answer.text


def test_an_outsider_is_sent_to_the_sign_in(client, world):
    for path in [*pages(world), reverse("resources"), reverse("people")]:
        answer = client.get(path)
        assert answer.status_code == 302, path
        assert answer.url.startswith("/accounts/login/")


def test_only_administrators_keep_resources_and_people(colleague, client):
    for name in ("resources", "new_resource", "people", "add_person"):
        assert colleague.get(reverse(name)).status_code == 403
    client.force_login(UserFactory(is_staff=True))
    for name in ("resources", "new_resource", "people", "add_person"):
        assert client.get(reverse(name)).status_code == 200


def test_forms_that_change_things_refuse_plain_gets(colleague, world):
    project, draft = world["project"].pk, world["draft"].pk
    for path in (
        reverse("train", args=[project]),
        reverse("load_sample"),
        reverse("discard_draft", args=[project, draft]),
    ):
        assert colleague.get(path).status_code == 405


def test_a_poll_gets_nothing_until_something_changed(colleague, world):
    path = reverse("models", args=[world["project"].pk])
    token = colleague.get(path).context["grid"].token
    htmx = {"HX-Request": "true"}
    assert colleague.get(path, {"since": token}, headers=htmx).status_code == 204
    from training.services import sync
    from training.speechapi import types

    model = world["model"]
    sync.updated(
        model,
        types.CustomModel.parse(
            {
                "self": model.remote_self,
                "status": "Failed",
                "properties": {"error": {"code": "InvalidData", "message": "No line can be used."}},
            }
        ),
    )
    answer = colleague.get(path, {"since": token}, headers=htmx)
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert f"{model.display_name}: Failed" in answer.text
    assert "No line can be used." in answer.text
    assert "HX-Request" in answer.headers["Vary"]


def test_lists_ask_as_often_for_many_rows_as_for_few(colleague, django_assert_max_num_queries):
    project = ProjectFactory()
    base = BaseModelFactory(resource=project.resource)
    for _ in range(30):
        CustomModelFactory(project=project, base_model=base)
        DatasetFactory(project=project)
    for name in ("models", "datasets", "tests"):
        with django_assert_max_num_queries(12):
            colleague.get(reverse(name, args=[project.pk]))


def test_the_same_form_twice_makes_one_project(colleague):
    resource = ProjectFactory().resource
    values = {
        "display_name": "Once",
        "resource": resource.pk,
        "locale": "en-US",
        "submission_key": uuid.uuid4(),
    }
    for _ in range(2):
        assert colleague.post(reverse("new_project"), values).status_code == 302
    assert Project.objects.filter(display_name="Once").count() == 1


@pytest.fixture
def administrator(client, db):
    client.force_login(UserFactory(is_staff=True))
    return client


RESOURCE = {"name": "West", "address": "https://west.test", "key": "k3y", "api_version": "3.2"}
BASE_MODEL = {
    "self": "https://west.test/speechtotext/v3.2/models/base/1",
    "displayName": "20260920",
    "locale": "de-DE",
    "createdDateTime": "2026-09-20T00:00:00Z",
}


def answers(version="v3.2/", query=""):
    root = f"https://west.test/speechtotext/{version}"
    matching = [responses.matchers.query_string_matcher(query)] if query else []
    responses.get(f"{root}projects/locales", json=["de-DE", "en-US"], match=matching)
    responses.get(f"{root}models/base", json={"values": [BASE_MODEL]})


@responses.activate
def test_a_resource_is_kept_only_when_it_answers(administrator):
    url = "https://west.test/speechtotext/v3.2/projects/locales"
    responses.get(url, status=401, json={"code": "Unauthorized", "message": "no"})
    answer = administrator.post(reverse("new_resource"), RESOURCE)
    assert "refused the key" in answer.text
    assert "same resource and region" in answer.text
    assert "k3y" not in answer.text
    assert not Resource.objects.exists()
    responses.reset()
    answers()
    answer = administrator.post(reverse("new_resource"), RESOURCE, follow=True)
    assert "Version 3.2 answered: 2 locales, 1 base model." in answer.text
    assert "The newest base model is 20260920 (de-DE)." in answer.text
    assert Resource.objects.get().key == "k3y"
    assert Resource.objects.get().locales == ["de-DE", "en-US"]


@responses.activate
def test_a_retired_version_and_a_wrong_address_are_told_apart(administrator):
    old = "https://west.test/speechtotext/v3.2/projects/locales"
    new = "https://west.test/speechtotext/projects/locales"
    gone = {"status": 404, "json": {"code": "NotFound", "message": "no"}}
    responses.get(old, **gone)
    responses.get(new, **gone)
    answer = administrator.post(reverse("new_resource"), RESOURCE)
    assert "no Speech to text service at this address" in answer.text
    responses.reset()
    responses.get(old, **gone)
    answers("", "api-version=2025-10-15")
    answer = administrator.post(reverse("new_resource"), RESOURCE)
    assert "does not answer version 3.2 any more; choose 2025-10-15" in answer.text
    assert not Resource.objects.exists()


def test_the_first_link_works_once(client, db):
    from training.models import User
    from training.services.setup import first_administrator_link

    link = first_administrator_link("http://testserver")
    assert client.get("/setup/wrong/").status_code == 404
    values = {"username": "ada", "password": "correct horse 42"}
    assert client.post(link, values).status_code == 302
    assert User.objects.get().is_superuser
    assert client.get(reverse("home")).status_code == 200
    assert client.get(link).status_code == 404
    assert first_administrator_link("http://testserver") is None


def test_a_part_asked_for_after_the_session_ended_is_not_the_sign_in_page(client, world):
    path = reverse("models", args=[world["project"].pk])
    answer = client.get(path, {"since": "0"}, headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert "signed out" in answer.text
    assert client.get(path).status_code == 302


def test_a_poll_without_news_asks_no_service(colleague, world):
    model = world["model"]
    type(model).objects.filter(pk=model.pk).update(status="Succeeded")
    path = reverse("model", args=[model.project_id, model.pk])
    with responses.RequestsMock() as mocked:
        mocked.get(f"{model.remote_self}/files", json={"values": []})
        token = colleague.get(path).context["live_token"]
        answer = colleague.get(path, {"since": token}, headers={"HX-Request": "true"})
        assert answer.status_code == 204
        assert len(mocked.calls) == 1


def test_home_asks_as_often_for_many_projects_as_for_few(colleague, django_assert_max_num_queries):
    for _ in range(12):
        CustomModelFactory()
    with django_assert_max_num_queries(24):
        page = colleague.get(reverse("home"))
    assert [one.model_count for one in page.context["projects"]] == [1] * 12
