"""Secrets do not reach the log."""

import pytest

from studio.logs import mask_secrets


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
