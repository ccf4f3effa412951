"""Whisper on a model of some kilobytes: real loading, decoding, rescoring and keeping."""

import json
import shutil

import numpy as np
import pytest

from localspeech.engine import counts, estimation, interpolation, ngram, trie
from localspeech.engine.errors import EngineError
from localspeech.engine.sentences import gather
from localspeech.engine.training import Source
from localspeech.engine.whisper import context
from localspeech.engine.whisper.features import log_mel
from localspeech.engine.whisper.rescoring import LanguageScore
from localspeech.engine.whisper.weights import Weights
from tests import small_whisper

pytest.importorskip("ctranslate2", reason="the optional extra whisper is not installed")
from localspeech.engine.whisper.decoding import BEAM, Hypothesis, Network
from localspeech.engine.whisper.family import Whisper
from localspeech.engine.whisper.recognition import Adaptation

NAME = "20261110 Whisper"
TEXT = "Moor at the Quillmarsh quay\nThe Quillmarsh ferry leaves the north pier\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return small_whisper.build(tmp_path_factory.mktemp("whisper") / "weights")


@pytest.fixture(scope="module")
def network(folder):
    return Network(folder)


@pytest.fixture
def whisper(folder, tmp_path):
    return Whisper(Weights(folder, tmp_path / "record"))


@pytest.fixture
def text(tmp_path):
    path = tmp_path / "text.txt"
    path.write_text(TEXT)
    return [Source("Language", path)]


def noise(seconds, seed=0):
    heard = np.random.default_rng(seed).normal(0, 3000, int(seconds * 16_000))
    return heard.astype("<i2").tobytes()


def test_a_tone_lies_in_its_band_and_what_follows_is_silence():
    tone = 8000 * np.sin(2 * np.pi * 1000 * np.arange(16_000) / 16_000)
    heard = log_mel(tone.astype("<i2").tobytes(), 80)
    assert heard.shape == (80, 3000)
    # 15 of 45.2 mels lie below 1 kHz: the 27th of 82 corners.
    assert heard[:, 50].argmax() in {25, 26, 27}
    assert np.ptp(heard[:, 200:]) == 0


def test_readings_come_likeliest_first_and_spell_figures_out(network):
    found = network.hypotheses(network.hear(noise(2)))
    likelihoods = [one.log_probability for one in found]
    assert 1 < len(found) <= BEAM
    assert likelihoods == sorted(likelihoods, reverse=True)
    assert not any("7" in one.text for one in found)


def test_the_context_reaches_the_network(network):
    heard = network.hear(noise(2))
    told = network.vocabulary.encode("kittiwake bollard fog")
    assert len(told) == 3
    assert network.hypotheses(heard, told) != network.hypotheses(heard)


def test_utterances_do_not_touch_each_other(whisper):
    recogniser, clips = whisper.recogniser(None), [noise(1, seed) for seed in range(4)]
    forward = [recogniser.recognise(clip) for clip in clips]
    assert forward == [recogniser.recognise(clip) for clip in clips[::-1]][::-1]
    assert len(set(forward)) > 1


def test_silence_and_scraps_give_no_words(whisper):
    recogniser = whisper.recogniser(None)
    assert recogniser.recognise(b"") == recogniser.recognise(bytes(32_000)) == ""
    assert recogniser.words(noise(0.05)) == []


def test_words_stand_in_order_also_in_long_audio(whisper):
    recogniser, pcm = whisper.recogniser(None), noise(45)
    words = recogniser.words(pcm)
    assert " ".join(one.text for one in words) == recogniser.recognise(pcm)
    assert all(0 <= one.start <= one.end <= 45 for one in words)
    assert [one.start for one in words] == sorted(one.start for one in words)
    assert words[-1].start > 30


def test_a_model_keeps_its_own_part_alone_and_is_heard_with(whisper, text, tmp_path):
    report = whisper.train(text, NAME, 70, tmp_path / "model", None)
    assert (report.sentence_count, report.new_words, report.weight_percent) == (2, {}, 70)
    files = {one.name: one.stat().st_size for one in (tmp_path / "model").iterdir()}
    assert set(files) == {"model.json", "counts.npz", "context.txt"}
    assert sum(files.values()) < 10_000
    assert whisper.recogniser(tmp_path / "model").recognise(noise(1))


def test_weight_0_is_the_networks_own_choice(whisper, text, tmp_path):
    whisper.train(text, NAME, 0, tmp_path / "model", None)
    custom, base = whisper.recogniser(tmp_path / "model"), whisper.recogniser(None)
    for seed in range(3):
        assert custom.recognise(noise(1, seed)) == base.recognise(noise(1, seed))


def test_the_weight_decides_between_sound_and_domain():
    counted = counts.count(gather([["moor", "at", "the", "bollard"]] * 5))
    readings = [
        Hypothesis((1,), "More at the ballad.", -5.0),
        Hypothesis((2,), "Moor at the bollard.", -6.5),
    ]
    chosen = [
        Adaptation(LanguageScore(counted, weight), ()).best(readings, ()).tokens[0]
        for weight in (0, 0.3, 1)
    ]
    assert chosen == [1, 2, 2]


def test_a_reading_that_the_context_cut_short_is_not_taken():
    adapted = Adaptation(LanguageScore(counts.count(gather([["moor"]])), 1), ())
    plain = [Hypothesis((1,), "More at the ballad now.", -20.0)]
    for text in ("Moor.", "Moor moor moor moor moor moor moor"):
        assert adapted.best(plain, [Hypothesis((2,), text, -1.0)]) == plain[0]
    told = Hypothesis((2,), "Moor at the ballad.", -19.0)
    assert adapted.best(plain, [told]) == told


def test_the_gain_is_that_of_the_interpolated_model(monkeypatch):
    general = counts.count(gather([["the", "tide", "turns"], ["the", "fog", "turns"]]))
    base = estimation.estimate(general, general.words)
    monkeypatch.setattr(trie, "base", lambda: base)
    domain = counts.count(gather([["the", "tide", "turns"]]))
    score = LanguageScore(domain, 0.4)
    custom = estimation.estimate(domain, base.words)
    mixed = interpolation.interpolate(base, custom, 0.4)
    ids = np.array([base.words.index(one) for one in ("<s>", "the", "tide", "turns", "</s>")])
    expected = [
        model.bigram(ids[:1], ids[1:2]).sum() + model.trigram(ids[:-2], ids[1:-1], ids[2:]).sum()
        for model in (mixed, base)
    ]
    assert score.gain(["the", "tide", "turns"]) == pytest.approx(expected[0] - expected[1])
    assert score.gain(["the", "unheard", "tide"]) > ngram.NEVER


def test_the_network_is_told_rare_words_as_they_are_written():
    found = context.chosen(["The Skerrow tide.", "Skerrow, and the tide", "Zymurg-Alley"])
    assert found[0] == "Skerrow"
    assert {"the", "The", "and"}.isdisjoint(found)


def test_a_model_of_other_weights_is_refused(whisper, text, tmp_path):
    whisper.train(text, NAME, 30, tmp_path / "model", None)
    other = small_whisper.build(tmp_path / "other", seed=2)
    with pytest.raises(EngineError, match="other Whisper weights"):
        Whisper(Weights(other, tmp_path / "other-record")).recogniser(tmp_path / "model")


def test_weights_that_changed_are_refused(folder, tmp_path):
    copied = tmp_path / "weights"
    shutil.copytree(folder, copied)
    weights = Weights(copied, tmp_path / "record")
    assert weights.known() == ""
    first = weights.checked()
    assert weights.known() == first
    (copied / "model.bin").write_bytes((copied / "model.bin").read_bytes() + b"!")
    with pytest.raises(EngineError, match=r"model\.bin has changed.*Put the former file back"):
        weights.checked()
    with pytest.raises(EngineError, match="LOCALSPEECH_WHISPER_SHA256 says"):
        Weights(folder, tmp_path / "unused", "0" * 64).checked()
    assert Weights(folder, tmp_path / "unused", first).checked() == first


def test_weights_that_are_no_whisper_are_refused(folder, tmp_path):
    copied = tmp_path / "weights"
    shutil.copytree(folder, copied)
    (copied / "model.bin").write_bytes(b"nonsense")
    with pytest.raises(EngineError, match="cannot be loaded"):
        Network(copied)
    shutil.copy(folder / "model.bin", copied)
    (copied / "tokenizer.json").write_text(json.dumps({"version": "1.0"}))
    with pytest.raises(EngineError, match=r"tokenizer\.json .*damaged"):
        Network(copied)
    (copied / "config.json").unlink()
    assert "lacks config.json" in str(Weights(copied, tmp_path / "record").fault())


def test_data_without_a_sentence_teaches_nothing(whisper, tmp_path):
    empty = tmp_path / "empty.txt"
    empty.write_text("...\n")
    with pytest.raises(EngineError, match="nothing that a model can learn"):
        whisper.train([Source("Language", empty)], NAME, None, tmp_path / "model", None)
