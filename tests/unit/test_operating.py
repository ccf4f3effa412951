"""docs/operating.md tells of what there is, all of it, and nothing else."""

import os
import re
import subprocess
import sys
from types import SimpleNamespace

import pytest
import yaml
from django.core.management import call_command

from studio.management.commands import run
from studio.supervisor import commands
from tests.e2e.server import ROOT

TEXT = (ROOT / "docs" / "operating.md").read_text()
# Read by gunicorn itself.
ELSEWHERE = {"WEB_CONCURRENCY"}
# Without a provider, what belongs to it is not read.
COMPANY = {
    "OIDC_SERVER_URL": "https://login.example",
    "OIDC_CLIENT_ID": "studio",
    "OIDC_CLIENT_SECRET": "none",
}


def test_the_table_holds_every_setting(tmp_path):
    code = "from studio import env, settings; print(*env.NAMES)"
    read = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True,
        env={**os.environ, "STUDIO_DATA": str(tmp_path), **COMPANY},
    ).stdout.split()  # fmt: skip
    table = TEXT.partition("\n## Settings")[2].partition("\n## ")[0]
    told = re.findall(r"^\| `([A-Z0-9_]+)`", table, re.M)
    assert sorted(told) == sorted({*read, *ELSEWHERE})


@pytest.mark.django_db
def test_alerts_use_figures_that_there_are(monkeypatch):
    from studio import metrics

    monkeypatch.setattr(metrics, "_signs", list)
    found = metrics.exposition().decode()
    rules = yaml.safe_load(re.search(r"```yaml\n(.+?)```", TEXT, re.S).group(1))
    used = {
        name
        for rule in rules["groups"][0]["rules"]
        for name in re.findall(r"studio_\w+", rule["expr"])
    }
    assert len(used) >= 8
    missing = {name for name in used if f"# TYPE {name} gauge" not in found}
    assert missing <= {"studio_queue_messages"}  # of the broker, which this test has none of


def test_links_lead_somewhere():
    for name in ("README.md", *map(str, sorted((ROOT / "docs").rglob("*.md")))):
        text = (ROOT / name).read_text()
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", text):
            assert ((ROOT / name).parent / target).exists(), target
        heads = {
            re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-")
            for head in re.findall(r"^#+ (.+)$", text, re.M)
        }
        assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= heads


@pytest.mark.parametrize("part", ["web", "default-worker", "engine-worker", "beat"])
def test_a_unit_becomes_its_process(monkeypatch, part):
    became = SimpleNamespace()
    monkeypatch.setattr(run.connections, "close_all", lambda: None)
    monkeypatch.setattr(run.os, "execve", lambda path, command, _: vars(became).update(c=command))
    call_command("run", part)
    own = {"web": "studio.wsgi:application", "beat": "studio.beat"}
    expected = own.get(part, part.partition("-")[0])
    assert any(expected in one for one in became.c)
    assert became.c[0] == commands.beat()[0]
