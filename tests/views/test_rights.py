"""Who sees and changes what, beside what test_every_address.py asks of every address."""

import uuid

import pytest
from django.urls import reverse

from tests.factories import CustomModelFactory, DatasetFactory, ProjectFactory, UserFactory
from training import permissions
from training.enums import Role
from training.models import Deadline, Event, Membership, Project
from training.services import deadlines, events, notifying, searching


@pytest.fixture
def closed(db):
    return ProjectFactory(open_to="", display_name="Secret harbour")


def named(project, role):
    person = UserFactory()
    Membership.objects.create(project=project, person=person, role=role)
    return person


def test_viewers_are_offered_no_changes(client, closed):
    client.force_login(named(closed, Role.VIEWER))
    for part in ("datasets", "models", "tests", "endpoints"):
        page = client.get(reverse(part, args=[closed.pk]))
        assert page.status_code == 200
        assert "Delete" not in page.text
        assert "data-needs-selection" not in page.text or part == "tests"


def test_what_others_made_is_deleted_by_owners(client, closed):
    trainer, other, owner = (named(closed, role) for role in ("trainer", "trainer", "owner"))
    row = DatasetFactory(project=closed, created_by=other, submission="refused", remote_self="")
    path = reverse("delete_rows", args=[closed.pk, "datasets"])
    client.force_login(trainer)
    assert f"It is {other}&#x27;s" in client.get(path, {"pk": row.pk}).text
    client.post(path, {"pk": row.pk})
    assert closed.datasets.exists()
    client.force_login(owner)
    client.post(path, {"pk": row.pk})
    assert not closed.datasets.exists()


def test_what_is_closed_shows_nowhere_else(client, closed, settings):
    model = CustomModelFactory(project=closed, display_name="Secret model")
    row = Deadline.objects.create(
        resource=closed.resource,
        custom_model=model,
        kind=Deadline.Kind.TRANSCRIPTION,
        at=model.base_model.transcription_expires_at,
    )
    insider, outsider = named(closed, Role.VIEWER), UserFactory(email="out@example.org")
    events.record(Event.Verb.CREATED, model)
    for person, count in ((insider, 1), (outsider, 0)):
        assert deadlines.seen_by(deadlines.listed(), person).count() == count
        assert events.seen_by(person).count() == count
        assert len(searching.search("secret model", person)) == count
        assert permissions.projects_of(person).count() == count
        client.force_login(person)
        for name in ("home", "activity", "switcher", "deadlines"):
            assert ("Secret" in client.get(reverse(name)).text) == bool(count), name
        assert client.get(reverse("download", args=["model", model.pk, "x"])).status_code == (
            502 if count else 404
        )
    settings.MAIL_ENABLED = True
    event = Event.objects.get()
    event.verb = Event.Verb.FAILED
    told = [one.person_id for one in notifying._people(event, None)]
    assert outsider.pk not in told
    client.force_login(outsider)
    client.post(reverse("decide_deadlines"), {"pk": row.pk, "action": "handle"})
    row.refresh_from_db()
    assert row.handled_at is None


@pytest.mark.parametrize("open_to", ["", "viewer", "trainer"])
@pytest.mark.parametrize("own", ["viewer", "trainer"])
@pytest.mark.parametrize("role", [None, "viewer", "trainer", "owner"])
@pytest.mark.parametrize("least", list(Role))
def test_projects_of_a_person_agree_with_the_role_in_each(db, open_to, own, role, least):
    project, person = ProjectFactory(open_to=open_to), UserFactory(role=own)
    if role:
        Membership.objects.create(project=project, person=person, role=role)
    listed = permissions.projects_of(person, least).filter(pk=project.pk).exists()
    assert listed == permissions.may(person, project, least)


def test_viewers_by_account_start_nothing(client, db):
    client.force_login(UserFactory(role=Role.VIEWER))
    assert "Create a new project" not in client.get(reverse("home")).text
    for name in ("new_project", "load_sample", "decide_deadlines"):
        assert client.post(reverse(name)).status_code == 403
    project = ProjectFactory()
    assert client.get(reverse("models", args=[project.pk])).status_code == 200
    assert client.post(reverse("train", args=[project.pk])).status_code == 403


def test_owners_name_people_and_the_last_one_stays(client, closed):
    owner, colleague = named(closed, Role.OWNER), UserFactory(username="ben")
    client.force_login(owner)
    path = reverse("project_people", args=[closed.pk])
    client.post(path, {"action": "name", "person": colleague.pk, "role": "trainer"})
    assert closed.memberships.get(person=colleague).role == Role.TRAINER
    assert Event.objects.get().text == "ben: Trainer"
    mine = closed.memberships.get(person=owner)
    told = client.post(path, {"action": "remove", "member": mine.pk}, follow=True).text
    assert "would have no owner" in told
    client.post(path, {"action": "name", "person": owner.pk, "role": "viewer"})
    assert closed.memberships.get(person=owner).role == Role.OWNER
    client.post(path, {"action": "name", "person": colleague.pk, "role": "owner"})
    client.post(path, {"action": "remove", "member": mine.pk})
    assert client.get(path).status_code == 404
    client.force_login(colleague)
    client.post(path, {"action": "open", "open_to": "viewer"})
    assert Project.objects.get().open_to == "viewer"


def test_who_makes_a_project_owns_it(client, db):
    from tests.factories import ResourceFactory

    person = UserFactory()
    client.force_login(person)
    values = {
        "display_name": "Mine", "resource": ResourceFactory().pk, "locale": "en-US",
        "submission_key": uuid.uuid4(), "open_to": "",
    }  # fmt: skip
    client.post(reverse("new_project"), values)
    project = Project.objects.get()
    assert permissions.role_in(person, project) == Role.OWNER
    assert permissions.role_in(UserFactory(), project) is None
    assert permissions.role_in(UserFactory(is_staff=True), project) == Role.OWNER
    assert permissions.role_in(UserFactory(is_staff=True, is_active=False), project) is None
