"""Accounts: passwords, what is changed by a link in a mail, and how long people stay signed in."""

import re

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from studio.passwords import LEAST, MOST
from tests.factories import UserFactory
from training.models import AuditEntry
from training.services import tidying

OLD, NEW = "secret word 1", "a long way home 7"
CHANGE = {"oldpassword": OLD, "password1": NEW, "password2": NEW}

pytestmark = pytest.mark.django_db


@pytest.fixture
def mailing(settings):
    settings.MAIL_ENABLED = settings.ACCOUNT_EMAIL_NOTIFICATIONS = True


@pytest.fixture
def later():
    """Moves the clock on, in seconds."""
    with time_machine.travel(timezone.now(), tick=False) as clock:
        yield clock.shift


def signed_in(client):
    return client.get(reverse("home")).status_code == 200


def plain(answer):
    """A page without tokens and what was typed."""
    return re.sub(r'(value="[^"]*"|"X-CSRFToken": "[^"]*")', "", answer.text)


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("x7" * 5 + "y", "too short"),
        ("x7" * 64 + "y", f"at most {MOST}"),
        ("1234567890123", "entirely numeric"),
        ("1q2w3e4r5t6y", "too common"),
        ("person-ada-lovelace", "similar to the username"),
        ("x7" * 6, ""),
        ("пароль для порта 9 ⚓", ""),
        ("x7" * 64, ""),
    ],
)
def test_long_rather_than_complicated(client, password, said):
    client.force_login(UserFactory(is_staff=True))
    values = {"username": "person-ada-lovelace", "email": "ada@example.org", "password": password}
    answer = client.post(reverse("add_person"), values)
    assert LEAST == 12
    if said:
        assert said in answer.text
    else:
        assert answer.status_code == 302


def test_a_changed_password_ends_all_other_sessions(client, mailing):
    user = UserFactory(email="ada@example.org")
    other = Client()
    for one in (client, other):
        one.force_login(user)
    path = reverse("account_change_password")
    client.post(path, CHANGE | {"oldpassword": "guessed"})
    user.refresh_from_db()
    assert user.check_password(OLD)
    assert client.post(path, CHANGE).status_code == 302
    assert signed_in(client)
    assert not signed_in(other)
    assert "password has been changed" in mail.outbox[0].body
    assert mail.outbox[0].to == ["ada@example.org"]


def test_a_mail_server_that_is_away_stops_no_change(client, mailing, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    user = UserFactory(email="ada@example.org")
    client.force_login(user)
    assert client.post(reverse("account_change_password"), CHANGE).status_code == 302
    user.refresh_from_db()
    assert user.check_password(NEW)


def test_a_forgotten_password_is_replaced_by_a_link_that_works_once(client, mailing):
    user, before = UserFactory(email="ada@example.org"), Client()
    before.force_login(user)
    assert reverse("account_reset_password") in client.get(reverse("account_login")).text
    client.post(reverse("account_reset_password"), {"email": "ada@example.org"})
    link = re.search(r"http://testserver(/\S+)", mail.outbox[0].body).group(1)
    form = client.get(link)["Location"]
    assert "too short" in client.post(form, {"password1": "x7y", "password2": "x7y"}).text
    client.post(form, {"password1": NEW, "password2": NEW})
    user.refresh_from_db()
    assert user.check_password(NEW)
    assert not signed_in(before)
    assert "password has been reset" in mail.outbox[1].body
    entry = AuditEntry.objects.get(action="changed")
    assert (entry.name, entry.after) == (user.username, {"password": "(secret)"})
    assert "This link was used" in Client().get(link, follow=True).text


def test_a_link_for_a_forgotten_password_ends_after_an_hour(client, mailing, later):
    UserFactory(email="ada@example.org")
    client.post(reverse("account_reset_password"), {"email": "ada@example.org"})
    link = re.search(r"http://testserver(/\S+)", mail.outbox[0].body).group(1)
    later(3601)
    assert "This link was used, or is older" in client.get(link, follow=True).text


def test_nobody_learns_who_has_an_account(client, mailing):
    UserFactory(email="ada@example.org")
    path = reverse("account_reset_password")
    known, unknown = (
        plain(client.post(path, {"email": f"{name}@example.org"}, follow=True))
        for name in ("ada", "nobody")
    )
    assert known == unknown
    assert len(mail.outbox) == 1
    path = reverse("account_login")
    names = ("ada@example.org", "nobody@example.org")
    texts = {plain(client.post(path, {"login": name, "password": "x"})) for name in names}
    assert len(texts) == 1


def test_without_a_mail_server_no_link_is_offered(client, settings):
    settings.MAIL_ENABLED = False
    assert reverse("account_reset_password") not in client.get(reverse("account_login")).text
    assert client.get(reverse("account_reset_password")).status_code == 404


def test_an_account_of_the_company_gets_no_password_here(client, mailing):
    user = UserFactory(email="ada@example.org")
    user.set_unusable_password()
    user.save()
    client.post(reverse("account_reset_password"), {"email": "ada@example.org"})
    assert mail.outbox == []
    client.force_login(user)
    assert reverse("account_change_password") not in client.get(reverse("home")).text
    assert client.post(reverse("account_change_password"), CHANGE).status_code == 403
    with pytest.raises(NoReverseMatch):
        reverse("account_set_password")


def test_nobody_takes_anothers_address(client):
    """By it the company's sign-in would join the account of whoever has it there."""
    client.force_login(UserFactory())
    assert client.post("/accounts/email/", {"action_add": "", "email": "x@y.z"}).status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("account_email")


def test_a_session_ends_some_hours_after_signing_in(client, settings, later):
    UserFactory(username="ada")
    client.post(reverse("account_login"), {"login": "ada", "password": OLD})
    hours = settings.SESSION_COOKIE_AGE // 3600
    assert hours == 12
    for _ in range(hours - 1):
        later(3600)
        session = client.session
        session["busy"] = True
        session.save()
        assert signed_in(client)
    later(3601)
    assert not signed_in(client)


def test_signing_out_everywhere(client):
    user, other = UserFactory(), Client()
    for one in (client, other):
        one.force_login(user)
    assert client.post(reverse("logout_everywhere")).status_code == 302
    assert not signed_in(client)
    assert not signed_in(other)
    client.force_login(user)
    assert signed_in(client)


def test_signing_in_and_out_make_another_session(client):
    client.force_login(UserFactory(username="ada"))
    client.post(reverse("account_logout"))
    client.get(reverse("account_login"))
    session = client.session
    session["before"] = True
    session.save()
    known = session.session_key
    client.cookies["sessionid"] = known
    client.post(reverse("account_login"), {"login": "ada", "password": OLD})
    assert client.session.session_key != known
    inside = client.session.session_key
    client.post(reverse("account_logout"))
    assert not client.session.exists(inside)


def test_sessions_that_ended_are_forgotten(client, later):
    client.force_login(UserFactory())
    later(13 * 3600)
    tidying.tidy()
    assert not Session.objects.exists()
