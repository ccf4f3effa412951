"""kill -9 at every step of submission, poll, import, training and testing.

Each place kills its process once, all in one journey: afterwards there is exactly one of
everything, in its right state. A mail that was under way when its process died may come twice,
then with the same Message-ID: no mail server can be asked whether it has it.
"""

import pytest

from tests.e2e.crashing import CrashingServer
from tests.e2e.person import Person
from tests.post import running_post

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("server")]

PLACES = (
    "training.submit.claimed",
    "training.submit.before_post",
    "training.submit.after_post",
    "training.submit.recorded",
    "training.poll.listed",
    "training.poll.recorded",
    "training.description.before_commit",
    "localspeech.import.claimed",
    "localspeech.import.before_commit",
    "localspeech.train.claimed",
    "localspeech.train.before_commit",
    "localspeech.train.after_commit",
    "localspeech.shard.claimed",
    "localspeech.shard.before_commit",
    "localspeech.evaluation.before_finish",
    "training.check.before_commit",
    "training.analysis.before_commit",
    "training.dispatch.claimed",
    "training.dispatch.recorded",
)


def test_nothing_is_lost_or_doubled_by_kills(tmp_path):
    with (
        running_post() as post,
        CrashingServer(tmp_path, PLACES, **post.environment) as server,
    ):
        person = Person(server)
        person.set_up(email="ada@studio.test")
        project = person.imported_sample()
        here = f"/projects/{project}"
        person.train_sample(project, add_test="on")
        server.wait_for(
            lambda: person.count(f"{here}/tests/", 'badge success"') == 1, 240, "the test"
        )
        assert person.count(f"{here}/models/", 'id="custommodel-link-') == 1
        assert person.count(f"{here}/models/", 'badge success"') == 1
        assert person.count(f"{here}/tests/", 'id="evaluation-link-') == 1
        server.wait_for(lambda: len(post.received) >= 5, 60, "mail")
        server.wait_for(lambda: person.count(f"{here}/tests/1/", "1–25 of 28"), 60, "utterances")
        assert server.has_crashed_everywhere()
        told = {mail["Message-ID"]: mail["Subject"] for mail in post.received}
        assert len(told) == len(set(told.values())) == 5, told
        assert _on_the_service(server) == {"datasets": 3, "models": 1, "evaluations": 1}


def _on_the_service(server):
    import requests

    key = (server.folder / "data" / "secrets" / "localspeech_key").read_text()
    found = {}
    for kind in ("datasets", "models", "evaluations"):
        answer = requests.get(
            f"{server.address}/speechtotext/v3.2/{kind}",
            headers={"Ocp-Apim-Subscription-Key": key},
            timeout=10,
        )
        rows = answer.json()["values"]
        assert {row["status"] for row in rows} == {"Succeeded"}
        found[kind] = len(rows)
    return found
