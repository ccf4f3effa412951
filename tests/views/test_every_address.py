"""Every address of the pages, found in the URL map: method, token and role.

An address that tests/addresses.py does not know fails the first test.
"""

from contextlib import contextmanager

import pytest
import responses
from django.apps import apps
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.addresses import METHODS, ROLES, classified, mapped, pages
from tests.factories import ResourceFactory, UserFactory
from tests.owned import join, project_with_everything, values
from training.models import Channel
from training.services import calendar, invitations

pytestmark = pytest.mark.django_db

UNSAFE = [method for method in METHODS if method != "GET"]
# Nothing is kept here that these would show; what they say of another project's is tested too.
EMPTY = {"own_file", "sample_clip", "clip", "download", "keep_grid"}
# What opening a page notes: who is in a draft, which steps were seen, since when there is news.
NOTED = {
    "activity": {"user"},
    "presence": {"draftpresence"},
    "wizard": {"draftpresence", "trainingdraft"},
    "upload": {"uploaddraft"},
    "testing": {"testdraft"},
}


@pytest.fixture
def world():
    return project_with_everything()


@pytest.fixture
def administrator():
    return UserFactory(is_staff=True, username="ada")


@pytest.fixture
def no_service():
    """Every request to a service fails at once."""
    with responses.RequestsMock() as mocked:
        yield mocked


@pytest.fixture
def fill(world, administrator, settings, no_service):
    """The path of an address with objects that there are."""
    settings.MAIL_ENABLED = True
    other, resource = UserFactory(), ResourceFactory()
    ResourceFactory(is_local=True)
    channel = Channel.objects.create(name="T", kind="webhook", address="https://x.test")
    invitation = invitations.invite("new@example.org", "viewer", administrator)
    secret = {
        "calendar": calendar.new_address(administrator),
        "invitation": invitation.rstrip("/").rpartition("/")[2],
    }
    beside = {"people": other, "resources": resource, "notifications": channel}

    def path(address):
        found = values(world, address)
        if not address.is_of_project:
            found["pk"] = getattr(beside.get(address.route.split("/")[0]), "pk", 0)
            found |= {"name": "models", "token": secret.get(address.name, "x" * 40)}
        return address.at(**found)

    return path


@contextmanager
def undone():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def tables():
    """Every row of the product, but sessions."""
    return {
        model._meta.model_name: sorted(map(repr, model._base_manager.values_list()))
        for name in ("training", "localspeech", "account", "socialaccount")
        for model in apps.get_app_config(name).get_models()
    }


def differing(before):
    return {name for name, rows in tables().items() if rows != before[name]}


def is_sent_to_sign_in(answer):
    return answer.status_code == 302 and answer["Location"].startswith(reverse("account_login"))


def test_every_address_is_classified():
    names = [one.name for one in pages()]
    assert sorted(names) == sorted(set(names))
    assert set(names) == set(classified())


def test_nothing_is_mounted_beside_the_known_parts():
    tops = {route.split("/")[0] for route, _ in mapped()}
    assert tops == {
        "", "accounts", "activity", "audit", "calendar", "deadlines", "files", "help",
        "invitations", "lists", "notifications", "people", "projects", "resources", "sample",
        "search", "setup", "speech", "speechtotext", "style-guide", "switcher",
    }  # fmt: skip


def test_other_methods_are_refused(client, fill, administrator):
    for one in pages():
        for method in set(METHODS) - set(one.rights):
            client.force_login(administrator)
            answer = client.generic(method, fill(one))
            assert answer.status_code == 405, (one.name, method)


def test_no_get_changes_anything(client, fill, administrator):
    client.force_login(administrator)
    for one in pages():
        if "GET" in one.rights:
            before = tables()
            client.get(fill(one))
            assert differing(before) <= NOTED.get(one.name, set()), one.name


def test_nothing_is_sent_without_the_token(fill, administrator):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(administrator)
    before = tables()
    for one in pages():
        for method in UNSAFE:
            answer = strict.generic(method, fill(one))
            assert answer.status_code == 403, (one.name, method)
            assert "The form has expired" in answer.text, (one.name, method)
    assert not differing(before)


def test_strangers_are_sent_to_sign_in(client, fill):
    before = tables()
    for one in pages():
        for method, who in one.rights.items():
            answer = client.generic(method, fill(one))
            is_free = who in ("anybody", "link")
            assert is_sent_to_sign_in(answer) != is_free, (one.name, method)
    assert not differing(before)


@pytest.mark.parametrize("role", [None, *ROLES])
def test_each_role_in_a_project_does_what_it_may(client, world, fill, role):
    person = UserFactory()
    client.force_login(join(world, person, role) if role else person)
    for one in pages():
        for method, who in one.rights.items() if one.is_of_project else ():
            before = tables()
            with undone():
                code = client.generic(method, fill(one)).status_code
                changed = differing(before)
            if role is None:
                assert (code, changed) == (404, set()), (one.name, method)
            elif ROLES.index(role) < ROLES.index(who):
                assert (code, changed) == (403, set()), (one.name, method)
            else:
                assert code not in (401, 403, 405), (one.name, method)
                assert code != 404 or one.name in EMPTY, (one.name, method)


@pytest.mark.parametrize(
    ("more", "may"),
    [
        ({"role": "viewer"}, {"person"}),
        ({"role": "trainer"}, {"person", "starter"}),
        ({"is_staff": True}, {"person", "starter", "administrator"}),
    ],
)
def test_each_account_does_what_it_may(fill, more, may):
    person = UserFactory(**more)
    for one in pages():
        for method, who in () if one.is_of_project else one.rights.items():
            client = Client()
            client.force_login(person)
            before = tables()
            with undone():
                code = client.generic(method, fill(one)).status_code
                changed = differing(before)
            if who in may:
                assert code not in (401, 403, 405), (one.name, method)
            elif who not in ("anybody", "link"):
                assert (code, changed) == (403, set()), (one.name, method)


def test_an_account_that_is_off_reaches_nothing(client, fill, administrator):
    client.force_login(administrator)
    type(administrator).objects.update(is_active=False)
    for one in pages():
        for method, who in one.rights.items():
            if who not in ("anybody", "link"):
                assert is_sent_to_sign_in(client.generic(method, fill(one))), one.name
