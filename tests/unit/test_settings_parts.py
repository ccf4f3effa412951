"""Readers of the environment, generated secrets, the database and the broker's address."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from studio import broker, env
from studio.database import database
from studio.secretfiles import kept_secret


def test_a_malformed_number_stops_the_start_and_names_itself(monkeypatch):
    monkeypatch.setenv("PORT", "80a")
    with pytest.raises(ImproperlyConfigured, match="PORT must be a whole number"):
        env.integer("PORT", 8000)


@pytest.mark.parametrize(("text", "value"), [("yes", True), ("0", False), ("", True)])
def test_yes_and_no(monkeypatch, text, value):
    monkeypatch.setenv("SWITCH", text)
    assert env.boolean("SWITCH", default=True) is value


@pytest.mark.parametrize("value", ["", "/srv/weights", "Systran/faster-whisper-base.en"])
def test_weights_are_a_folder_or_a_model_id(monkeypatch, value):
    monkeypatch.setenv("WEIGHTS", value)
    assert env.weights("WEIGHTS") == value


@pytest.mark.parametrize("value", ["weights", "../weights", "a/b/c"])
def test_other_weights_stop_the_start(monkeypatch, value):
    monkeypatch.setenv("WEIGHTS", value)
    with pytest.raises(ImproperlyConfigured, match="WEIGHTS must be an absolute path"):
        env.weights("WEIGHTS")


def test_a_sha256_is_64_digits(monkeypatch):
    monkeypatch.setenv("SUM", "AB" * 32)
    assert env.sha256("SUM") == "ab" * 32
    monkeypatch.setenv("SUM", "ab")
    with pytest.raises(ImproperlyConfigured, match="SUM must be 64 hexadecimal digits"):
        env.sha256("SUM")


def test_a_secret_can_lie_in_a_file(monkeypatch, tmp_path):
    (tmp_path / "key").write_text("hidden\n")
    monkeypatch.setenv("TOKEN_FILE", str(tmp_path / "key"))
    assert env.text("TOKEN") == "hidden"


def test_a_generated_secret_stays_the_same_and_private(tmp_path):
    first = kept_secret(tmp_path, "SOME_SECRET", lambda: "one")
    assert kept_secret(tmp_path, "SOME_SECRET", lambda: "two") == first == "one"
    assert (tmp_path / "some_secret").stat().st_mode & 0o077 == 0


def test_a_database_url_of_another_kind_is_refused(tmp_path):
    with pytest.raises(ImproperlyConfigured, match="postgresql://"):
        database("mysql://host/name", tmp_path)


def test_postgresql_parts_are_unquoted(tmp_path):
    found = database("postgresql://u%40x:p%2Fw@db:5433/studio", tmp_path)
    assert (found["USER"], found["PASSWORD"]) == ("u@x", "p/w")
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db", "5433", "studio")


def test_a_long_data_folder_still_gives_a_socket_path_that_fits(tmp_path):
    assert len(str(broker.socket_path(tmp_path / ("x" * 120)))) <= 107


def test_redis_url_wins(tmp_path):
    assert broker.broker_url("redis://elsewhere/1", tmp_path) == "redis://elsewhere/1"
    assert broker.broker_url("", tmp_path).startswith("redis+socket://")
