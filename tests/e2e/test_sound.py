"""A training with audio by the dashboard, with workers killed at every step of it."""

import re

import pytest

from tests.e2e.crashing import CrashingServer
from tests.e2e.person import Person

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("server")]

PLACES = ("localspeech.learn.claimed", "localspeech.learn.before_commit",
          "localspeech.adapt.before_compare")  # fmt: skip


def test_audio_adapts_the_model_and_the_page_says_what_was_kept(tmp_path):
    with CrashingServer(tmp_path, PLACES) as server:
        person = Person(server)
        person.set_up()
        project = person.imported_sample()
        here = f"/projects/{project}"
        person.train_sample(project, with_sound=True)
        phases = set()

        def done():
            phases.update(re.findall(r"Training, phase (\d)", person.get(f"{here}/models/1/").text))
            return person.count(f"{here}/models/", 'badge success"') == 1

        server.wait_for(done, 400, "the model")
        page = person.get(f"{here}/models/1/").text
        assert "What the training found" in page
        assert "on 28 clips (233 words) that it had not learned from" in page
        assert {"1", "2"} <= phases
        assert server.has_crashed_everywhere()
        assert person.count(f"{here}/models/", 'id="custommodel-link-') == 1
