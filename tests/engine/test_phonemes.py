"""The phoneme family, with the network that its package carries."""

import os
import shutil

import numpy as np
import pytest

from localspeech.engine import (
    counts,
    estimation,
    interpolation,
    ngram,
    sentences,
    transcripts,
    trie,
)
from localspeech.engine.dictionary import dictionary
from localspeech.engine.errors import EngineError
from localspeech.engine.phonemes import arpa, network
from localspeech.engine.releases import PHONEMES_RELEASE
from localspeech.engine.scoring import score
from localspeech.engine.training import MODEL_FILE, Source
from tests import environment
from tests.engine.conftest import AUDIO
from training.services.sample import FOLDER

pytest.importorskip("flashlight", reason="the optional extra phonemes is not installed")
pytestmark = pytest.mark.xdist_group("phonemes")  # what they build is built once


@pytest.fixture(scope="module")
def phonemes():
    from localspeech.engine.phonemes.family import Phonemes

    return Phonemes(environment.DATA / "cache")


@pytest.fixture(scope="module")
def clips():
    """Some clips of the sample, and their samples."""
    chosen = transcripts.test_set(AUDIO)[:6]
    return [(one, transcripts.read_pcm(AUDIO, one.file)) for one in chosen]


def errors(recogniser, clips):
    rows = [(one.file, one.transcript, recogniser.recognise(pcm)) for one, pcm in clips]
    return score(rows)[0].word_error_rate


def trained(family, folder, weight):
    sources = [
        Source("Language", FOLDER / "related-text.txt"),
        Source("Pronunciation", FOLDER / "pronunciation.txt"),
    ]
    return family.train(sources, PHONEMES_RELEASE.name, weight, folder, None)


def test_the_network_knows_every_phone_of_the_dictionary():
    used = {
        phone for variants in dictionary().values() for one in variants for phone in one.split()
    }
    assert used == set(network.PHONES)


def test_each_frame_is_shared_out_among_the_tokens(clips):
    heard = network.Network().hear(clips[0][1])
    seconds = len(clips[0][1]) / 32_000
    assert heard.shape == (pytest.approx(seconds / network.FRAME_SECONDS, abs=2), 41)
    assert np.exp(heard).sum(axis=1).max() <= 1 + 1e-4


def test_text_and_pronunciations_bring_the_domains_words(phonemes, clips, tmp_path):
    report = trained(phonemes, tmp_path / "model", None)
    assert report.held_back is not None
    assert "kittiwake" in report.new_words
    adapted = phonemes.recogniser(tmp_path / "model")
    assert errors(adapted, clips) < errors(phonemes.recogniser(None), clips) / 2
    assert any("kittiwake" in adapted.recognise(pcm) for _, pcm in clips)
    kept = sum(file.stat().st_size for file in (tmp_path / "model").iterdir())
    assert kept < 100_000


def test_words_stand_in_order_also_in_long_audio(phonemes, clips):
    recogniser = phonemes.recogniser(None)
    pcm = b"".join(pcm for _, pcm in (*clips, *clips[:2]))
    found = recogniser.words(pcm)
    places = [place for word in found for place in (word.start, word.end)]
    assert places == sorted(places)
    assert places[-1] <= len(pcm) / 32_000 + 2 * network.FRAME_SECONDS
    assert recogniser.recognise(pcm) == " ".join(word.text for word in found)


def test_utterances_do_not_touch_each_other(phonemes, clips):
    recogniser = phonemes.recogniser(None)
    first = [recogniser.recognise(pcm) for _, pcm in clips[:4]]
    assert [recogniser.recognise(pcm) for _, pcm in reversed(clips[:4])] == first[::-1]


def test_silence_and_scraps_give_no_words(phonemes):
    recogniser = phonemes.recogniser(None)
    for pcm in (b"", bytes(64_000), b"\x01\x02\x03", bytes(3_000)):
        assert recogniser.recognise(pcm) == ""
        assert recogniser.words(pcm) == []


def test_the_search_asks_the_interpolated_model(tmp_path):
    from flashlight.lib.text.decoder.kenlm import KenLM
    from flashlight.lib.text.dictionary import Dictionary

    text = sentences.gather([["moor", "at", "the", "kittiwake"], ["the", "ferry", "left"]])
    counted = counts.count(text)
    grown = ngram.covering(trie.base(), counted.words)
    mixed = interpolation.interpolate(grown, estimation.estimate(counted, grown.words), 0.5)
    arpa.write(mixed, tmp_path / "language.arpa")
    said = ["moor", "at", "the", "kittiwake", "ferry", "of"]
    known = Dictionary()
    for word in (*said, "<unk>"):
        known.add_entry(word)
    language = KenLM(str(tmp_path / "language.arpa"), known)
    state, found = language.start(False), []
    for word in said:
        state, log = language.score(state, known.get_index(word))
        found.append(log * np.log(10))
    ids = np.array([mixed.words.index(one) for one in ("<s>", *said)])
    wanted = [mixed.bigram(ids[:1], ids[1:2]), mixed.trigram(ids[:-2], ids[1:-1], ids[2:])]
    assert found == pytest.approx(np.concatenate(wanted), abs=1e-3)


def test_a_form_that_is_half_written_is_built_anew(phonemes, clips, tmp_path):
    from localspeech.engine.phonemes.family import Phonemes

    wanted = phonemes.recogniser(None).recognise(clips[0][1])
    form = tmp_path / "phonemes-1-base"
    shutil.copytree(environment.DATA / "cache" / form.name, form)
    whole = (form / "language.arpa").stat().st_size
    os.truncate(form / "language.arpa", whole // 2)
    heard = Phonemes(tmp_path).recogniser(None).recognise(clips[0][1])
    assert heard == wanted
    assert (form / "language.arpa").stat().st_size == whole


def test_a_damaged_model_is_told(phonemes, tmp_path):
    trained(phonemes, tmp_path / "model", 30)
    (tmp_path / "model" / MODEL_FILE).unlink()
    with pytest.raises(EngineError, match="lacks its file"):
        phonemes.recogniser(tmp_path / "model")
