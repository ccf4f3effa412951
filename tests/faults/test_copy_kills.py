"""kill -9 at every step of a copy: afterwards there is one model at the target, and one row."""

import re

import pytest

from tests.e2e.crashing import CrashingServer
from tests.e2e.person import Person

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("server")]

PLACES = (
    "training.look.listed",
    "training.copy.claimed",
    "training.copy.permitted",
    "training.copy.before_post",
    "training.copy.after_post",
    "training.copy.before_commit",
    "localspeech.copy.before_commit",
)


def test_a_copy_survives_kills(tmp_path):
    with CrashingServer(tmp_path, PLACES) as server:
        person = Person(server)
        person.set_up()
        project = person.imported_sample()
        here = f"/projects/{project}"
        person.train_sample(project)
        server.wait_for(
            lambda: person.count(f"{here}/models/", 'badge success"') == 1, 240, "the model"
        )
        page = person.get("/resources/local/").text
        person.post("/resources/local/", name="Second", submission_key=hidden_key(page))
        page = person.get(f"{here}/models/copy/?pk=1").text
        second = re.search(r'name="new" value="(\d+)"', page).group(1)
        copy = {
            "pk": "1", "submission_key": hidden_key(page), "display_name": "Harbour copy",
            "new": second, f"name-{second}": "Copies",
        }  # fmt: skip
        person.post(f"{here}/models/copy/?pk=1", **copy)
        server.wait_for(lambda: person.count(f"{here}/models/1/", "Copied<") == 1, 120, "the copy")
        assert server.has_crashed_everywhere()
        target = re.search(r'id="copy-project-1" href="([^"]+)"', person.get(
            f"{here}/models/1/").text).group(1)  # fmt: skip
        listed = person.get(f"{target}models/").text
        assert listed.count('id="custommodel-link-') == 1
        assert listed.count("Harbour copy") >= 1
        counted = server.manage(
            "shell", "--no-imports", "-c",
            "from localspeech.models import CustomModel as M, StoredFile as F, CopyOperation as O;"
            "print(M.objects.count(), O.objects.count())",
        )  # fmt: skip
        assert counted.split() == ["2", "1"]


def hidden_key(page):
    """The key of the form of a page."""
    return re.search(r'name="submission_key" value="([^"]+)"', page).group(1)
