"""Which part is not well, and figures, with a real broker."""

import subprocess
import time
from datetime import timedelta

import pytest
import redis
from django.db import DatabaseError, connection
from django.utils import timezone

from studio import broker, heartbeats
from studio.alive import main as alive_main
from studio.front import DIRECT
from tests.factories import CustomModelFactory
from training.models import Resource

PROCESSES = {"default-worker", "engine-worker", "beat", "sweep"}


@pytest.fixture
def url(tmp_path, settings):
    """A broker of this test's own."""
    folder = broker.socket_path(tmp_path).parent
    folder.mkdir(parents=True, exist_ok=True)
    process = subprocess.Popen(broker.server_command(tmp_path))
    settings.CELERY_BROKER_URL = broker.broker_url("", tmp_path)
    server = heartbeats.server(settings.CELERY_BROKER_URL)
    end = time.monotonic() + 30
    while True:
        try:
            server.ping()
            break
        except redis.ConnectionError:
            assert time.monotonic() < end
            time.sleep(0.02)
    yield settings.CELERY_BROKER_URL
    server.close()
    process.terminate()
    process.wait(20)


@pytest.fixture
def alive(url):
    """Every process gives its sign."""
    pulse = heartbeats.Pulse(url)
    for part in PROCESSES:
        pulse.beat(part)
    return pulse


def ready(client, query=""):
    answer = client.get(f"/readyz{query}")
    body = answer.json()
    assert body["ok"] == (answer.status_code == 200)
    return body


@pytest.mark.django_db
def test_all_is_well(client, alive):
    body = ready(client)
    assert body["failing"] == []
    assert body["parts"]["engine-worker"]["running"] == 1


@pytest.mark.django_db
def test_what_gives_no_sign_is_named_and_can_be_left_out(client, alive, url):
    alive.end("beat")
    server = heartbeats.server(url)
    name = next(one for one in server.hkeys(heartbeats.KEY) if one.startswith(b"engine"))
    server.hincrby(heartbeats.KEY, name, -60)
    body = ready(client)
    assert set(body["failing"]) == {"beat", "engine-worker"}
    assert body["parts"]["beat"]["reason"] == "no sign of life"
    assert body["parts"]["engine-worker"]["seconds"] >= 60
    assert ready(client, "?exclude=beat&exclude=engine-worker")["ok"]


@pytest.mark.django_db
def test_a_broker_that_is_gone(client, tmp_path, settings):
    settings.CELERY_BROKER_URL = broker.broker_url("", tmp_path / "nowhere")
    body = ready(client)
    assert set(body["failing"]) == {"broker", *PROCESSES}


@pytest.mark.django_db
def test_a_database_that_is_gone(client, alive, monkeypatch):
    def gone():
        raise DatabaseError("password=geheim1")

    monkeypatch.setattr(connection, "cursor", gone)
    answer = client.get("/readyz")
    assert set(answer.json()["failing"]) == {"database", "polls"}
    assert "geheim1" not in answer.text
    assert client.get("/livez").status_code == 200


@pytest.mark.django_db
def test_work_that_no_service_answers_for(client, alive):
    long_ago = timezone.now() - timedelta(hours=1)
    model = CustomModelFactory(status="Running", created_at=long_ago)
    Resource.objects.update(answered_at=long_ago)
    body = ready(client)
    assert body["failing"] == ["polls"]
    assert 3600 <= body["parts"]["polls"]["seconds"] < 3700
    Resource.objects.filter(pk=model.project.resource_id).update(answered_at=timezone.now())
    assert ready(client)["ok"]


@pytest.mark.django_db
def test_figures_are_counted_when_they_are_asked_for(client, alive, url):
    CustomModelFactory(status="Running")
    heartbeats.server(url).rpush("engine", "one", "two")
    answer = client.get("/metrics", **{DIRECT: True})
    assert answer.headers["Content-Type"].startswith("text/plain; version=")
    for line in (
        'studio_objects{kind="custommodel",status="Running"} 1.0',
        'studio_queue_messages{queue="engine"} 2.0',
        'studio_up{part="polls"} 1.0',
        'studio_deadlines{days="30"} 0.0',
        "# TYPE studio_data_free_bytes gauge",
    ):
        assert line in answer.text, answer.text


@pytest.mark.django_db
def test_who_may_ask_for_figures(client, alive, settings):
    assert client.get("/metrics").status_code == 403  # by a proxy
    assert client.get("/metrics", REMOTE_ADDR="10.0.0.9", **{DIRECT: True}).status_code == 403
    settings.METRICS_TOKEN = "scrape"
    assert client.get("/metrics", **{DIRECT: True}).status_code == 403
    assert client.get("/metrics", headers={"Authorization": "Bearer scrape"}).status_code == 200


def test_a_container_asks_for_its_own_part(url, capsys, monkeypatch):
    monkeypatch.setattr("studio.settings.CELERY_BROKER_URL", url)
    assert alive_main("beat") == 1
    heartbeats.Pulse(url).beat("beat")
    assert alive_main("beat") == 0
    assert "beat: last sign 0 s ago" in capsys.readouterr().out


@pytest.mark.django_db
def test_health_is_told_whatever_the_host_and_without_tls(client, alive, settings):
    settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT = ["studio.example"], True
    assert client.get("/readyz", headers={"Host": "10.3.4.5"}).status_code == 200
    assert client.get("/help/", headers={"Host": "10.3.4.5"}).status_code == 400
