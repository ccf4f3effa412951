"""Deleting, searching, activity, notices, and how lists are kept."""

import uuid

import pytest
import responses
from django.urls import reverse

from tests.factories import (
    CustomModelFactory,
    DatasetFactory,
    ProjectFactory,
    UserFactory,
)
from training.grids import GRIDS
from training.models import CustomModel, Dataset, Evaluation, Event
from training.services import datasets as kept
from training.services import events, sync
from training.speechapi import types


@pytest.fixture
def user(db):
    return UserFactory(username="ada")


@pytest.fixture
def colleague(client, user):
    client.force_login(user)
    return client


@responses.activate
def test_deleting_asks_once_and_deletes_here_and_there(colleague, user):
    dataset = DatasetFactory()
    path = reverse("delete_rows", args=[dataset.project_id, "datasets"])
    deleted = responses.delete(dataset.remote_self, status=204)
    assert "Delete 1 object?" in colleague.get(path, {"pk": dataset.pk}).text
    assert Dataset.objects.exists()
    for _ in range(2):
        assert colleague.post(path, {"pk": dataset.pk}).status_code == 302
    assert deleted.call_count == 1
    assert not Dataset.objects.exists()
    assert Event.objects.get(verb="deleted").person == user


@responses.activate
def test_what_is_used_stays_with_the_reason(colleague):
    model = CustomModelFactory()
    dataset = DatasetFactory(project=model.project)
    model.datasets.add(dataset)
    path = reverse("delete_rows", args=[dataset.project_id, "datasets"])
    assert model.get_absolute_url() in colleague.get(path, {"pk": dataset.pk}).text
    assert f"Used by {model}" in colleague.post(path, {"pk": dataset.pk}, follow=True).text
    assert Dataset.objects.exists()


@responses.activate
def test_what_the_service_lost_counts_as_deleted_and_its_failure_does_not(colleague):
    model = CustomModelFactory()
    path = reverse("delete_rows", args=[model.project_id, "models"])
    responses.delete(model.remote_self, status=503)
    assert "service" in colleague.post(path, {"pk": model.pk}, follow=True).text
    assert CustomModel.objects.exists()
    responses.reset()
    responses.delete(model.remote_self, status=404, json={"code": "NotFound", "message": "no"})
    colleague.post(path, {"pk": model.pk})
    assert not CustomModel.objects.exists()


def test_objects_of_another_project_cannot_be_deleted(colleague):
    model, other = CustomModelFactory(), ProjectFactory()
    path = reverse("delete_rows", args=[other.pk, "models"])
    assert colleague.get(path, {"pk": model.pk}).status_code == 302
    colleague.post(path, {"pk": model.pk})
    assert CustomModel.objects.exists()


def test_search_finds_by_name_description_and_id(colleague):
    model = CustomModelFactory(display_name="Harbour model", description="Ferries of the north")
    for text in ("harb mod", "ferries", model.remote_id):
        assert "Harbour model" in colleague.get(reverse("search"), {"q": text}).text
    assert "Nothing found" in colleague.get(reverse("search"), {"q": "harb zzz"}).text


def test_notices_count_what_ended_until_they_were_seen(colleague, user):
    model = CustomModelFactory(status="Running")
    done = {"self": model.remote_self, "status": "Succeeded"}
    for _ in range(2):
        sync.updated(model, types.CustomModel.parse(done))
    assert events.notice_count(user) == 1
    assert "1 new notice" in colleague.get(reverse("home")).text
    assert f"<strong>{model}</strong></a> succeeded" in colleague.get(reverse("activity")).text
    user.refresh_from_db()
    assert events.notice_count(user) == 0


def test_who_made_what_is_written_down_once(colleague, user):
    project = ProjectFactory()
    for _ in range(2):
        kept.create(
            project=project,
            kind="Language",
            display_name="Log",
            description="",
            file=None,
            content_url="https://x.test/log.txt",
            user=user,
            submission_key=uuid.UUID(int=7),
        )
    event = Event.objects.get(kind="dataset")
    assert (event.verb, event.person, event.project) == ("created", user, project)


def test_lists_are_filtered_sorted_and_paged(colleague, user):
    project = ProjectFactory()
    for n in range(55):
        CustomModelFactory(
            project=project,
            display_name=f"M{n:02}",
            status="Failed" if n < 3 else "Succeeded",
            created_by=user if n == 9 else None,
        )
    path = reverse("models", args=[project.pk])

    def shown(**query):
        page = colleague.get(path, query).context["grid"]
        rows = page.rows(pk for pk, _ in page.shown)
        return [rows[pk].display_name for pk, _ in page.shown]

    assert shown(sort="name")[:2] == ["M00", "M01"]
    assert shown(sort="-name")[0] == "M54"
    assert shown(sort="name", page=2) == [f"M{n}" for n in range(50, 55)]
    assert shown(state="failed", sort="name") == ["M00", "M01", "M02"]
    assert shown(owner="me") == ["M09"]
    assert shown(q="m1 2") == ["M12"]
    assert len(shown(sort="nonsense", page="x")) == 50


def test_columns_stay_as_a_person_chose_them(colleague, user):
    project = ProjectFactory()
    CustomModelFactory(project=project)
    here = reverse("models", args=[project.pk])
    answer = colleague.post(
        reverse("keep_grid", args=["models"]),
        {"column": ["weight", "nonsense"], "density": "compact", "next": here},
    )
    assert answer.url == here
    page = colleague.get(here).context["grid"]
    assert [one.key for one in page.columns] == ["name", "weight"]
    assert page.is_compact
    foreign = {"next": "https://evil.test/"}
    assert colleague.post(reverse("keep_grid", args=["models"]), foreign).url == reverse("home")
    assert colleague.post(reverse("keep_grid", args=["nothing"])).status_code == 404


def test_every_column_that_can_be_sorted_sorts(colleague):
    model = CustomModelFactory()
    sound = DatasetFactory(project=model.project, kind="Acoustic")
    for name, rate in (("low", 0.05), ("high", 0.5), ("unknown", None)):
        Evaluation.objects.create(
            project=model.project,
            dataset=sound,
            custom_model1=model,
            base_model2=model.base_model,
            display_name=name,
            results1={} if rate is None else {"word_error_rate": rate},
        )
    of_others = {"deadlines": [], "audit": [], "elsewhere": [model.project.resource_id]}
    colleague.force_login(UserFactory(is_staff=True))
    for grid in GRIDS.values():
        here = reverse(grid.name, args=of_others.get(grid.name, [model.project_id]))
        for column in grid.columns:
            for sign in ("", "-"):
                answer = colleague.get(here, {"sort": f"{sign}{column.key}"})
                assert answer.status_code == 200, column.key
    page = colleague.get(reverse("tests", args=[model.project_id]), {"sort": "wer1"}).text
    assert page.index(">low<") < page.index(">high<") < page.index(">unknown<")
