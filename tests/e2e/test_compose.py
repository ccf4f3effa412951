"""The team's set-up: every service of docker-compose.yml, and the main job on it."""

import base64
import os
import re
import secrets
import uuid

import psutil
import pytest
import requests

from tests.compose import OURS, POSTGRES, Stack, postgres_answers
from tests.e2e.person import Person

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.once,
    pytest.mark.xdist_group("server"),
    pytest.mark.skipif(not postgres_answers(), reason=f"no PostgreSQL answers at {POSTGRES}"),
]
UNITS = {"M": 1024**2, "G": 1024**3}
TEXT = "the pilot boards the ferry at the northern mole\n" * 30


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    with Stack(
        tmp_path_factory.mktemp("compose") / "stack",
        SECRET_KEY=secrets.token_urlsafe(64),
        FIELD_KEYS=base64.urlsafe_b64encode(os.urandom(32)).decode(),
        LOCALSPEECH_KEY=secrets.token_hex(32),
        POSTGRES_PASSWORD="none",
    ) as running:
        yield running


def files_of(folder):
    return {path for path in folder.rglob("*") if path.is_file()}


def uploaded(person, project, text):
    """A dataset of a person's own text, sent by the forms of the wizard."""
    key = {"submission_key": str(uuid.uuid4())}
    started = person.post(f"/projects/{project}/datasets/new/", kind="Language", **key)
    draft = re.search(r"/projects/\d+/uploads/\d+/", started.url).group()
    person.post(f"{draft}files/", files={"file": ("pilots.txt", text.encode())})
    named = re.search(r'name="(name_\d+)"', person.get(f"{draft}name/").text).group(1)
    person.post(f"{draft}name/", **{named: "Pilots"})
    person.post(f"{draft}review/")


def test_the_main_job_on_the_services_of_the_file(stack):
    stack.wait_healthy()
    for name in ("postgres", "redis"):
        assert stack.health(name).returncode == 0
    before = files_of(stack.app)
    person = Person(stack)
    person.set_up()
    project = person.load_sample()
    uploaded(person, project, TEXT)
    datasets = f"/projects/{project}/datasets/"
    stack.wait_for(lambda: person.count(datasets, 'badge success"') >= 4, 120, stack.log("web"))
    person.train_sample(project, add_test="on")
    models = f"/projects/{project}/models/"
    stack.wait_for(lambda: person.count(models, 'badge success"') >= 1, 180, "no model")
    tests = f"/projects/{project}/tests/"
    stack.wait_for(lambda: person.count(tests, 'badge success"') >= 1, 240, "no test")
    path = re.search(rf'href="({tests}\d+/)"', person.get(tests).text).group(1)
    rates = [float(one) for one in re.findall(r'big-number">(\d+\.\d)%', person.get(path).text)]
    assert rates[0] < rates[1] / 2, rates
    assert requests.get(f"{stack.address}/readyz", timeout=10).json()["failing"] == []
    assert files_of(stack.app) == before  # its disk is read-only in the container
    for name in OURS:
        assert '"level": "error"' not in stack.log(name)
        assert used(stack, name) < limit(stack, name)


def used(stack, name):
    """Bytes of memory that a service's processes hold together."""
    process = psutil.Process(stack.processes[name].pid)
    family = [process, *process.children(recursive=True)]
    return sum(one.memory_full_info().pss for one in family)


def limit(stack, name):
    """What the file allows, in bytes."""
    text = stack.services[name]["deploy"]["resources"]["limits"]["memory"]
    return int(text[:-1]) * UNITS[text[-1]]


@pytest.mark.parametrize("name", OURS)
def test_a_health_check_fails_once_its_service_has_stopped(stack, name):
    stack.wait_healthy()
    assert stack.stop(name) == 0
    try:
        assert stack.health(name).returncode == 1, stack.health(name).stdout
    finally:
        stack._start(name)
