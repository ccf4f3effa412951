"""Pages of what is in no project, with a service in memory."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import ProjectFactory, ResourceFactory, UserFactory
from tests.fakes import FakeSpeechClient
from training.models import CustomModel, Deadline, FoundObject, Resource
from training.services import datekeeping

ROOT = "http://speech.test/speechtotext/v3.2"


@pytest.fixture
def service(monkeypatch):
    fake = FakeSpeechClient()
    monkeypatch.setattr("training.services.connection.SpeechClient", lambda *_a, **_k: fake)
    return fake


@pytest.fixture
def colleague(client, db):
    client.force_login(UserFactory(username="ada"))
    return client


@pytest.fixture
def resource(db):
    return ResourceFactory(name="West")


@pytest.fixture
def project(resource):
    return ProjectFactory(resource=resource, display_name="Harbour radio")


def found(resource, service=None, name="Lighthouse", kind="custommodel", **more):
    collection = {"custommodel": "models", "dataset": "datasets", "project": "projects"}[kind]
    link = f"{ROOT}/{collection}/{uuid.uuid4()}"
    if service is not None:
        service.objects[link] = {
            "self": link, "displayName": name, "locale": "en-US", "status": "Succeeded",
            "kind": "Language",
        }  # fmt: skip
    values = {"display_name": name, "locale": "en-US", "status": "Succeeded", **more}
    return FoundObject.objects.create(resource=resource, kind=kind, remote_self=link, **values)


def test_the_list_says_what_it_is_and_why_it_is_here(colleague, resource):
    model = found(resource, transcription_expires_at=timezone.now() + timedelta(days=20))
    found(resource, name="Strange", project_link=f"{ROOT}/projects/1")
    found(resource, name="Blocked", obstacle="Its dataset is in no project here.")
    found(resource, name="Northern", kind="project", status="")
    page = colleague.get(reverse("elsewhere", args=[resource.pk])).text
    for text in (
        model.remote_id, "In no project", "In a project that is not known here",
        "Its dataset is in no project here.", "A project that is not known here", "20 days",
    ):  # fmt: skip
        assert text in page
    narrowed = colleague.get(f"{reverse('elsewhere', args=[resource.pk])}?kind=project").text
    assert "Northern" in narrowed
    assert "Strange" not in narrowed
    by_id = colleague.get(f"{reverse('elsewhere', args=[resource.pk])}?q={model.remote_id}").text
    assert "Lighthouse" in by_id
    assert "Blocked" not in by_id


def test_lists_home_and_resources_lead_there_with_a_count(colleague, resource, project, client):
    found(resource)
    found(resource, name="Second")
    place = reverse("elsewhere", args=[resource.pk])
    page = colleague.get(reverse("models", args=[project.pk])).text
    assert "2 more on West are not in a project." in page
    assert f"{place}?kind=custommodel" in page
    assert place not in colleague.get(reverse("datasets", args=[project.pk])).text
    assert "2 objects on West are not in a project." in colleague.get(reverse("home")).text
    client.force_login(UserFactory(is_staff=True))
    assert place in client.get(reverse("resources")).text


def test_without_any_project_home_leads_there(colleague, resource):
    found(resource, kind="project", name="Northern", status="")
    assert reverse("elsewhere", args=[resource.pk]) in colleague.get(reverse("home")).text


def test_what_is_selected_is_connected_in_bulk(colleague, resource, project, service):
    rows = [found(resource, service), found(resource, service, "Text", "dataset")]
    place = reverse("connect", args=[resource.pk])
    keys = "&".join(f"pk={row.pk}" for row in rows)
    page = colleague.get(f"{place}?{keys}").text
    assert "Connect 2 objects" in page
    assert "Harbour radio" in page
    values = {"pk": [row.pk for row in rows], "project": project.pk}
    answer = colleague.post(place, values)
    assert answer.url == reverse("elsewhere", args=[resource.pk])
    assert "2 objects were connected." in colleague.get(answer.url).text
    assert project.models.get().display_name == "Lighthouse"
    assert project.datasets.get().display_name == "Text"
    again = colleague.post(place, values)
    assert "no longer here" in colleague.get(again.url).text
    assert CustomModel.objects.count() == 1
    assert "connected" in colleague.get(reverse("activity")).text


def test_what_cannot_be_connected_is_told_with_its_reason(colleague, resource, project, service):
    gone = found(resource)
    answer = colleague.post(
        reverse("connect", args=[resource.pk]), {"pk": gone.pk, "project": project.pk}
    )
    page = colleague.get(answer.url).text
    assert "Lighthouse: It no longer exists on the service." in page


def test_only_projects_of_the_resource_and_locale_are_offered(colleague, resource, project):
    ProjectFactory(resource=resource, display_name="German", locale="de-DE")
    other = ProjectFactory(display_name="Other resource")
    row = found(resource)
    place = reverse("connect", args=[resource.pk])
    page = colleague.get(f"{place}?pk={row.pk}").text.partition("<form class")[2]
    assert "Harbour radio" in page
    assert "German" not in page
    assert "Other resource" not in page
    answer = colleague.post(place, {"pk": row.pk, "project": other.pk})
    assert "<title>Error:" in answer.text
    assert FoundObject.objects.exists()


def test_several_locales_or_no_project_are_explained(colleague, resource):
    row = found(resource)
    place = reverse("connect", args=[resource.pk])
    assert "create one first" in colleague.get(f"{place}?pk={row.pk}").text
    german = found(resource, locale="de-DE")
    page = colleague.get(f"{place}?pk={row.pk}&pk={german.pk}").text
    assert "Select objects of one locale" in page


def test_projects_need_no_choice(colleague, resource, service):
    row = found(resource, service, "Northern", "project", status="")
    place = reverse("connect", args=[resource.pk])
    page = colleague.get(f"{place}?pk={row.pk}").text
    assert "become projects here" in page
    assert 'name="project"' not in page
    colleague.post(place, {"pk": row.pk})
    assert resource.projects.get().display_name == "Northern"


def test_a_look_can_be_asked_for(colleague, resource):
    Resource.objects.update(look_due_at=timezone.now() + timedelta(days=1))
    place = reverse("look_now", args=[resource.pk])
    assert colleague.get(place).status_code == 405
    assert colleague.post(place).url == reverse("elsewhere", args=[resource.pk])
    resource.refresh_from_db()
    assert resource.look_due_at <= timezone.now()
    page = colleague.get(reverse("elsewhere", args=[resource.pk])).text
    assert "Everything is in a project" in page


def test_the_deadlines_page_shows_them_and_they_can_be_decided_on(colleague, resource):
    row = found(resource, transcription_expires_at=timezone.now() + timedelta(days=20))
    datekeeping.refresh()
    page = colleague.get(reverse("deadlines")).text
    assert "not in a project" in page
    assert row.get_absolute_url().replace("&", "&amp;") in page
    deadline = Deadline.objects.get()
    colleague.post(reverse("decide_deadlines"), {"pk": deadline.pk, "action": "handle"})
    deadline.refresh_from_db()
    assert deadline.handled_at
    assert "marked as handled" in colleague.get(reverse("activity")).text


def test_a_list_asks_as_often_for_many_as_for_few(
    colleague, resource, django_assert_max_num_queries
):
    for n in range(30):
        found(resource, name=f"M{n}")
    with django_assert_max_num_queries(9):
        colleague.get(reverse("elsewhere", args=[resource.pk]))


def test_an_outsider_is_sent_to_sign_in(client, resource):
    for name in ("elsewhere", "look_now", "connect"):
        for answer in (client.get, client.post):
            found_answer = answer(reverse(name, args=[resource.pk]))
            assert found_answer.status_code == 302
            assert "/login/" in found_answer.url
