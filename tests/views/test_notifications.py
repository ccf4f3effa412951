"""Who is told of what: mail, channels, and their tests."""

import pytest
from django.urls import reverse

from tests.factories import UserFactory
from tests.host import running_host
from tests.post import running_post
from training.models import Channel
from training.services import preferences

ADDRESS = "https://prod-1.westeurope.logic.azure.test/workflows/abc?sig=TOPSECRET"


@pytest.fixture
def member(client, db):
    user = UserFactory(email="ada@studio.test")
    client.force_login(user)
    return user


@pytest.fixture
def administrator(client, db):
    user = UserFactory(is_staff=True, email="root@studio.test")
    client.force_login(user)
    return user


def values(**more):
    return {
        "name": "Team", "kind": "teams", "address": ADDRESS, "secret": "", "project": "",
        "tells_deadlines": "on", "tells_results": "on", **more,
    }  # fmt: skip


def test_a_person_chooses_which_mail_comes(client, member):
    path = reverse("notifications")
    assert "Once a week" in client.get(path).text
    assert client.post(path, {"deadlines": "weekly", "results": "off"}).status_code == 302
    member.refresh_from_db()
    assert preferences.mail(member) == preferences.Mail("weekly", "off")
    assert "Select a valid choice" in client.post(path, {"deadlines": "x", "results": "off"}).text


def test_a_test_mail_arrives_or_says_why_not(client, member, settings):
    settings.MAIL_ENABLED = False
    answer = client.post(reverse("try_mail"), follow=True)
    assert "EMAIL_HOST is not set" in answer.text
    with running_post(settings) as post:
        answer = client.post(reverse("try_mail"), follow=True)
        assert "on its way to ada@studio.test" in answer.text
        post.answer = "550 Nobody here"
        assert "answered with 550" in client.post(reverse("try_mail"), follow=True).text
    assert [mail["Subject"] for mail in post.received] == ["Test of Custom Speech Studio"]
    assert "does not answer" in client.post(reverse("try_mail"), follow=True).text


def test_channels_are_kept_by_administrators_and_never_shown(client, administrator):
    answer = client.post(reverse("new_channel"), values())
    row = Channel.objects.get()
    assert answer.url == reverse("edit_channel", args=[row.pk])
    page = client.get(answer.url).text
    assert "TOPSECRET" not in page
    client.post(answer.url, values(name="Renamed", address=""))
    row.refresh_from_db()
    assert (row.name, row.address) == ("Renamed", ADDRESS)
    assert "Renamed" in client.get(reverse("notifications")).text
    for _ in range(2):
        client.post(reverse("delete_channel", args=[row.pk]))
    assert not Channel.objects.exists()


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("", "Enter the address."),
        ("ftp://x", "begins with https://"),
        ("https://team:s3cret@host.test/x", "without a password"),
        ("https://[bad", "begins with https://"),
    ],
)
def test_a_channel_without_an_address_is_explained(client, administrator, address, message):
    page = client.post(reverse("new_channel"), values(address=address)).text
    assert message in page
    assert "s3cret" not in page
    assert not Channel.objects.exists()


def test_a_test_reaches_the_channel_or_says_why_not(client, administrator, settings):
    settings.ALLOW_PRIVATE_ADDRESSES = True
    with running_host() as host:
        client.post(reverse("new_channel"), values(address=f"{host.address}/hook"))
        path = reverse("try_channel", args=[Channel.objects.get().pk])
        assert "Team took the test." in client.post(path, follow=True).text
        host.status = 404
        assert "answered with status 404" in client.post(path, follow=True).text
    assert len(host.received) == 2


def test_members_see_channels_and_keep_none(client, member):
    Channel.objects.create(name="Team", kind="teams", address=ADDRESS)
    page = client.get(reverse("notifications")).text
    assert "Team" in page
    assert "TOPSECRET" not in page
    for name in ("edit_channel", "try_channel", "delete_channel"):
        path = reverse(name, args=[Channel.objects.get().pk])
        assert client.post(path, values()).status_code == 403
    assert client.get(reverse("new_channel")).status_code == 403


def test_an_outsider_is_sent_to_the_sign_in(client, db):
    for name in ("notifications", "try_mail", "calendar_address", "new_channel"):
        assert client.post(reverse(name)).url.startswith("/accounts/login/")
