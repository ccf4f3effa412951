"""What a backup holds, and every reason to refuse one."""

import io
import json
import os
import sqlite3
import subprocess
import sys
import tarfile

import pytest

from studio.backup import Refused, archive
from tests.e2e.server import ROOT

pytestmark = pytest.mark.once


class Place:
    """A data folder, and manage.py on it."""

    def __init__(self, folder, **environment):
        self.data = folder
        self.environment = {
            **{name: value for name, value in os.environ.items() if name != "BROKER_URL"},
            "STUDIO_DATA": str(folder), "DATABASE_URL": "", "REDIS_URL": "", **environment,
        }  # fmt: skip

    def manage(self, *arguments, fails=False):
        """What a command says."""
        ended = subprocess.run(
            [sys.executable, "manage.py", *map(str, arguments)], cwd=ROOT, env=self.environment,
            capture_output=True, timeout=120,
        )  # fmt: skip
        assert (ended.returncode != 0) is fails, ended.stderr.decode()
        return ended.stderr.decode() if fails else ended.stdout

    def tables(self):
        """Names of the tables, if there are any."""
        path = self.data / "studio.sqlite3"
        if not path.exists():
            return []
        with sqlite3.connect(path) as database:
            return database.execute("SELECT name FROM sqlite_master").fetchall()


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """A server's data with a file of each kind."""
    place = Place(tmp_path_factory.mktemp("source") / "data")
    place.manage("prepare")
    for name in ("uploads/datasets/ä b.txt", "localspeech/models/x/lm.bin", "cache/big"):
        (place.data / name).parent.mkdir(parents=True, exist_ok=True)
        (place.data / name).write_bytes(name.encode() * 100)
    return place


@pytest.fixture(scope="module")
def saved(source, tmp_path_factory):
    path = tmp_path_factory.mktemp("saved") / "backup.tar"
    source.manage("backup", path, "--with-secrets")
    return path


@pytest.fixture
def target(tmp_path):
    return Place(tmp_path / "target")


def changed(saved, path, change):
    """A copy of the archive whose members went through `change`."""
    with tarfile.open(saved) as old, tarfile.open(path, "w") as new:
        for info in old:
            for name, data in change(info.name, old.extractfile(info).read()):
                info.name, info.size = name, len(data)
                new.addfile(info, io.BytesIO(data))
    return path


def sealed(manifest, **changes):
    """A manifest with other facts and a seal that fits."""
    facts = {**json.loads(manifest), **changes}
    facts.pop("seal")
    return json.dumps({**facts, "seal": archive._seal(facts)}).encode()


def test_files_come_back_and_caches_stay_away(saved, source, target):
    said = target.manage("restore", saved).decode()
    assert "is restored" in said
    for name in ("uploads/datasets/ä b.txt", "localspeech/models/x/lm.bin"):
        assert (target.data / name).read_bytes() == (source.data / name).read_bytes()
    assert not (target.data / "cache/big").exists()
    for name in ("field_keys", "localspeech_key", "secret_key"):
        made = (target.data / "secrets" / name).read_text()
        assert made == (source.data / "secrets" / name).read_text()
    assert not (target.data / "restoring").exists()


def test_a_backup_can_go_through_a_pipe_and_holds_no_secret(source, tmp_path):
    path = tmp_path / "piped.tar"
    path.write_bytes(source.manage("backup", "-"))
    manifest = archive.verified(path)
    assert manifest["secrets"] == []
    content = path.read_bytes()
    for file in (source.data / "secrets").iterdir():
        assert file.read_bytes() not in content
    resource = next(iter(manifest["tables"]["training.resource"]["columns"]))
    assert resource


def test_a_key_is_carried_as_it_is_stored(source, saved):
    with sqlite3.connect(source.data / "studio.sqlite3") as database:
        (stored,) = database.execute("SELECT key FROM training_resource").fetchone()
    with tarfile.open(saved) as tar:
        line = tar.extractfile("database/training.resource/000001.jsonl").read().decode()
    assert stored.startswith("gAAAA")
    assert stored in line


def test_what_exists_is_not_replaced(saved, source, target):
    assert "exists already" in source.manage("backup", saved, fails=True)
    assert "is not empty (it has" in source.manage("restore", saved, fails=True)
    (target.data / "uploads").mkdir(parents=True)
    (target.data / "uploads" / "a.txt").write_text("mine")
    assert "uploads is not empty" in target.manage("restore", saved, fails=True)
    assert (target.data / "uploads" / "a.txt").read_text() == "mine"


def test_other_secrets_are_told(source, tmp_path, target):
    path = tmp_path / "without.tar"
    source.manage("backup", path)
    said = target.manage("restore", path, fails=True)
    assert "FIELD_KEYS is not the one that the backup was made with" in said
    assert target.tables() == []
    for name in ("field_keys", "localspeech_key"):
        (target.data / "secrets" / name).write_text((source.data / "secrets" / name).read_text())
    assert b"is restored" in target.manage("restore", path)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda name, data: [(name, data[:-1] + b"?" if name.endswith("lm.bin") else data)],
         "lm.bin is not what was saved"),
        (lambda name, data: [] if "resource/" in name else [(name, data)],
         "training.resource/000001.jsonl is not what was saved"),
        (lambda name, data: [] if name == "manifest.json" else [(name, data)], "ends before its"),
        (lambda name, data: [(name, data.replace(b'"rows": 1', b'"rows": 2')
          if name == "manifest.json" else data)], "its manifest is not what was saved"),
        (lambda name, data: [(name, data), ("files/uploads/../../x", b"evil")]
         if name == "manifest.json" else [(name, data)], "which a backup does not"),
        (lambda name, data: [(name, sealed(data, version="99.0"))
         if name == "manifest.json" else (name, data)], "made by version 99.0"),
        (lambda name, data: [(name, sealed(data, format=9))
         if name == "manifest.json" else (name, data)], "made by a newer version"),
        (lambda name, data: [(name, sealed(data, migrations={"training": "9999_later"}))
         if name == "manifest.json" else (name, data)], "whose tables this version"),
    ],
)  # fmt: skip
def test_a_damaged_or_newer_archive_changes_nothing(saved, tmp_path, target, change, said):
    path = changed(saved, tmp_path / "changed.tar", change)
    assert said in target.manage("restore", path, fails=True)
    assert target.tables() == []
    assert not (target.data / "uploads").exists()


def test_a_failure_on_the_way_is_undone(saved, tmp_path, target):
    """A row that points nowhere is found only once it is in the table."""

    def without_types(name, data):
        if name == "manifest.json":
            members = json.loads(data)["members"]
            for one in [one for one in members if "contenttype/" in one]:
                del members[one]
            tables = json.loads(data)["tables"]
            tables["contenttypes.contenttype"]["rows"] = 0
            return [(name, sealed(data, members=members, tables=tables))]
        return [] if "contenttype/" in name else [(name, data)]

    path = changed(saved, tmp_path / "changed.tar", without_types)
    assert "IntegrityError" in target.manage("restore", path, fails=True)
    assert target.tables() == []
    assert not (target.data / "restoring").exists()
    assert b"is restored" in target.manage("restore", saved)


def test_half_an_archive_and_none(saved, tmp_path):
    (tmp_path / "text.tar").write_text("hello" * 500)
    with pytest.raises(Refused):
        archive.verified(tmp_path / "text.tar")
    whole = saved.read_bytes()
    for end in range(0, len(whole) - 20_000, 4_099):  # inside of every kind of member
        (tmp_path / "half.tar").write_bytes(whole[:end])
        with pytest.raises(Refused):
            archive.verified(tmp_path / "half.tar")
    assert archive.verified(saved)["format"] == 1
