"""Further resources of the local service, added by an administrator; a real service answers."""

import uuid

import pytest
from django.conf import settings as django_settings
from django.urls import reverse

from localspeech.models import SpeechResource
from localspeech.models.resource import digest, resource_of_key
from studio import localkeys
from tests.factories import ResourceFactory, UserFactory
from training.models import Project, Resource
from training.services import resources

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def first(live_server):
    return resources.ensure_local(live_server.url, django_settings.LOCALSPEECH_KEY)


@pytest.fixture
def administrator(client, first):
    found = UserFactory(is_staff=True)
    client.force_login(found)
    return found


def test_it_is_added_once_and_has_its_own_key(client, administrator, first):
    place = reverse("new_local_resource")
    assert place in client.get(reverse("resources")).text
    values = {"name": "Second", "submission_key": str(uuid.uuid4())}
    for _ in range(2):
        assert client.post(place, values).url == reverse("resources")
    made = Resource.objects.get(name="Second")
    assert (made.is_local, made.address, made.locales) == (True, first.address, ["en-US"])
    assert made.key != first.key
    assert SpeechResource.objects.filter(key_digest=digest(made.key)).count() == 1
    page = client.get(reverse("resources")).text
    assert "The resource was added. Version 3.2 answered" in page
    assert made.key not in page
    again = client.post(place, {**values, "submission_key": str(uuid.uuid4())})
    assert "Another resource has this name." in again.text


def test_the_sample_goes_to_the_first_of_them(client, administrator, first):
    resources.add_local("Second", uuid.uuid4())
    assert client.post(reverse("load_sample")).status_code == 302
    assert Project.objects.get().resource == first


def test_it_follows_the_service_to_another_address_with_its_own_key(first):
    resources.add_local("Second", uuid.uuid4())
    key = Resource.objects.get(name="Second").key
    resources.ensure_local("http://127.0.0.1:1", "another first key")
    both = Resource.objects.order_by("pk")
    assert [one.address for one in both] == ["http://127.0.0.1:1"] * 2
    assert [one.key for one in both] == ["another first key", key]


def test_nobody_else_can_make_a_key(first):
    right = localkeys.derived(django_settings.LOCALSPEECH_KEY, uuid.uuid4())
    for wrong in (f"{right[:-1]}x", f"0{right[1:]}", right[:32], "é" * 96, ""):
        if wrong != right:
            assert resource_of_key(wrong) is None
    assert resource_of_key(right) == resource_of_key(right)
    assert resource_of_key(right) != resource_of_key(django_settings.LOCALSPEECH_KEY)


def test_without_a_local_service_it_says_what_to_do(client):
    client.force_login(UserFactory(is_staff=True))
    values = {"name": "Second", "submission_key": str(uuid.uuid4())}
    assert "is not connected; restart it" in client.post(reverse("new_local_resource"), values).text


def test_a_colleague_may_not(client, first):
    client.force_login(UserFactory())
    assert client.get(reverse("new_local_resource")).status_code == 403


def test_a_resource_id_must_be_whole(client, administrator):
    row = ResourceFactory()
    values = {"name": "R", "address": row.address, "api_version": "3.2", "service_id": "abc"}
    answer = client.post(reverse("edit_resource", args=[row.pk]), values)
    assert "Enter the whole ID; it begins with a slash." in answer.text
