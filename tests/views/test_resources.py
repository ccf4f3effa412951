"""Resources: health, another key, addresses that none may have, secrets encrypted anew."""

from io import StringIO

import pytest
import responses
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.db import connection as database
from django.urls import reverse
from django.utils import timezone

from studio import quota
from tests.factories import ResourceFactory, UserFactory
from training.models import Channel, Resource
from training.services import connection
from training.speechapi.errors import Unreachable

REAL_CHECK = connection.check_address
LOCALES = "http://speech.test/speechtotext/v3.2/projects/locales"


@pytest.fixture
def administrator(client, db):
    client.force_login(UserFactory(is_staff=True))
    return client


@responses.activate
def test_another_key_is_tried_before_the_old_one_goes(administrator):
    row = ResourceFactory(key="old-key")
    path = reverse("replace_key", args=[row.pk])
    refused = responses.get(LOCALES, status=401, json={"code": "Unauthorized", "message": "no"})
    answer = administrator.post(path, {"key": "wrong-key"})
    assert "refused the key" in answer.text
    assert refused.calls[0].request.headers["Ocp-Apim-Subscription-Key"] == "wrong-key"
    assert Resource.objects.get().key == "old-key"
    responses.reset()
    responses.get(LOCALES, json=["en-US"])
    responses.get("http://speech.test/speechtotext/v3.2/models/base", json={"values": []})
    page = administrator.post(path, {"key": "new-key"}, follow=True).text
    assert Resource.objects.get().key == "new-key"
    for key in ("old-key", "wrong-key", "new-key"):
        assert key not in page + answer.text


def test_only_administrators_replace_keys(client, db):
    client.force_login(UserFactory())
    assert client.get(reverse("replace_key", args=[ResourceFactory().pk])).status_code == 403


def test_the_list_tells_how_each_resource_is(administrator, monkeypatch):
    ResourceFactory(name="Well", answered_at=timezone.now())
    ResourceFactory(name="Ill", trouble="The service answered 503.", failures=3)
    ResourceFactory(name="New")
    monkeypatch.setattr(connection.quota, "shared", lambda *_: None)
    page = administrator.get(reverse("resources")).text
    for words in ("Answers", "Does not answer", "Not asked yet", "answered 503", "3 tries"):
        assert words in page


def test_the_quota_in_use_is_what_was_taken(settings, db, tmp_path):
    import subprocess
    import time

    place = tmp_path / "b.sock"
    command = ["redis-server", "--port", "0", "--unixsocket", str(place), "--save", ""]
    try:
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    except FileNotFoundError:
        pytest.skip("no Redis server binary here")
    try:
        for _ in range(50):
            if place.exists():
                break
            time.sleep(0.1)
        settings.CELERY_BROKER_URL = f"unix://{place}"
        row = ResourceFactory()
        assert connection.quota_used(row) == "0 / 90"
        budget = quota.shared(settings.CELERY_BROKER_URL, 90, 10.0)
        for _ in range(3):
            assert budget.wait(f"resource:{row.pk}", 1)
        assert connection.quota_used(row) == "3 / 90"
        assert connection.quota_used(ResourceFactory(is_local=True)) == ""
    finally:
        server.terminate()
        server.wait(10)
    assert connection.quota_used(row) == ""


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:8000", "http://localhost", "http://10.1.2.3", "http://[::1]:9",
        "http://169.254.169.254", "http://168.63.129.16", "http://[::ffff:169.254.169.254]",
        "http://100.100.100.200", "ftp://1.1.1.1", "http://user@1.1.1.1",
    ],
)  # fmt: skip
def test_no_resource_has_an_address_inside(settings, db, address):
    with pytest.raises(Unreachable):
        REAL_CHECK(address)
    settings.ALLOW_PRIVATE_ADDRESSES = True
    is_private = any(part in address for part in ("127.0.0.1", "localhost", "10.1.2.3", "[::1]"))
    if is_private:
        REAL_CHECK(address)
    else:
        with pytest.raises(Unreachable):
            REAL_CHECK(address)


def test_addresses_inside_are_refused_on_adding_and_later(administrator, monkeypatch):
    monkeypatch.setattr(connection, "check_address", REAL_CHECK)
    values = {"name": "In", "address": "http://169.254.169.254", "key": "k", "api_version": "3.2"}
    assert "private network" in administrator.post(reverse("new_resource"), values).text
    assert not Resource.objects.exists()
    with pytest.raises(Unreachable, match="private network"):
        connection.client(ResourceFactory(address="http://127.0.0.1:1"))
    with connection.client(ResourceFactory(address="http://127.0.0.1:1", is_local=True)):
        pass
    REAL_CHECK("https://1.1.1.1")


def test_secrets_are_encrypted_anew(settings, db):
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings.FIELD_KEYS = [old]
    ResourceFactory(key="first")
    Channel.objects.create(name="T", kind="webhook", address="https://x.test", secret="second")
    settings.FIELD_KEYS = [new]
    with pytest.raises(CommandError, match="FIELD_KEYS"):
        call_command("rotate_keys")
    settings.FIELD_KEYS = [new, old]
    for _ in range(2):
        out = StringIO()
        call_command("rotate_keys", stdout=out)
        assert "3 secrets" in out.getvalue()
    settings.FIELD_KEYS = [new]
    assert Resource.objects.get().key == "first"
    assert Channel.objects.get().secret == "second"
    with database.cursor() as cursor:
        cursor.execute("SELECT key FROM training_resource")
        assert "first" not in cursor.fetchone()[0]
