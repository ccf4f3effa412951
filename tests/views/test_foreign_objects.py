"""Objects of another project: as good as not there, in an address and in what a form names."""

import uuid

import pytest
import responses
from django.urls import reverse

from tests.addresses import pages
from tests.factories import UserFactory
from tests.owned import join, project_with_everything, values
from training.models import (
    Channel,
    CustomModel,
    Dataset,
    Endpoint,
    Event,
    FoundObject,
    Membership,
    ModelCopy,
    Project,
    RenewalPlan,
    TestDraft,
    UploadDraft,
)
from training.services import events

pytestmark = pytest.mark.django_db


@pytest.fixture
def ours():
    return project_with_everything(display_name="Ours")


@pytest.fixture
def theirs(ours):
    return project_with_everything(display_name="Theirs", resource=ours.project.resource)


@pytest.fixture
def no_service():
    with responses.RequestsMock() as mocked:
        yield mocked


@pytest.fixture(params=["in one alone", "in both"])
def person(request, client, ours, theirs, no_service):
    """An owner of ours; `in both` also of theirs."""
    found = join(ours, UserFactory(), "owner")
    if request.param == "in both":
        join(theirs, found, "owner")
    client.force_login(found)
    return found


def post(client, name, world, *arguments, **data):
    return client.post(reverse(name, args=[world.project.pk, *arguments]), data)


def test_no_object_is_reached_under_another_project(client, person, ours, theirs):
    named = [one for one in pages() if one.is_of_project and "pk" in one.values]
    assert len(named) > 30
    for one in named:
        assert one.object in ours.of, one.route
        address = one.at(**values(theirs, one, ours.project))
        for method in one.rights:
            assert client.generic(method, address).status_code == 404, (one.name, method)


def test_no_block_or_file_of_anothers_upload(client, person, ours, theirs):
    draft = ours.of["uploads"]
    path = reverse("put_block", args=[ours.project.pk, draft.pk, theirs.file.key, 0])
    assert client.put(path, b"x" * 20).status_code == 404
    post(client, "remove_file", ours, draft.pk, theirs.file.key)
    theirs.file.refresh_from_db()
    assert theirs.file.is_whole


def test_selected_rows_of_another_project_are_passed_over(client, person, ours, theirs):
    for kind in ("datasets", "models", "tests", "endpoints"):
        row = theirs.of[kind]
        path = reverse("delete_rows", args=[ours.project.pk, kind])
        assert client.get(path, {"pk": row.pk}).status_code == 302
        client.post(path, {"pk": row.pk})
        row.refresh_from_db()
    copies = ModelCopy.objects.count()
    key, model = uuid.uuid4(), theirs.of["models"]
    values = {"pk": model.pk, "project": ours.there.pk, "submission_key": key}
    assert post(client, "copy_models", ours, **values).status_code == 302
    assert ModelCopy.objects.count() == copies
    path = reverse("compare", args=[ours.project.pk])
    assert theirs.of["tests"].display_name not in client.get(path, {"pk": theirs.of["tests"].pk})


def test_a_training_is_given_nothing_of_another_project(client, person, ours, theirs):
    draft, model = ours.of["drafts"], theirs.of["models"]
    post(client, "wizard", ours, draft.pk, "data", datasets=theirs.of["datasets"].pk)
    post(client, "wizard", ours, draft.pk, "name", display_name="N", add_test="on")
    values = {"test_dataset": theirs.sound.pk, "second_model": f"custom-{model.pk}"}
    post(client, "wizard", ours, draft.pk, "test", **values)
    draft.refresh_from_db()
    assert draft.add_test
    assert not draft.datasets.exists()
    assert (draft.test_dataset, draft.test_custom_model) == (None, None)


def test_a_test_is_given_nothing_of_another_project(client, person, ours, theirs):
    draft, model = ours.of["tests/drafts"], theirs.of["models"]
    post(client, "testing", ours, draft.pk, "data", dataset=theirs.sound.pk)
    values = {"first_model": f"custom-{model.pk}", "second_model": f"custom-{model.pk}"}
    post(client, "testing", ours, draft.pk, "models", **values)
    draft.refresh_from_db()
    assert draft.dataset in (ours.sound, None)
    assert (draft.custom_model1, draft.custom_model2) == (None, None)
    path = reverse("new_test", args=[ours.project.pk])
    query = f"?model={model.pk}&dataset={theirs.sound.pk}"
    client.post(path + query, {"kind": "Evaluation", "submission_key": uuid.uuid4()})
    made = TestDraft.objects.latest("pk")
    assert made.pk != draft.pk
    assert (made.custom_model1, made.dataset) == (ours.of["models"], None)


def test_an_endpoint_is_given_no_model_of_another_project(client, person, ours, theirs):
    count = Endpoint.objects.count()
    values = {"model": f"custom-{theirs.of['models'].pk}", "display_name": "E"}
    post(client, "new_endpoint", ours, submission_key=uuid.uuid4(), **values)
    assert Endpoint.objects.count() == count
    row = ours.of["endpoints"]
    post(client, "change_model", ours, row.pk, **values)
    row.refresh_from_db()
    assert row.custom_model == ours.of["models"]


def test_a_plan_is_given_nothing_of_another_project(client, person, ours, theirs):
    model, stranger = ours.of["models"], UserFactory()
    values = {"days_before": 30, "gate_percent": 0, "decides": "person"}
    for wrong in (
        {"test_dataset": theirs.sound.pk, "person": person.pk},
        {"test_dataset": ours.sound.pk, "person": stranger.pk},
    ):
        post(client, "renewal", ours, model.pk, **values, **wrong)
        plan = RenewalPlan.objects.get(model=model)
        assert (plan.test_dataset, plan.person) == (ours.sound, None)


def test_words_members_and_drafts_of_another_project_stay(client, person, ours, theirs):
    word, draft = theirs.word, theirs.of["drafts"]
    values = {"shown": word.pk, "chosen": word.pk, f"spoken-{word.pk}": "or me"}
    post(client, "choose_words", ours, ours.of["datasets"].pk, action="keep", **values)
    word.refresh_from_db()
    assert not word.is_chosen
    member = Membership.objects.create(project=theirs.project, person=UserFactory(), role="viewer")
    post(client, "project_people", ours, action="remove", member=member.pk)
    member.refresh_from_db()
    path = reverse("new_dataset", args=[ours.project.pk])
    values = {"kind": "Language", "submission_key": uuid.uuid4()}
    client.post(f"{path}?draft={draft.pk}", values)
    assert UploadDraft.objects.get(submission_key=values["submission_key"]).training_draft is None


def test_the_key_of_another_projects_form_leads_nowhere(client, person, ours, theirs):
    """It would find the object that the form made, and change or show it."""
    model = f"custom-{ours.of['models'].pk}"
    endpoint, upload = theirs.of["endpoints"], theirs.of["uploads"]
    for name, arguments, sent in (
        ("new_dataset", [], {"kind": "Pronunciation", "submission_key": upload.submission_key}),
        ("new_test", [], {"kind": "Inspection",
                          "submission_key": theirs.of["tests/drafts"].submission_key}),
        ("new_endpoint", [], {"model": model, "display_name": "E",
                              "submission_key": endpoint.submission_key}),
        ("choose_words", [ours.of["datasets"].pk],
         {"action": "make", "submission_key": theirs.of["datasets"].submission_key,
          "shown": ours.word.pk, "chosen": ours.word.pk, f"spoken-{ours.word.pk}": "orme say"}),
    ):  # fmt: skip
        assert post(client, name, ours, *arguments, **sent).status_code == 404, name
    upload.refresh_from_db()
    assert upload.kind == "Language"


@pytest.fixture
def colleague(client, ours):
    """A trainer of our project alone, who does not see where our model was copied to."""
    found = UserFactory()
    Membership.objects.create(project=ours.project, person=found, role="trainer")
    client.force_login(found)
    return found


def test_what_lies_in_no_project_of_ones_own(client, colleague, theirs, no_service):
    """Addresses without a project: files and deadlines."""
    for kind, row in (("dataset", "datasets"), ("model", "models"), ("test", "tests")):
        path = reverse("download", args=[kind, theirs.of[row].pk, "x"])
        assert client.get(path).status_code == 404
    client.post(reverse("decide_deadlines"), {"pk": theirs.deadline.pk, "action": "handle"})
    theirs.deadline.refresh_from_db()
    assert theirs.deadline.handled_at is None


def test_copies_to_a_project_that_is_not_seen(client, colleague, ours, no_service):
    copy, model = ours.of["copies"], ours.of["models"]
    Project.objects.filter(pk=ours.there.pk).update(display_name="Secret harbour")
    page = reverse("model", args=[ours.project.pk, model.pk])
    assert "Secret harbour" not in client.get(page).text
    for action in ("again", "forget"):
        assert post(client, "decide_copy", ours, copy.pk, action=action).status_code == 404
    copy.refresh_from_db()
    assert copy.state == "failed"
    values = {"pk": model.pk, "project": ours.there.pk, "display_name": "C"}
    post(client, "copy_models", ours, submission_key=uuid.uuid4(), **values)
    assert ModelCopy.objects.count() == 1
    Membership.objects.create(project=ours.there, person=colleague, role="viewer")
    assert "Secret harbour" in client.get(page).text
    assert post(client, "decide_copy", ours, copy.pk, action="again").status_code == 404


def test_where_a_copy_came_from_is_told_to_those_who_see_it(client, ours, no_service):
    guest, source = UserFactory(), ours.of["models"]
    CustomModel.objects.filter(pk=source.pk).update(display_name="Secret model")
    made = CustomModel.objects.create(
        project=ours.there, display_name="Taken", submission="submitted", status="Succeeded"
    )
    ModelCopy.objects.update(result=made, source_name="Secret model", state="succeeded")
    Membership.objects.create(project=ours.there, person=guest, role="viewer")
    client.force_login(guest)
    page = reverse("model", args=[ours.there.pk, made.pk])
    assert "Secret model" not in client.get(page).text
    Membership.objects.create(project=ours.project, person=guest, role="viewer")
    assert "Secret model" in client.get(page).text


def test_channels_of_a_project_are_told_to_those_who_see_it(client, colleague, ours, theirs):
    for world in (ours, theirs):
        name = f"Channel of {world.project}"
        Channel.objects.create(name=name, kind="webhook", project=world.project)
    page = client.get(reverse("notifications")).text
    assert "Channel of Ours" in page
    assert "Theirs" not in page


def test_objects_of_a_resource_are_connected_with_ones_own_projects(
    client, colleague, theirs, no_service
):
    resource = theirs.project.resource
    found = FoundObject.objects.create(
        resource=resource, kind="dataset", display_name="Found", locale="en-US",
        remote_self="http://speech.test/speechtotext/v3.2/datasets/1", status="Succeeded",
    )  # fmt: skip
    path = reverse("connect", args=[resource.pk])
    answer = client.post(path, {"pk": found.pk, "project": theirs.project.pk})
    assert "Theirs" not in answer.text
    assert Dataset.objects.filter(display_name="Found").count() == 0
    other = reverse("connect", args=[theirs.there.resource.pk])
    assert client.post(other, {"pk": found.pk}).status_code == 302
    assert events.seen_by(colleague).filter(verb=Event.Verb.CONNECTED).count() == 0
