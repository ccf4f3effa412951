"""Headers that keep pages from being cached, framed, or given devices."""

import pytest
from django.conf import settings
from django.urls import reverse

from tests.factories import ProjectFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["/accounts/login/", "/", "/help/", "/nowhere/", "/projects/{}/models/"])
def answer(client, request):
    if request.param != "/accounts/login/":
        client.force_login(UserFactory())
    return client.get(request.param.format(ProjectFactory().pk))


def test_every_page_says_what_browsers_may_do(answer):
    headers = answer.headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "microphone=(self)" in headers["Permissions-Policy"]
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Content-Type"] == "text/html; charset=utf-8"


def test_no_browser_keeps_a_page(answer):
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_local_services_answers_are_not_kept_either(client):
    key = {"Ocp-Apim-Subscription-Key": settings.LOCALSPEECH_KEY}
    answer = client.get("/speechtotext/v3.2/projects", headers=key)
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_cookies_are_kept_from_scripts_and_other_sites(client):
    UserFactory(username="ada")
    values = {"login": "ada", "password": "secret word 1"}
    client.post(reverse("account_login"), values)
    session = client.cookies["sessionid"]
    assert session["httponly"]
    assert session["samesite"] == "Lax"
    assert session["max-age"] == settings.SESSION_COOKIE_AGE
    assert client.cookies["csrftoken"]["samesite"] == "Lax"
    assert not session["domain"]
