"""Whoever follows a link to us is not led on to somebody else."""

import pytest
from django.urls import reverse

from tests.factories import UserFactory

ELSEWHERE = ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]


@pytest.mark.django_db
@pytest.mark.parametrize("target", ELSEWHERE)
def test_nobody_is_led_to_another_site(client, target):
    user = UserFactory(username="ada", is_staff=True)
    values = {"login": "ada", "password": "secret word 1", "next": target}
    assert client.post(reverse("account_login"), values)["Location"] == "/"
    client.force_login(user)
    answer = client.post(reverse("keep_grid", args=["models"]), {"next": target})
    assert answer["Location"] == "/"
    values = {"action": "handle", "next": target}
    assert client.post(reverse("decide_deadlines"), values)["Location"] == reverse("deadlines")
    page = client.get(reverse("new_resource"), {"next": target}).text
    assert f'href="{target}"' not in page
    assert reverse("resources") in page
    answer = client.post(reverse("account_logout"), {"next": target})
    assert answer["Location"] == reverse("account_login")
