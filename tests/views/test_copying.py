"""Copy to, page by page."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import CustomModelFactory, ProjectFactory, ResourceFactory, UserFactory
from training.models import CustomModel, ModelCopy, Project


@pytest.fixture
def user(client, db):
    found = UserFactory(username="ada")
    client.force_login(found)
    return found


@pytest.fixture
def model(user):
    west = ResourceFactory(name="West", address="https://westus.api.cognitive.microsoft.com")
    return CustomModelFactory(project=ProjectFactory(resource=west), display_name="Harbour")


@pytest.fixture
def east(db):
    return ResourceFactory(name="East", address="https://japaneast.api.cognitive.microsoft.com")


def address(model, *more):
    keys = "&".join(f"pk={one.pk}" for one in (model, *more))
    return f"{reverse('copy_models', args=[model.project_id])}?{keys}"


def form(model, **more):
    return {"pk": model.pk, "submission_key": str(uuid.uuid4()), "display_name": "Harbour", **more}


def send(client, model, **more):
    return client.post(reverse("copy_models", args=[model.project_id]), form(model, **more))


def test_targets_are_projects_of_the_locale_on_other_resources(client, model, east):
    ProjectFactory(resource=east, display_name="Same locale")
    ProjectFactory(resource=east, display_name="Other locale", locale="de-DE")
    ProjectFactory(resource=model.resource, display_name="Same resource")
    ResourceFactory(name="Only German", locales=["de-DE"])
    page = client.get(address(model)).text
    assert "japaneast" in page
    assert "Same locale" in page
    assert "Other locale" not in page
    assert "Same resource" not in page.partition('id="main"')[2].partition("<form")[2]
    assert "It does not offer the locale en-US." in page
    assert reverse("new_resource") not in page


def test_many_targets_at_once_and_a_double_submit_is_harmless(client, model, east, user):
    there = ProjectFactory(resource=east)
    values = {"project": there.pk, "new": east.pk, f"name-{east.pk}": "Fresh"}
    key = str(uuid.uuid4())
    for _ in range(2):
        answer = send(client, model, **values, submission_key=key)
        assert answer.url == model.get_absolute_url()
    assert ModelCopy.objects.count() == 2
    assert Project.objects.filter(resource=east, display_name="Fresh").count() == 1
    page = client.get(model.get_absolute_url()).text
    assert "2 copies have begun." in page
    assert page.count("Queued") == 2
    assert "began to copy" in client.get(reverse("activity")).text


def test_many_models_at_once_keep_their_names(client, model, east):
    other = CustomModelFactory(project=model.project, display_name="Lighthouse")
    failed = CustomModelFactory(project=model.project, display_name="Broken", status="Failed")
    page = client.get(address(model, other, failed)).text
    assert "Copy 2 models to" in page
    assert "Broken is left out" in page
    there = ProjectFactory(resource=east)
    values = {"pk": [model.pk, other.pk, failed.pk], "project": there.pk}
    answer = send(client, model, **values)
    assert answer.url == reverse("models", args=[model.project_id])
    names = ModelCopy.objects.values_list("display_name", flat=True)
    assert set(names) == {"Harbour", "Lighthouse"}


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "Choose at least one project to copy to."),
        ({"project": "99999"}, "One of the projects is gone"),
        ({"project": "x"}, "One of the projects is gone"),
        ({"new": "EAST", "name-EAST": " "}, "Enter a name of at most 200 characters"),
        ({"new": "EAST", "name-EAST": "n" * 201}, "Enter a name of at most 200 characters"),
    ],
)
def test_a_bad_form_says_what_to_do(client, model, east, values, said):
    values = {k.replace("EAST", str(east.pk)): v.replace("EAST", str(east.pk))
              for k, v in values.items()}  # fmt: skip
    answer = send(client, model, **values)
    assert answer.status_code == 200
    assert said in answer.text
    assert "<title>Error:" in answer.text
    assert not ModelCopy.objects.exists()


def test_a_project_of_another_locale_or_of_the_same_resource_is_refused(client, model, east):
    for project in (
        ProjectFactory(resource=east, locale="de-DE"),
        ProjectFactory(resource=model.resource),
    ):
        assert "One of the projects is gone" in send(client, model, project=project.pk).text


def test_a_locale_that_a_resource_does_not_offer_is_refused(client, model):
    german = ResourceFactory(locales=["de-DE"])
    answer = send(client, model, new=german.pk, **{f"name-{german.pk}": "N"})
    assert "does not offer this locale" in answer.text


def test_only_trained_models_and_only_of_this_project(client, model):
    running = CustomModelFactory(project=model.project, status="Running")
    assert client.get(address(running)).url == reverse("models", args=[model.project_id])
    elsewhere = CustomModelFactory()
    place = reverse("copy_models", args=[model.project_id])
    assert client.get(f"{place}?pk={elsewhere.pk}").url == reverse(
        "models", args=[model.project_id]
    )
    assert client.get(place).url == reverse("models", args=[model.project_id])


def test_an_administrator_connects_a_resource_and_comes_back(client, model, east, user):
    user.is_staff = True
    user.save()
    there = ProjectFactory(resource=east, display_name="There")
    name = {f"name-{east.pk}": "Fresh & new"}
    answer = send(client, model, action="connect", project=there.pk, new=east.pk, **name)
    page = client.get(answer.url)
    assert page.status_code == 200
    back = page.context["back"]
    returned = client.get(back).text
    assert f'value="{there.pk}" checked' in returned
    assert f'id="new-{east.pk}" checked' in returned
    assert 'value="Fresh &amp; new"' in returned
    assert client.get(f"{reverse('new_resource')}?next=https://evil.test/").context[
        "back"
    ] == reverse("resources")


def failed_copy(model, east, **more):
    return ModelCopy.objects.create(
        source=model, source_name="Harbour", source_resource=model.resource,
        project=ProjectFactory(resource=east), display_name="Harbour", state="failed",
        error_code="QuotaViolation", error_message="The quota is used up.", **more,
    )  # fmt: skip


def test_a_failed_copy_says_why_and_any_colleague_can_try_it_again(client, model, east):
    row = failed_copy(model, east, requested_by=UserFactory(username="bo"))
    page = client.get(model.get_absolute_url()).text
    assert "The quota is used up." in page
    place = reverse("decide_copy", args=[model.project_id, row.pk])
    answer = client.post(place, {"action": "again"})
    assert answer.url == model.get_absolute_url()
    row.refresh_from_db()
    assert (row.state, row.requested_by.username) == ("queued", "ada")
    client.post(place, {"action": "forget"})
    assert "Nothing was changed" in client.get(model.get_absolute_url()).text
    ModelCopy.objects.update(state="failed")
    client.post(place, {"action": "forget"})
    assert not ModelCopy.objects.exists()


def test_both_pages_show_the_origin(client, model, east):
    project = ProjectFactory(resource=east, display_name="Lights")
    made = CustomModelFactory(project=project, display_name="Harbour of others")
    row = failed_copy(model, east)
    ModelCopy.objects.update(state="succeeded", project=project, result=made)
    source = client.get(model.get_absolute_url()).text
    assert made.get_absolute_url() in source
    assert "Copied" in source
    page = client.get(made.get_absolute_url()).text
    assert "Copy of" in page
    assert model.get_absolute_url() in page
    assert "from resource West" in page
    CustomModel.objects.filter(pk=model.pk).delete()
    page = client.get(made.get_absolute_url()).text
    assert "Harbour</dd>" in page.replace(" from resource West", "")
    row.refresh_from_db()
    assert row.source is None


def test_a_poll_brings_the_new_state_of_a_copy(client, model, east):
    row = failed_copy(model, east)
    page = client.get(model.get_absolute_url())
    here = f"{model.get_absolute_url()}?since={page.context['live_token']}"
    assert client.get(here, headers={"HX-Request": "true"}).status_code == 204
    later = timezone.now() + timedelta(seconds=1)
    ModelCopy.objects.filter(pk=row.pk).update(state="copying", changed_at=later)
    answer = client.get(here, headers={"HX-Request": "true"}).text
    assert "Harbour: Copying" in answer


def test_the_list_offers_it(client, model):
    page = client.get(reverse("models", args=[model.project_id])).text
    assert f'formaction="{reverse("copy_models", args=[model.project_id])}"' in page


def test_an_outsider_is_sent_to_sign_in(client, db):
    model = CustomModelFactory()
    row = ModelCopy.objects.create(
        source=model, source_name="S", source_resource=model.resource, display_name="S",
        project=ProjectFactory(), state="failed",
    )  # fmt: skip
    for place in (address(model), reverse("decide_copy", args=[model.project_id, row.pk])):
        answer = client.post(place, {"action": "again"})
        assert answer.status_code == 302
        assert "/login/" in answer.url
    assert ModelCopy.objects.get().state == "failed"


def test_a_copy_of_another_project_is_not_found(client, model, east):
    row = failed_copy(model, east)
    place = reverse("decide_copy", args=[ProjectFactory().pk, row.pk])
    assert client.post(place, {"action": "again"}).status_code == 404
