"""How a training goes and what became of its audio, on the model's page."""

import pytest

from tests.factories import CustomModelFactory, UserFactory

SENTENCE = "The acoustic model was adapted to 9.3 minutes of audio."


@pytest.fixture
def page(client, db):
    client.force_login(UserFactory())

    def shown(told, **fields):
        row = CustomModelFactory(raw={"customProperties": told}, **fields)
        return client.get(row.get_absolute_url()).text

    return shown


def test_a_running_training_shows_its_phase_and_what_is_left(page):
    told = {
        "trainingPhase": "1 of 3: aligning audio with its transcripts",
        "trainingPercent": "25",
        "trainingSecondsLeft": "340",
    }
    text = page(told, status="Running")
    assert "Training, phase 1 of 3: aligning audio with its transcripts" in text
    assert 'value="25"' in text
    assert "about 6 min left in this phase, as measured so far" in text
    assert "Training, phase" not in page(told, status="Succeeded")


def test_a_phase_without_figures_invents_none(page):
    text = page({"trainingPhase": "3 of 3: learning words"}, status="Running")
    assert "3 of 3: learning words" in text
    assert "<progress" not in text


def test_a_finished_model_says_what_became_of_its_audio(page):
    assert SENTENCE in page({"trainingOutcome": SENTENCE}, status="Succeeded")
    assert "What the training found" not in page({}, status="Succeeded")


@pytest.mark.parametrize(
    "told", [{"trainingPhase": 5}, {"trainingPhase": "x", "trainingPercent": "many"}, [], None]
)
def test_odd_answers_do_no_harm(page, told):
    assert "<progress" not in page(told, status="Running")
