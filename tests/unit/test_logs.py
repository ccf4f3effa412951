"""Secrets do not reach the log."""

import pytest
import structlog

from studio import logs
from studio.logs import mask_secrets
from studio.requestlog import ids


@pytest.mark.parametrize(
    "event",
    [
        {"event": "x", "password": "geheim1"},
        {"event": "x", "subscription_key": "geheim1"},
        {"event": "GET / Ocp-Apim-Subscription-Key: geheim1"},
        {"event": "{'Ocp-Apim-Subscription-Key': 'geheim1', 'Accept': '*/*'}"},
        {"event": "https://store.example/a.txt?sv=2024&sig=geheim1&se=2026"},
    ],
)
def test_a_secret_is_masked(event):
    assert "geheim1" not in str(mask_secrets(None, "info", event))


def test_other_words_stay():
    event = {"event": "posted", "kind": "dataset", "reason": "the key is wrong"}
    assert mask_secrets(None, "info", dict(event)) == event


@pytest.mark.parametrize(
    "path",
    [
        "/setup/0123456789abcdef0123456789abcdef/",
        "/speech/calendar/0123456789abcdef0123456789abcdef.ics",
        "/speechtotext/content/0123456789abcdef0123456789abcdef",
        "/accounts/password/reset/key/1-dilf3k-0123456789abcdef0123456789abcdef/",
        "/accounts/oidc/login/callback/?state=x&code=0123456789abcdef0123456789abcdef",
    ],
)
def test_a_path_that_is_a_secret_is_masked(path):
    event = mask_secrets(None, "info", {"event": "request_finished", "request": f"GET {path}"})
    assert "0123456789abcdef" not in event["request"]
    assert event["request"].startswith(f"GET {path[:7]}")


def test_a_ring_of_the_clock_is_no_news():
    drop = logs._quiet({"training.tasks.sweep"})
    event = {"event": "task_succeeded", "task": "training.tasks.sweep"}
    with pytest.raises(structlog.DropEvent):
        drop(None, "info", dict(event))
    for change in ({"event": "task_failed"}, {"task": "training.tasks.submit"}):
        assert drop(None, "info", event | change)


def test_ids_are_bound_and_texts_are_not():
    key = "9d5f4100-5f8e-4dd6-bd83-9bbbf50d57f1"
    given = {"pk": 3, "kind": "dataset", "token": "abc" * 9, "key": key, "step": "name"}
    assert ids(given) == {"pk": 3, "kind": "dataset", "key": key}
