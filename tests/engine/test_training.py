"""Training really changes what is recognised."""

import pytest

from localspeech.engine import transcripts
from localspeech.engine.errors import EngineError
from localspeech.engine.preparation import prepare
from localspeech.engine.recognition import Recogniser
from localspeech.engine.releases import BASE_MODELS
from localspeech.engine.scoring import score
from localspeech.engine.training import Source, train
from training.services.sample import FOLDER

NEWEST = BASE_MODELS[-1].name
AUDIO = FOLDER / "test-audio.zip"


@pytest.fixture(scope="module")
def clips():
    """Some utterances of the sample and their sound."""
    chosen = transcripts.test_set(AUDIO)[:8]
    return [(one, transcripts.read_pcm(AUDIO, one.file)) for one in chosen]


@pytest.fixture(scope="module")
def base():
    return Recogniser(prepare(None, FOLDER))


def rate(recogniser, clips):
    rows = [(one.file, one.transcript, recogniser.recognise(pcm)) for one, pcm in clips]
    return score(rows)[0].word_error_rate


def test_the_sample_lowers_the_word_error_rate(tmp_path, base, clips):
    sources = [
        Source("Language", FOLDER / "related-text.txt"),
        Source("Pronunciation", FOLDER / "pronunciation.txt"),
    ]
    report = train(sources, NEWEST, 70, tmp_path / "model")
    assert "skelwick" in report.new_words
    custom = Recogniser(prepare(tmp_path / "model", tmp_path / "cache"))
    assert rate(custom, clips) < rate(base, clips) / 2
    assert sum(f.stat().st_size for f in (tmp_path / "model").iterdir()) < 1_000_000


def test_an_utterance_is_recognised_alike_in_any_order(base, clips):
    forward = [base.recognise(pcm) for _, pcm in clips]
    backward = [base.recognise(pcm) for _, pcm in reversed(clips)]
    assert forward == backward[::-1]


def test_silence_and_scraps_give_no_words(base):
    assert base.recognise(b"") == ""
    assert base.recognise(bytes(1000)) == ""


def test_an_older_release_does_not_guess_pronunciations(tmp_path):
    text = tmp_path / "text.txt"
    text.write_text("the quizzlewick sat\n")
    older = train([Source("Language", text)], BASE_MODELS[1].name, None, tmp_path / "a")
    newer = train([Source("Language", text)], NEWEST, None, tmp_path / "b")
    assert (older.new_words, older.unpronounceable_words) == ({}, ("quizzlewick",))
    assert set(newer.new_words) == {"quizzlewick"}
    assert newer.weight_percent == 30


def test_a_model_that_is_damaged_is_told_apart(tmp_path):
    text = tmp_path / "text.txt"
    text.write_text("the ferry\n")
    train([Source("Language", text)], NEWEST, 30, tmp_path / "model")
    (tmp_path / "model" / "counts.npz").write_bytes(b"nonsense")
    with pytest.raises(EngineError, match="damaged"):
        prepare(tmp_path / "model", tmp_path / "cache")


def test_scores_count_each_kind_of_error():
    total, rows = score(
        [
            ("a", "The cat sat.", "the cat sat"),
            ("b", "one two three", "one too three four"),
            ("c", "gone", ""),
        ]
    )
    assert (total.substitutions, total.insertions, total.deletions) == (1, 1, 1)
    assert total.word_error_rate == pytest.approx(3 / 7)
    assert total.sentence_error_rate == pytest.approx(2 / 3)
    assert ("delete", "gone", None) in rows[2].operations
