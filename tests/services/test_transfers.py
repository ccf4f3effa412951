"""Copies between two resources of the real local service, over HTTP."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from localspeech.models import CopyAuthorization, CopyOperation
from localspeech.models import CustomModel as Kept
from tests import twins
from tests.factories import UserFactory
from training.models import CustomModel, Dispatch, Event, ModelCopy, Project, Resource
from training.services import connection, copying, outbox, relocation, removal, transfers
from training.services.copying import Target
from training.services.couriers import KEY_PROPERTY
from training.speechapi import types
from training.speechapi.client import SpeechClient
from training.speechapi.errors import Refused, TimedOut

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pair(live_server, settings):
    settings.LOCALSPEECH_URL = live_server.url
    return twins.twins(live_server.url, settings.LOCALSPEECH_KEY)


@pytest.fixture
def user(pair):
    return UserFactory(username="ada")


@pytest.fixture
def model(pair, user):
    return twins.trained(twins.project_on(pair[0], "Harbour radio", user), user=user)


@pytest.fixture
def target(pair):
    return twins.project_on(pair[1], "Harbour of others")


def asked(model, user, *targets, key=None, name=""):
    return copying.request([model], targets, user, key or uuid.uuid4(), name)


def to(project):
    return Target(project.resource, project)


def copied(model, user, target):
    (row,) = asked(model, user, to(target))
    return row


def test_a_copy_stands_in_its_project_and_knows_its_origin(pair, model, user, target):
    row = twins.carry(copied(model, user, target))
    assert (row.state, row.error_message, row.trouble) == ("succeeded", "", "")
    made = row.result
    assert (made.project, made.display_name, made.created_by) == (target, "Harbour", user)
    assert (made.succeeded, made.weight_percent) == (True, model.weight_percent)
    assert made.transcription_expires_at == model.transcription_expires_at
    assert made.base_model.resource == pair[1]
    assert made.base_model.display_name == model.base_model.display_name
    assert made.deadlines.get().resource == pair[1]
    with connection.client(pair[1]) as client:
        remote = client.get(types.CustomModel, made.remote_self)
    assert remote.project == target.remote_self
    assert remote.custom_properties == {"team": "harbour", KEY_PROPERTY: str(row.submission_key)}
    event = Event.objects.get(verb="copied")
    assert (event.object_id, event.project) == (made.pk, target)
    assert event.text == "A copy of Harbour from resource This server."
    pair[0].refresh_from_db()
    assert pair[0].service_id.startswith("/localspeech/resources/")


def test_many_targets_and_new_projects_once_however_often_it_is_sent(pair, model, user, target):
    key = uuid.uuid4()
    targets = [to(target), Target(pair[1], new_project="Brand new")]
    first = asked(model, user, *targets, key=key)
    again = asked(model, user, *targets, key=key)
    assert [row.pk for row in first] == [row.pk for row in again]
    made = Project.objects.get(display_name="Brand new")
    assert (made.locale, made.resource) == ("en-US", pair[1])
    transfers.advance(first[1].pk)
    first[1].refresh_from_db()
    assert (first[1].state, first[1].authorization) == ("queued", {})
    outbox.submit("project", made.pk)
    for row in first:
        assert twins.carry(row).state == "succeeded"
    assert CustomModel.objects.filter(project__resource=pair[1]).count() == 2
    assert Event.objects.filter(verb="copying").count() == 2


def test_another_name_is_given_at_the_target(model, user, target):
    (row,) = asked(model, user, to(target), name="Harbour of ours")
    made = twins.carry(row).result
    with connection.client(target.resource) as client:
        remote = client.get(types.CustomModel, made.remote_self)
    assert made.display_name == remote.display_name == "Harbour of ours"


class Lossy(SpeechClient):
    """Carries out a request and loses its answer, once for each method that is listed."""

    losses: list[str] = []

    def _lose(self, name):
        if name in self.losses:
            self.losses.remove(name)
            raise TimedOut("The connection to the service broke off.")

    def authorize_copy(self, source_resource_id):
        found = super().authorize_copy(source_resource_id)
        self._lose("authorize_copy")
        return found

    def copy_model(self, model, authorization):
        found = super().copy_model(model, authorization)
        self._lose("copy_model")
        return found

    def copy_operation(self, self_link):
        found = super().copy_operation(self_link)
        self._lose("copy_operation")
        return found

    def update(self, kind, self_link, **changes):
        found = super().update(kind, self_link, **changes)
        self._lose("update")
        return found


def test_lost_answers_make_no_second_copy(pair, model, user, target, monkeypatch):
    monkeypatch.setattr(connection, "SpeechClient", Lossy)
    losses = ["authorize_copy", "copy_model", "copy_operation", "update"]
    monkeypatch.setattr(Lossy, "losses", losses)
    row = copied(model, user, target)
    transfers.advance(row.pk)
    row.refresh_from_db()
    assert "broke off" in row.trouble
    assert row.due_at > timezone.now()
    assert twins.carry(row).state == "succeeded"
    assert not losses
    assert (row.trouble, CopyOperation.objects.count()) == ("", 1)
    assert Kept.objects.count() == 2
    assert CustomModel.objects.filter(project=target).count() == 1


def test_a_used_permission_is_not_taken_for_a_refusal(pair, model, user, target, monkeypatch):
    """A service may refuse the same permission again, although the first answer was lost."""

    class Once(Lossy):
        def copy_model(self, model, authorization):
            if CopyOperation.objects.exists():
                twins.work()
                raise Refused("It was used.", status=400, code="InvalidPermissions")
            return super().copy_model(model, authorization)

    monkeypatch.setattr(connection, "SpeechClient", Once)
    monkeypatch.setattr(Lossy, "losses", ["copy_model"])
    row = twins.carry(copied(model, user, target))
    assert row.state == "succeeded"
    assert Kept.objects.count() == 2


def test_a_permission_that_ran_out_is_asked_for_anew(model, user, target, monkeypatch):
    monkeypatch.setattr(connection, "SpeechClient", Lossy)
    row = copied(model, user, target)
    original = Lossy.copy_model

    def ends(client, *arguments):
        CopyAuthorization.objects.update(expires=timezone.now() - timedelta(seconds=1))
        return original(client, *arguments)

    monkeypatch.setattr(Lossy, "copy_model", ends)
    transfers.advance(row.pk)
    row.refresh_from_db()
    assert (row.state, row.authorization) == ("queued", {})
    monkeypatch.setattr(Lossy, "copy_model", original)
    assert twins.carry(row).state == "succeeded"


def test_an_operation_that_the_service_forgot_is_looked_up_at_the_target(model, user, target):
    row = copied(model, user, target)
    transfers.advance(row.pk)
    twins.work()
    CopyOperation.objects.all().delete()
    assert twins.carry(row).state == "succeeded"
    assert Kept.objects.count() == 2


def test_what_is_nowhere_fails_and_says_so(model, user, target):
    row = copied(model, user, target)
    transfers.advance(row.pk)
    CopyOperation.objects.all().delete()
    twins.carry(row)
    assert (row.state, row.error_code) == ("failed", "NotFound")
    assert "no longer knows" in row.error_message
    event = Event.objects.get(verb="not_copied")
    assert (event.object_id, event.text) == (model.pk, row.error_message)


def test_the_services_reason_is_kept_and_it_can_be_tried_again(pair, model, user, target):
    row = copied(model, user, target)
    Resource.objects.filter(pk=pair[0].pk).update(service_id="/not/this/one")
    twins.carry(row)
    assert (row.state, row.error_code) == ("failed", "InvalidSourceAzureResourceId")
    assert "names another source" in row.error_message
    Resource.objects.filter(pk=pair[0].pk).update(service_id="")
    colleague = UserFactory()
    assert copying.try_again(row, colleague)
    assert not copying.try_again(row, colleague)
    twins.carry(row)
    assert (row.state, row.requested_by) == ("succeeded", colleague)
    assert not copying.forget(row)


def test_a_copy_that_is_there_is_only_connected_when_it_is_tried_again(
    pair, model, user, target, monkeypatch
):
    class Closed(SpeechClient):
        def update(self, kind, self_link, **changes):
            raise Refused("Not now.", status=409, code="Conflict")

    monkeypatch.setattr(connection, "SpeechClient", Closed)
    row = twins.carry(copied(model, user, target))
    assert (row.state, row.error_message) == ("failed", "Not now.")
    monkeypatch.setattr(connection, "SpeechClient", SpeechClient)
    copying.try_again(row, user)
    assert twins.carry(row).state == "succeeded"
    assert Kept.objects.count() == 2


def test_a_copy_that_was_deleted_meanwhile_is_made_anew(model, user, target):
    row = copied(model, user, target)
    transfers.advance(row.pk)
    twins.work()
    Kept.objects.exclude(pk=model.remote_id).delete()
    twins.carry(row)
    assert (row.state, row.copied_self) == ("failed", "")
    copying.try_again(row, user)
    assert twins.carry(row).state == "succeeded"


def test_a_model_on_its_way_is_not_deleted(model, user, target):
    copied(model, user, target)
    (candidate,) = removal.examine([model], user)
    assert "Harbour to Harbour of others" in candidate.obstacle
    twins.carry(ModelCopy.objects.get())
    assert not removal.delete([model], user)
    row = ModelCopy.objects.get()
    assert (row.source, row.source_name) == (None, "Harbour")
    assert row.get_absolute_url() == row.result.get_absolute_url()


def test_a_copy_goes_on_at_another_address(pair, model, user, target):
    row = copied(model, user, target)
    transfers.advance(row.pk)
    row.refresh_from_db()
    before = pair[0].address
    assert row.operation.startswith(before)
    relocation.move(pair[0], before, "http://elsewhere.test:81")
    row.refresh_from_db()
    assert row.operation.startswith("http://elsewhere.test:81/")


def test_whoever_asked_is_told_by_mail(settings, model, user, target):
    settings.MAIL_ENABLED = True
    user.email = "ada@studio.test"
    user.save()
    twins.carry(copied(model, user, target))
    assert Dispatch.objects.filter(person=user).count() == 1


def test_the_sweep_finds_what_nobody_rang_for(model, user, target):
    row = copied(model, user, target)
    assert transfers.due() == [row.pk]
    twins.carry(row)
    assert transfers.due() == []
