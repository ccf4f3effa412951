"""What is made, changed and deleted elsewhere, on the real local service over HTTP."""

import io
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from localspeech.models import CustomModel as Kept
from localspeech.models import Dataset as KeptData
from tests import twins
from tests.factories import UserFactory
from training.models import (
    CustomModel,
    Dataset,
    Deadline,
    Endpoint,
    Evaluation,
    Event,
    FoundObject,
    Project,
    Resource,
)
from training.services import (
    connecting,
    connection,
    copying,
    datekeeping,
    deadlines,
    discovery,
    outbox,
    relocation,
    removal,
    transfers,
)
from training.services.copying import Target
from training.services.couriers import KEY_PROPERTY
from training.speechapi import types
from training.speechapi.client import SpeechClient
from training.speechapi.errors import TimedOut

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pair(live_server, settings):
    return twins.twins(live_server.url, settings.LOCALSPEECH_KEY)


@pytest.fixture
def resource(pair):
    return pair[0]


@pytest.fixture
def user(pair):
    return UserFactory(username="ada")


@pytest.fixture
def client(resource):
    with connection.client(resource) as opened:
        yield opened


@pytest.fixture
def project(resource, user):
    return twins.project_on(resource, "Harbour radio", user)


def look(resource):
    discovery.look(resource.pk)


def found(name):
    return FoundObject.objects.get(display_name=name)


def test_objects_without_a_project_are_found_and_connected_in_bulk(resource, client, project, user):
    remote = twins.remote_model(resource, "Lighthouse")
    endpoint = client.create_endpoint("Live", "en-US", "", "", remote.self_link, False, {})
    twins.work()
    look(resource)
    kinds = set(FoundObject.objects.values_list("kind", flat=True))
    assert kinds == {"dataset", "custommodel", "endpoint"}
    assert found("Lighthouse").status == "Succeeded"
    assert not CustomModel.objects.exists()
    rows = list(connecting.in_order(FoundObject.objects.all()))
    assert [row.kind for row in rows] == ["dataset", "custommodel", "endpoint"]
    assert connecting.connect(rows, project, user) == []
    assert not FoundObject.objects.exists()
    model = CustomModel.objects.get()
    assert (model.project, model.created_by, model.remote_self) == (
        project, user, remote.self_link,
    )  # fmt: skip
    assert list(model.datasets.all()) == [Dataset.objects.get()]
    assert (model.weight_percent, model.base_model.resource) == (40, resource)
    assert Endpoint.objects.get().custom_model == model
    assert client.get(types.CustomModel, remote.self_link).project == project.remote_self
    assert client.get(types.Endpoint, endpoint.self_link).project == project.remote_self
    assert Event.objects.filter(verb="connected", person=user).count() == 3
    look(resource)
    assert (CustomModel.objects.count(), FoundObject.objects.count()) == (1, 0)


def test_objects_of_a_known_project_appear_in_it_by_themselves(resource, client, project):
    model = twins.remote_model(resource, "Lighthouse", project.remote_self)
    sound = client.create_dataset("Language", "More", "en-US", "", project.remote_self, "", {})
    client.send_in_blocks(sound, io.BytesIO(twins.TEXT))
    twins.work()
    base = next(iter(client.base_models()))
    client.create_endpoint("Live", "en-US", "", project.remote_self, base.self_link, False, {})
    twins.work()
    look(resource)
    assert not FoundObject.objects.exists()
    assert project.models.get().remote_self == model.self_link
    assert project.datasets.count() == 2
    assert project.endpoints.get().base_model.display_name == base.display_name
    assert project.models.get().deadlines.exists()
    for _ in range(2):
        look(resource)
    assert project.models.count() == 1


def test_a_project_made_elsewhere_is_taken_over_with_everything_in_it(resource, client, user):
    there = client.create_project("Northern", "en-US", "Of others", {})
    twins.remote_model(resource, "Lighthouse", there.self_link)
    look(resource)
    assert found("Lighthouse").project_link == there.self_link
    assert connecting.connect([found("Northern")], None, user) == []
    look(resource)
    made = Project.objects.get()
    assert (made.display_name, made.locale, made.is_ready) == ("Northern", "en-US", True)
    assert made.models.get().display_name == "Lighthouse"
    assert not FoundObject.objects.exists()


def test_what_the_dashboard_is_submitting_is_never_doubled(resource, project, user, monkeypatch):
    """The object is there, but its answer was lost: the row does not know its address yet."""

    class Lossy(SpeechClient):
        def create_project(self, *arguments):
            super().create_project(*arguments)
            raise TimedOut("The connection to the service broke off.")

    monkeypatch.setattr(connection, "SpeechClient", Lossy)
    row = twins.project_on(resource, "Lost", user)
    assert row.remote_self == ""
    look(resource)
    assert not FoundObject.objects.exists()
    Project.objects.filter(pk=row.pk).update(due_at=timezone.now())
    outbox.submit("project", row.pk)
    look(resource)
    row.refresh_from_db()
    assert row.is_ready
    assert (Project.objects.count(), FoundObject.objects.count()) == (2, 0)


def test_a_copy_on_its_way_is_not_found(pair, project, user):
    model = twins.trained(project, user=user)
    target = twins.project_on(pair[1], "There", user)
    (row,) = copying.request([model], [Target(pair[1], target)], user, uuid.uuid4())
    transfers.advance(row.pk)
    twins.work()
    assert Kept.objects.count() == 2
    look(pair[1])
    assert not FoundObject.objects.exists()
    assert twins.carry(row).state == "succeeded"
    look(pair[1])
    assert not FoundObject.objects.exists()
    assert target.models.count() == 1


def test_a_copys_key_of_its_source_hides_nothing(pair, project, user):
    """A copy made elsewhere carries the key of its source, which lies on another resource."""
    model = twins.trained(project, user=user)
    with connection.client(pair[0]) as first, connection.client(pair[1]) as second:
        remote = first.get(types.CustomModel, model.remote_self)
        first.update(
            types.CustomModel,
            remote.self_link,
            custom_properties={KEY_PROPERTY: str(model.submission_key)},
        )
        first.copy_model(remote, second.authorize_copy(first.own_resource_id()))
    twins.work()
    look(pair[1])
    assert FoundObject.objects.get().display_name == "Harbour"


def test_data_that_is_known_later_is_linked_then(resource, project, user):
    twins.remote_model(resource, "Lighthouse")
    look(resource)
    connecting.connect([found("Lighthouse")], project, user)
    model = CustomModel.objects.get()
    assert not model.datasets.exists()
    CustomModel.objects.update(base_model=None)
    connecting.connect([FoundObject.objects.get(kind="dataset")], project, user)
    look(resource)
    model.refresh_from_db()
    assert model.datasets.get() == Dataset.objects.get()
    assert model.base_model.resource == resource


def test_a_test_waits_for_what_it_names(resource, client, project, user):
    model = twins.remote_model(resource, "Lighthouse")
    data = next(iter(client.datasets()))
    Kept.objects.update(status="Succeeded")
    KeptData.objects.update(kind="AudioFiles")
    client.create_evaluation(
        "Test", "en-US", "", project.remote_self, data.self_link, model.self_link,
        model.self_link, "Inspection", {},
    )  # fmt: skip
    look(resource)
    assert found("Test").obstacle == "Its dataset is in no project here; connect that first."
    (left,) = connecting.connect([found("Test")], project, user)
    assert left.reason == "Its dataset is in no project here; connect that first."
    connecting.connect([FoundObject.objects.get(kind="dataset")], project, user)
    look(resource)
    assert "One of its models" in found("Test").obstacle
    connecting.connect([found("Lighthouse")], project, user)
    look(resource)
    row = Evaluation.objects.get()
    assert (row.project, row.testing_kind, row.model1) == (
        project, "Inspection", CustomModel.objects.get(),
    )  # fmt: skip
    assert not FoundObject.objects.exists()


def test_an_endpoint_waits_for_its_model(resource, client, project):
    model = twins.remote_model(resource, "Lighthouse")
    client.create_endpoint("Live", "en-US", "", project.remote_self, model.self_link, False, {})
    look(resource)
    assert found("Live").obstacle == "Its model is in no project here; connect that first."


def test_dates_that_change_after_success_are_noticed(resource, project, user):
    model = twins.trained(project, user=user)
    deadlines.handle(Deadline.objects.filter(custom_model=model), user)
    later = datetime(2031, 4, 15, tzinfo=UTC)
    Kept.objects.update(transcription_ends=later)
    look(resource)
    model.refresh_from_db()
    assert model.transcription_expires_at == later
    moved = Deadline.objects.get(custom_model=model)
    assert (moved.at, moved.handled_at) == (later, None)
    before = model.changed_at
    look(resource)
    model.refresh_from_db()
    assert model.changed_at == before


def test_names_projects_and_models_of_endpoints_follow_the_service(resource, client, project, user):
    model = twins.trained(project, user=user)
    other = twins.project_on(resource, "Other", user)
    second = twins.trained(project, "Second", user)
    made = client.create_endpoint(
        "Live", "en-US", "", project.remote_self, model.remote_self, False, {}
    )
    twins.work()
    look(resource)
    client.update(
        types.CustomModel, model.remote_self, display_name="Renamed", description="Anew",
        project=other.remote_self,
    )  # fmt: skip
    client.update(types.Endpoint, made.self_link, model=second.remote_self)
    twins.work()
    look(resource)
    model.refresh_from_db()
    assert (model.display_name, model.description, model.project) == ("Renamed", "Anew", other)
    assert Endpoint.objects.get().custom_model == second


def test_what_was_deleted_elsewhere_is_told_and_stays(resource, client, project, user):
    model = twins.trained(project, user=user)
    client.delete(model.remote_self)
    client.delete(project.remote_self)
    for _ in range(2):
        look(resource)
    model.refresh_from_db()
    project.refresh_from_db()
    assert (model.status, model.error_code) == ("Failed", "NotFound")
    assert "no longer exists" in model.error_message
    assert project.has_failed
    verbs = Event.objects.filter(verb="vanished").values_list("kind", flat=True)
    assert sorted(verbs) == ["custommodel", "project"]
    assert not Deadline.objects.filter(custom_model=model).exists()


def test_what_a_page_skipped_is_asked_for_before_it_counts_as_deleted(
    resource, project, user, monkeypatch
):
    class Skipping(SpeechClient):
        def models(self, query=""):
            return iter(())

    model = twins.trained(project, user=user)
    twins.remote_model(resource, "Lighthouse")
    look(resource)
    monkeypatch.setattr(connection, "SpeechClient", Skipping)
    look(resource)
    model.refresh_from_db()
    assert model.status == "Succeeded"
    assert found("Lighthouse")


def test_what_is_deleted_there_before_it_is_connected_is_forgotten(resource, client, project, user):
    remote = twins.remote_model(resource, "Lighthouse")
    look(resource)
    client.delete(remote.self_link)
    (left,) = connecting.connect([found("Lighthouse")], project, user)
    assert left.reason == "It no longer exists on the service."
    assert not FoundObject.objects.filter(kind="custommodel").exists()
    twins.remote_model(resource, "Second")
    look(resource)
    Kept.objects.all().delete()
    look(resource)
    assert not FoundObject.objects.filter(kind="custommodel").exists()


def test_what_the_dashboard_deletes_during_a_look_does_not_come_back(
    resource, project, user, monkeypatch
):
    model = twins.trained(project, user=user)

    class Slow(SpeechClient):
        def endpoints(self, query=""):
            removal.delete([model], user)
            return super().endpoints(query)

    monkeypatch.setattr(connection, "SpeechClient", Slow)
    look(resource)
    assert not CustomModel.objects.exists()
    assert not FoundObject.objects.filter(kind="custommodel").exists()


def test_a_connection_whose_answer_was_lost_is_finished_by_the_next_look(
    resource, project, user, monkeypatch
):
    twins.remote_model(resource, "Lighthouse")
    look(resource)

    class Lossy(SpeechClient):
        def update(self, kind, self_link, **changes):
            super().update(kind, self_link, **changes)
            raise TimedOut("The connection to the service broke off.")

    monkeypatch.setattr(connection, "SpeechClient", Lossy)
    (left,) = connecting.connect([found("Lighthouse")], project, user)
    assert "broke off" in left.reason
    monkeypatch.setattr(connection, "SpeechClient", SpeechClient)
    look(resource)
    assert project.models.get().display_name == "Lighthouse"
    assert not FoundObject.objects.filter(kind="custommodel").exists()


def test_a_project_of_another_resource_or_locale_is_refused(pair, resource, user):
    twins.remote_model(resource, "Lighthouse")
    look(resource)
    other = twins.project_on(pair[1], "There", user)
    (left,) = connecting.connect([found("Lighthouse")], other, user)
    assert "another resource" in left.reason
    (left,) = connecting.connect([found("Lighthouse")], None, user)
    assert left.reason == "Choose a project for it."


def test_a_lists_cost_is_one_a_kind_however_much_there_is(resource, monkeypatch):
    calls = []

    class Counting(SpeechClient):
        def _json(self, method, address, **options):
            calls.append((method, address))
            return super()._json(method, address, **options)

    for n in range(3):
        twins.remote_model(resource, f"M{n}")
    monkeypatch.setattr(connection, "SpeechClient", Counting)
    look(resource)
    look(resource)
    assert len(calls) == 10
    assert {method for method, _address in calls} == {"GET"}


def test_its_deadline_is_listed_and_what_was_said_of_it_holds_on(resource, project, user):
    twins.remote_model(resource, "Lighthouse")
    look(resource)
    row = next(one for one in deadlines.listed() if one.found)
    assert (row.name, row.use_count, row.project_name) == ("Lighthouse", 0, None)
    assert row not in deadlines.pressing(deadlines.listed())
    deadlines.handle([row], user)
    assert Event.objects.get(verb="handled").kind_label == "model"
    connecting.connect([found("Lighthouse")], project, user)
    kept = Deadline.objects.get(pk=row.pk)
    assert (kept.custom_model, kept.found) == (CustomModel.objects.get(), None)
    assert kept.handled_at is not None
    datekeeping.refresh()
    assert Deadline.objects.filter(custom_model__isnull=False).count() == 1


def test_each_resource_is_looked_through_once_a_while_and_after_a_failure_again(
    resource, monkeypatch
):
    Resource.objects.update(look_due_at=None)
    assert sorted(discovery.take_due()) == sorted(Resource.objects.values_list("pk", flat=True))
    assert discovery.take_due() == []

    class Down(SpeechClient):
        def projects(self, query=""):
            raise TimedOut("The service did not answer in time.")

    monkeypatch.setattr(connection, "SpeechClient", Down)
    look(resource)
    resource.refresh_from_db()
    assert resource.looked_at is None
    assert resource.look_due_at < timezone.now() + timedelta(minutes=9)
    Resource.objects.update(look_due_at=timezone.now())
    monkeypatch.setattr(connection, "SpeechClient", SpeechClient)
    look(resource)
    resource.refresh_from_db()
    assert resource.looked_at is not None


def test_found_objects_follow_to_another_address(resource):
    twins.remote_model(resource, "Lighthouse")
    look(resource)
    relocation.move(resource, resource.address, "http://elsewhere.test")
    assert found("Lighthouse").remote_self.startswith("http://elsewhere.test/")
