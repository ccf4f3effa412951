"""The audit: every change by a person, with before and after, and no secret in it."""

import json
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import (
    CustomModelFactory,
    DatasetFactory,
    ProjectFactory,
    ResourceFactory,
    UserFactory,
)
from training.acting import Actor, acting
from training.models import AuditEntry, Channel, Deadline, Membership, Project, Resource
from training.services import datekeeping


@pytest.fixture
def administrator(client, db):
    user = UserFactory(username="ada", is_staff=True)
    client.force_login(user)
    return user


def entries():
    return list(AuditEntry.objects.exclude(action="signed_in").order_by("pk"))


def test_roles_and_openness_with_before_and_after(client, administrator):
    project, ben = ProjectFactory(display_name="Harbour"), UserFactory(username="ben")
    path = reverse("project_people", args=[project.pk])
    client.post(path, {"action": "name", "person": ben.pk, "role": "viewer"})
    client.post(path, {"action": "name", "person": ben.pk, "role": "trainer"})
    client.post(path, {"action": "open", "open_to": ""})
    member = Membership.objects.get()
    client.post(path, {"action": "remove", "member": member.pk})
    client.post(reverse("set_role", args=[ben.pk]), {"rights": "viewer"})
    made, changed, closed, removed, role = entries()
    assert (made.action, made.kind, made.after["role"]) == ("created", "membership", "viewer")
    assert made.after["person"] == f"ben ({ben.pk})"
    assert (changed.before, changed.after) == ({"role": "viewer"}, {"role": "trainer"})
    assert (closed.before, closed.after) == ({"open_to": "trainer"}, {"open_to": ""})
    assert (removed.action, removed.before["role"]) == ("deleted", "trainer")
    assert (role.kind, role.after) == ("user", {"role": "viewer"})
    assert {one.who for one in entries()} == {"ada"}
    assert {one.address for one in entries()} == {"127.0.0.1"}
    assert changed.project_name == "Harbour"
    assert uuid.UUID(changed.request_id)


def test_conditional_updates_are_seen(client, administrator):
    model = CustomModelFactory(transcription_expires_at=timezone.now() + timedelta(days=20))
    datekeeping.refresh()
    row = Deadline.objects.filter(custom_model=model).get()
    client.post(reverse("decide_deadlines"), {"pk": row.pk, "action": "handle"})
    (entry,) = entries()
    assert (entry.kind, entry.before) == ("deadline", {"handled_at": None})
    client.post(reverse("decide_deadlines"), {"pk": row.pk, "action": "handle"})
    assert len(entries()) == 1


def test_what_the_product_does_by_itself_is_not_a_persons(db):
    row = DatasetFactory()
    type(row).objects.update(display_name="Other")
    row.delete()
    assert entries() == []
    with acting(Actor(None, "Renewal plan of Harbour", "plan")):
        DatasetFactory()
    assert {one.kind for one in entries()} >= {"dataset", "project", "resource"}
    assert {(one.who, one.source) for one in entries()} == {("Renewal plan of Harbour", "plan")}


def test_secrets_are_only_said_to_differ(db):
    with acting(Actor(None, "ada", "page")):
        resource = ResourceFactory(key="first-secret-key")
        Channel.objects.create(
            name="T", kind="webhook", address="https://x/secret-hook", secret="s3"
        )
        resource.key = "second-secret-key"
        resource.save()
        user = UserFactory()
        user.set_password("third-secret-word")
        user.save()
        Resource.objects.filter(pk=resource.pk).update(key="fourth-secret-key")
    told = json.dumps([[one.before, one.after] for one in entries()])
    for secret in ("secret-key", "secret-hook", "s3", "md5$", "secret-word"):
        assert secret not in told
    changes = [(one.kind, one.after) for one in entries() if one.action == "changed"]
    assert ("resource", {"key": "(secret)"}) in changes
    assert ("user", {"password": "(secret)"}) in changes
    assert len([one for one in changes if one[0] == "resource"]) == 2


def test_it_is_only_added_to(db):
    with acting(Actor(None, "ada", "page")):
        ProjectFactory()
    entry = entries()[0]
    for attempt in (
        entry.save, entry.delete, AuditEntry.objects.all().delete,
        lambda: AuditEntry.objects.update(who="eve"),
    ):  # fmt: skip
        with pytest.raises(TypeError):
            attempt()


def test_the_page_narrows_and_exports(client, administrator):
    project = ProjectFactory(display_name="Harbour <b>")
    client.post(reverse("archive", args=[project.pk]), {"action": "archive"})
    path = reverse("audit")
    page = client.get(path).text
    assert "Harbour &lt;b&gt;" in page
    assert "archived_at" in page
    assert "archived_at" not in client.get(path, {"kind": "user"}).text
    assert "archived_at" not in client.get(path, {"q": "nobody"}).text
    assert "archived_at" not in client.get(path, {"until": "2020-01-01"}).text
    table = client.get(path, {"format": "csv", "kind": "project"}).getvalue().decode("utf-8-sig")
    lines = table.splitlines()
    assert lines[0].startswith("When,Who,Action,Kind,Object")
    assert len(lines) == 2
    assert "Harbour <b>" in lines[1]
    client.force_login(UserFactory())
    assert client.get(path).status_code == 403


def test_sign_ins_and_failed_ones_are_in_it(client, db):
    UserFactory(username="ada")
    path = reverse("account_login")
    client.post(path, {"login": "ada", "password": "wrong"})
    client.post(path, {"login": "ada", "password": "secret word 1"})
    actions = list(
        AuditEntry.objects.order_by("pk").values_list("action", "who", "person__username")
    )
    assert actions == [("sign_in_failed", "ada", None), ("signed_in", "ada", "ada")]


def test_a_list_is_a_file(client, administrator):
    project = ProjectFactory()
    for name in ("One", "=2+3"):
        DatasetFactory(project=project, display_name=name)
    path = reverse("datasets", args=[project.pk])
    assert "format=csv" in client.get(path).text
    text = client.get(path, {"format": "csv", "sort": "name"}).getvalue().decode("utf-8-sig")
    heading, *rows = text.splitlines()
    assert heading.startswith("Name,")
    assert [row.split(",")[0] for row in rows] == ["'=2+3", "One"]


def test_an_archived_project_rests(client, administrator):
    project = ProjectFactory(display_name="Old harbour")
    soon = timezone.now() + timedelta(days=20)
    model = CustomModelFactory(project=project, transcription_expires_at=soon)
    datekeeping.refresh()
    path = reverse("archive", args=[project.pk])
    for _ in range(2):
        client.post(path, {"action": "archive"})
    assert "Archived projects" in client.get(reverse("home")).text
    assert "Old harbour" not in client.get(reverse("switcher")).text
    assert model.display_name not in client.get(reverse("deadlines")).text
    assert client.get(reverse("models", args=[project.pk])).status_code == 200
    assert client.post(reverse("train", args=[project.pk])).status_code == 403
    client.post(path, {"action": "restore"})
    assert Project.objects.get(pk=project.pk).archived_at is None
    assert model.display_name in client.get(reverse("deadlines")).text
    assert [one.kind for one in entries()] == ["project", "project"]
