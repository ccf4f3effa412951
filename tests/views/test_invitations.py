"""Accounts: invitations, roles, switching off."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from tests.factories import UserFactory
from training.models import Invitation, User
from training.services import invitations


@pytest.fixture
def administrator(client, db):
    user = UserFactory(username="ada", is_staff=True)
    client.force_login(user)
    return user


def invite(client, **values):
    client.post(reverse("invite"), {"email": "ben@example.org", "role": "viewer", **values})
    return client.get(reverse("people"))


ACCOUNT = {"username": "ben", "password": "a long way home 7"}


def test_an_invitation_makes_one_account_once(client, administrator):
    link = invite(client).context["link"]
    assert link
    assert link not in client.get(reverse("people")).text
    assert Invitation.objects.get().digest not in link
    client.logout()
    assert "ben@example.org" in client.get(link).text
    assert "too short" in client.post(link, {**ACCOUNT, "password": "short"}).text
    assert client.post(link, ACCOUNT).status_code == 302
    user = User.objects.get(username="ben")
    assert (user.email, user.role, user.is_staff) == ("ben@example.org", "viewer", False)
    assert client.get(reverse("home")).wsgi_request.user == user
    assert client.post(link, {**ACCOUNT, "username": "second"}).status_code == 404
    assert User.objects.count() == 2


def test_of_two_at_once_one_is_accepted(db):
    path = invitations.invite("ben@example.org", "administrator", UserFactory())
    found = invitations.find(path.split("/")[-2])
    user = invitations.accept(found, "ben", "a long way home 7")
    assert user.is_staff
    with pytest.raises(invitations.Closed):
        invitations.accept(found, "other", "a long way home 7")


def test_old_and_revoked_links_are_closed(client, administrator):
    link = invite(client).context["link"]
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(link).status_code == 404
    newer = invite(client).context["link"]
    assert Invitation.objects.count() == 1
    client.post(reverse("revoke_invitation", args=[Invitation.objects.get().pk]))
    assert client.get(newer).status_code == 404


def test_invitations_are_mailed_where_there_is_mail(client, administrator, settings):
    settings.MAIL_ENABLED = True
    page = invite(client)
    assert page.context["link"] in mail.outbox[0].body
    assert mail.outbox[0].to == ["ben@example.org"]
    assert "on its way to ben@example.org" in page.text


def test_who_has_an_account_is_not_invited(client, administrator):
    UserFactory(email="Ben@example.org")
    answer = client.post(reverse("invite"), {"email": "ben@example.org", "role": "viewer"})
    assert "has an account already" in answer.text


def test_roles_are_set_but_not_ones_own(client, administrator):
    ben = UserFactory(username="ben")
    for rights in ("administrator", "viewer"):
        client.post(reverse("set_role", args=[ben.pk]), {"rights": rights})
        ben.refresh_from_db()
        assert ben.rights == rights
    client.post(reverse("set_role", args=[administrator.pk]), {"rights": "viewer"})
    administrator.refresh_from_db()
    assert administrator.is_staff


@pytest.mark.parametrize("name", ["people", "add_person", "invite"])
def test_others_do_not_keep_people(client, db, name):
    client.force_login(UserFactory())
    assert client.get(reverse(name)).status_code == 403
