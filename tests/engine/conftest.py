"""Sound for the engine's tests."""

import io
from pathlib import Path

import pytest

from localspeech.engine import transcripts, wav
from localspeech.engine.acoustic import corpus, model
from tests.audio import speech
from training.services.sample import FOLDER

AUDIO = FOLDER / "test-audio.zip"
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items):
    """The engine knows no database."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker("once")


@pytest.fixture(scope="session")
def base():
    """The acoustic model of the wheel."""
    return model.base()


@pytest.fixture(scope="session")
def spoken():
    """Samples of a real sentence, and its words."""
    data, text = speech()
    return wav.samples_of(io.BytesIO(data), "clip"), text.split()


@pytest.fixture(scope="session")
def sample_clips():
    """Clips of the sample with their samples and every way to say their words."""
    clips = corpus.clips([AUDIO])
    sounds = [transcripts.read_pcm(AUDIO, one.file) for one in clips]
    return clips, sounds, corpus.pronunciations(clips, {}, guess=True)
