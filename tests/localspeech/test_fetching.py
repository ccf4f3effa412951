"""Weights that an operator asks for by model id, from a hub on this machine."""

import hashlib
import json
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests import small_whisper
from tests.e2e.server import ROOT

pytestmark = pytest.mark.once
NAME, COMMIT = "team/small-whisper", "0123456789abcdef0123456789abcdef01234567"


def handler(folder):
    """The hub's answers about one model."""

    class Hub(BaseHTTPRequestHandler):
        def do_HEAD(self):
            self.answer(False)

        def do_GET(self):
            self.answer(True)

        def answer(self, has_body):
            path = self.path.partition("?")[0]
            before = f"/{NAME}/resolve/{COMMIT}/"
            if path.startswith(f"/api/models/{NAME}"):
                self.give(self.listed("/tree/" in path), has_body, "application/json", "")
            elif path.startswith(before) and (folder / path.removeprefix(before)).is_file():
                body = (folder / path.removeprefix(before)).read_bytes()
                self.give(
                    body, has_body, "application/octet-stream", hashlib.sha1(body).hexdigest()
                )
            else:
                self.send_error(404)

        def listed(self, is_tree):
            """The model's files, as a tree or among what is told of the model."""
            if is_tree:
                files = [
                    {"type": "file", "path": one.name, "size": one.stat().st_size, "oid": COMMIT}
                    for one in folder.iterdir()
                ]
                return json.dumps(files).encode()
            names = [{"rfilename": one.name} for one in folder.iterdir()]
            return json.dumps({"id": NAME, "sha": COMMIT, "siblings": names}).encode()

        def give(self, body, has_body, kind, tag):
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("X-Repo-Commit", COMMIT)
            if tag:
                self.send_header("ETag", f'"{tag}"')
            self.end_headers()
            if has_body:
                self.wfile.write(body)

        def log_message(self, *_):
            pass

    return Hub


@pytest.fixture
def hub(tmp_path):
    """The hub's address, and the folder of its one model."""
    pytest.importorskip("ctranslate2", reason="the optional extra whisper is not installed")
    folder = small_whisper.build(tmp_path / "hub")
    (folder / "README.md").write_text("not wanted")
    with ThreadingHTTPServer(("127.0.0.1", 0), handler(folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", folder
        server.shutdown()


def manage(tmp_path, hub, *arguments, **more):
    away = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    environment = {**away, "STUDIO_DATA": str(tmp_path / "data"), "HF_ENDPOINT": hub,
                   "HF_HOME": str(tmp_path / "hf"), **more}  # fmt: skip
    return subprocess.run(
        [sys.executable, "manage.py", "whisper", *arguments], cwd=ROOT, env=environment,
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def test_weights_are_fetched_by_their_id_and_offered(hub, tmp_path):
    address, folder = hub
    fetched = manage(tmp_path, address, "--fetch", NAME)
    assert f"Now set LOCALSPEECH_WHISPER={NAME} and restart." in fetched.stdout, fetched.stderr
    kept = tmp_path / "data" / "whisper" / "team--small-whisper"
    assert (kept / "model.bin").read_bytes() == (folder / "model.bin").read_bytes()
    assert not (kept / "README.md").exists()
    told = manage(tmp_path, address, LOCALSPEECH_WHISPER=NAME)
    sha256 = hashlib.sha256((folder / "model.bin").read_bytes()).hexdigest()
    assert f"SHA-256 of its model.bin: {sha256}" in told.stdout, told.stderr


def test_an_id_that_the_hub_does_not_have_is_told(hub, tmp_path):
    address, _ = hub
    fetched = manage(tmp_path, address, "--fetch", "team/other")
    assert fetched.returncode
    assert "team/other cannot be fetched" in fetched.stderr
    assert "Traceback" not in fetched.stderr
