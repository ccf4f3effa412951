"""Company sign-in, through a real OpenID provider on loopback."""

import json
import re
import subprocess
import sys
from dataclasses import replace

import pytest
import requests
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse

from studio import openid
from tests.e2e.server import Server, free_port
from tests.factories import UserFactory
from training.models import User

PEOPLE = (
    {"sub": "ada", "email": "ada@example.org", "email_verified": True, "name": "Ada Byron",
     "preferred_username": "ada", "roles": ["Speech.Trainer", "Speech.Admin", "Other"]},
    {"sub": "ben", "email": "ben@example.org", "preferred_username": "ben",
     "roles": ["Speech.Look"]},
    {"sub": "eve", "email": "eve@example.org", "roles": ["Other"]},
)  # fmt: skip


@pytest.fixture(scope="module")
def provider():
    port = free_port()
    claims = [part for one in PEOPLE for part in ("--user-claims", json.dumps(one))]
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), *claims]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
        address = f"http://127.0.0.1:{port}"
        Server.wait_for(lambda: answers(f"{address}/.well-known/openid-configuration"), 30)
        yield address
        run.terminate()


def answers(address):
    try:
        return requests.get(address, timeout=5).ok
    except requests.ConnectionError:
        return False


@pytest.fixture(autouse=True)
def _company(settings, provider, monkeypatch, db):
    monkeypatch.setenv("OIDC_SERVER_URL", provider)
    monkeypatch.setenv("OIDC_CLIENT_ID", "studio")
    monkeypatch.setenv("OIDC_CLIENT_SECRET", "between-us")
    monkeypatch.setenv("OIDC_NAME", "Harbour Works")
    monkeypatch.setenv(
        "OIDC_ROLES", "Speech.Admin=administrator, Speech.Trainer=trainer, Speech.Look=viewer"
    )
    settings.OIDC = openid.from_environment()
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": openid.provider(settings.OIDC)}


def sign_in(client, who, start=""):
    """Walk through the provider as a browser would; the answer to its redirect."""
    path = start or reverse("openid_connect_login", args=["company"])
    to_provider = client.get(path)
    assert to_provider.status_code == 302, to_provider.text
    assert "code_challenge=" in to_provider["Location"]
    with requests.Session() as browser:
        browser.trust_env = False
        given = browser.post(
            to_provider["Location"], data={"sub": who}, allow_redirects=False, timeout=10
        )
    back = given.headers["Location"]
    assert back.startswith("http://testserver/accounts/oidc/company/login/callback/"), back
    return client.get(back.removeprefix("http://testserver"))


def test_the_sign_in_page_offers_it_and_leads_back(client):
    page = client.get(reverse("account_login"), {"next": "/deadlines/"}).text
    assert "Sign in with Harbour Works" in page
    link = re.search(r'href="([^"]*company/login/[^"]*)"', page).group(1)
    assert sign_in(client, "ada", link)["Location"] == "/deadlines/"


def test_app_roles_become_ours_at_each_sign_in(client, settings):
    assert sign_in(client, "ada").status_code == 302
    ada = User.objects.get()
    assert (ada.username, ada.email, ada.rights) == ("ada", "ada@example.org", "administrator")
    assert not ada.has_usable_password()
    assert client.get(reverse("people")).status_code == 200
    settings.OIDC = replace(settings.OIDC, roles={"Speech.Trainer": "trainer"})
    client.logout()
    sign_in(client, "ada")
    assert User.objects.get().rights == "trainer"
    assert client.get(reverse("people")).status_code == 403


def test_viewers_look(client):
    sign_in(client, "ben")
    assert User.objects.get().rights == "viewer"


def test_without_a_role_nobody_gets_in_unless_there_is_a_default(client, settings):
    answer = sign_in(client, "eve")
    assert answer.status_code == 403
    assert "has no role" in answer.text
    assert not User.objects.exists()
    settings.OIDC = replace(settings.OIDC, default_role="viewer")
    assert sign_in(client, "eve").status_code == 302
    assert User.objects.get().rights == "viewer"


def test_an_account_of_the_same_address_is_joined_when_it_is_surely_theirs(client, settings):
    ada = UserFactory(username="old-ada", email="Ada@example.org")
    sign_in(client, "ada")
    assert User.objects.get() == ada
    assert User.objects.get().is_staff
    ben = UserFactory(username="old-ben", email="ben@example.org")
    client.logout()
    answer = sign_in(client, "ben")
    assert answer.status_code == 403
    assert "Ask an administrator" in answer.text
    settings.OIDC = replace(settings.OIDC, trusts_email=True)
    sign_in(client, "ben")
    ben.refresh_from_db()
    assert ben.rights == "viewer"


def test_who_is_switched_off_stays_out(client):
    sign_in(client, "ben")
    User.objects.update(is_active=False)
    client.logout()
    sign_in(client, "ben")
    assert client.get(reverse("home")).status_code == 302


def test_a_forged_answer_signs_nobody_in(client):
    path = reverse("openid_connect_callback", args=["company"])
    answer = client.get(path, {"code": "guessed", "state": "guessed"})
    assert answer.status_code == 403
    assert "did not work" in answer.text
    assert "_auth_user_id" not in client.session


def test_without_a_provider_the_address_does_not_exist(client, settings):
    settings.OIDC = None
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": openid.provider(None)}
    assert "Harbour Works" not in client.get(reverse("account_login")).text
    assert client.get(reverse("openid_connect_login", args=["company"])).status_code == 404


@pytest.mark.parametrize(
    ("name", "value", "part"),
    [
        ("OIDC_SERVER_URL", "login.example.org", "must begin with https"),
        ("OIDC_CLIENT_SECRET", "", "OIDC_CLIENT_SECRET is needed"),
        ("OIDC_ROLES", "Speech.Admin", "must be pairs"),
        ("OIDC_ROLES", "Speech.Admin=king", "must be pairs"),
        ("OIDC_DEFAULT_ROLE", "king", "must be one of"),
    ],
)
def test_settings_say_what_is_wrong(monkeypatch, name, value, part):
    monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=part):
        openid.from_environment()


def test_guessing_passwords_is_slowed_down(client):
    UserFactory(username="ada", password="secret word 1")
    path = reverse("account_login")
    for _ in range(6):
        client.post(path, {"login": "ada", "password": "wrong"})
    answer = client.post(path, {"login": "ada", "password": "secret word 1"})
    assert "_auth_user_id" not in client.session
    assert "Too many failed login attempts" in answer.text
