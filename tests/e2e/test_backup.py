"""A backup is rehearsed: a trained model recognises again, on another database, and back."""

import io
import json
import os
import subprocess
import tarfile
import uuid

import pytest
import redis

from studio import broker
from tests.audio import speech
from tests.compose import POSTGRES, postgres_answers
from tests.e2e.person import Person
from tests.e2e.server import Server, free_port
from training.speechapi import types
from training.speechapi.client import SpeechClient

pytestmark = [pytest.mark.e2e, pytest.mark.once, pytest.mark.xdist_group("server")]


def rows_of(archive):
    """Checksums of every part of the database."""
    with tarfile.open(archive) as tar:
        manifest = json.load(tar.extractfile("manifest.json"))
    return {
        name: one["sha256"]
        for name, one in manifest["members"].items()
        if name.startswith("database/")
    }


def trained(server, person):
    """A model that has learnt the sample project's words."""
    project = person.imported_sample()
    models = f"/projects/{project}/models/"
    person.train_sample(project)
    server.wait_for(lambda: person.count(models, 'badge success"') == 1, 120, "the model")


def heard(server):
    """What the trained model hears, asked of the local service."""
    with SpeechClient(server.address, server.local_key, "3.2") as client:
        model = next(iter(client.models()))
        assert model.status == "Succeeded"
        endpoint = client.create_endpoint("Try", "en-US", "", "", model.self_link, False, {})
        server.wait_for(
            lambda: client.get(types.Endpoint, endpoint.self_link).status == "Succeeded", 60
        )
        found = client.get(types.Endpoint, endpoint.self_link)
        audio, said = speech()
        text = client.recognise(found, io.BytesIO(audio)).text
        client.delete(endpoint.self_link)
    assert set(text.split()) & set(said.split())
    return text


def signed_in(server):
    """The administrator of the first server."""
    person = Person(server)
    person.get("/accounts/login/")
    person.post("/accounts/login/", login="ada", password="correct horse 42")
    return person


def answers(url):
    try:
        with redis.Redis.from_url(url) as server:
            return server.ping()
    except redis.ConnectionError:
        return False


@pytest.fixture
def own_redis(tmp_path):
    """A broker for the server on PostgreSQL, where the run brings none."""
    if "REDIS_URL" in os.environ:
        yield os.environ["REDIS_URL"]
        return
    port = free_port()
    options = ["--port", str(port), "--save", "", "--dir", str(tmp_path), "--loglevel", "warning"]
    process = subprocess.Popen([broker.server_binary(), *options])
    url = f"redis://127.0.0.1:{port}/0"
    Server.wait_for(lambda: answers(url), 20)
    yield url
    process.terminate()
    process.wait(20)


def test_a_model_recognises_after_its_backup_is_restored(tmp_path, own_redis, monkeypatch):
    sqlite = {"DATABASE_URL": "", "REDIS_URL": ""}
    with Server(tmp_path / "one", **sqlite) as first:
        person = Person(first)
        person.set_up()
        trained(first, person)
        text = heard(first)
        first.manage("backup", str(tmp_path / "running.tar"))  # the product goes on meanwhile
        assert first.answers() == 200
        first.stop()
        first.manage("backup", str(tmp_path / "one.tar"), "--with-secrets")
    assert first.local_key.encode() not in (tmp_path / "running.tar").read_bytes()
    assert (tmp_path / "one.tar").stat().st_mode & 0o077 == 0

    elsewhere = sqlite
    if postgres_answers():
        monkeypatch.setenv("DATABASE_URL", os.environ.get("DATABASE_URL", f"{POSTGRES}/postgres"))
        elsewhere = {"DATABASE_URL": os.environ["DATABASE_URL"], "REDIS_URL": own_redis}
    with restored(tmp_path / "two", tmp_path / "one.tar", **elsewhere) as second:
        second.manage("backup", str(tmp_path / "two.tar"), "--with-secrets")
        assert rows_of(tmp_path / "two.tar") == rows_of(tmp_path / "one.tar")
        second.start()
        person = signed_in(second)
        assert 'badge success"' in person.get("/projects/1/models/").text
        assert heard(second) == text
        made = person.post(
            "/projects/new/", submission_key=str(uuid.uuid4()), display_name="Second",
            description="", resource="1", locale="en-US",
        )  # fmt: skip
        assert made.url.endswith("/projects/2/datasets/")  # new rows get keys of their own
        second.stop()
        second.manage("backup", str(tmp_path / "three.tar"), "--with-secrets")

    with restored(tmp_path / "three", tmp_path / "three.tar", **sqlite) as third:
        third.manage("backup", str(tmp_path / "four.tar"))
        assert rows_of(tmp_path / "four.tar") == rows_of(tmp_path / "three.tar")
        third.start()
        assert heard(third) == text


class restored(Server):  # noqa: N801  # reads as a word
    """A server that is filled from an archive before it starts."""

    def __init__(self, folder, archive, **environment):
        super().__init__(folder, **environment)
        self.archive = archive

    def __enter__(self):
        self._own_database()
        try:
            self.manage("restore", str(self.archive))
        except subprocess.CalledProcessError as error:
            self._drop_database()
            raise AssertionError(error.stderr) from error
        return self
