"""Reading, estimating, interpolating and writing trigram models."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pocketsphinx import NGramModel

from localspeech.engine import bits, counts, estimation, interpolation, ngram, sentences, trie

SENTENCES = [line.split() for line in ("moor at the bollard", "the kittiwake sat", "moor the boat")]


@pytest.fixture(scope="module")
def merged():
    """The base model with a few sentences of another world."""
    counted = counts.count(sentences.gather(SENTENCES, ["zzyzx"]))
    grown = ngram.covering(trie.base(), counted.words)
    return interpolation.interpolate(grown, estimation.estimate(counted, grown.words), 0.3)


def ids(model, *words):
    return [np.array([model.words.index(word)]) for word in words]


def test_the_shipped_model_has_the_size_it_is_known_for():
    base = trie.base()
    assert (base.size, len(base.k2), len(base.k3)) == (72_547, 2_051_541, 1_669_625)


@pytest.mark.parametrize("history", [("the",), ("moor", "at"), ("of", "the"), ("zzyzx",)])
def test_probabilities_of_a_history_sum_to_one(merged, history):
    everything = np.flatnonzero(np.array(merged.words) != "<s>")
    given_ids = [np.full(len(everything), i[0]) for i in ids(merged, *history)]
    method = merged.trigram if len(history) == 2 else merged.bigram
    assert np.exp(method(*given_ids, everything)).sum() == pytest.approx(1, abs=1e-6)


def test_own_text_becomes_likelier_and_new_words_possible(merged):
    base = trie.base()
    phrase = ("moor", "the", "boat")
    assert merged.trigram(*ids(merged, *phrase)) > base.trigram(*ids(base, *phrase)) + 1
    assert merged.p1[ids(merged, "zzyzx")[0]] > np.log(1e-4)


def test_pocketsphinx_reads_what_we_write(merged, tmp_path):
    path = tmp_path / "merged.lm.bin"
    trie.write(merged, path)
    again = trie.read(path)
    assert again.words == merged.words
    assert (again.k3 == merged.k3).all()
    theirs = NGramModel.readfile(str(path))
    for phrase in (("moor", "at", "the"), ("one", "of", "the"), ("sat",), ("the", "kittiwake")):
        method = (None, lambda i: merged.p1[i], merged.bigram, merged.trigram)[len(phrase)]
        ours = method(*ids(merged, *phrase))[0]
        assert theirs.prob(list(reversed(phrase))) * np.log(1.0001) == pytest.approx(ours, abs=0.01)


def test_counts_are_kept_on_disk(tmp_path):
    counted = counts.count(sentences.gather(SENTENCES))
    counted.save(tmp_path / "counts.npz")
    again = counts.load(tmp_path / "counts.npz")
    assert again.words == counted.words
    assert (again.trigrams == counted.trigrams).all()
    assert dict(zip(counted.words, counted.unigrams.tolist(), strict=True))["moor"] == 2


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2**17 - 1), st.integers(0, 2**16 - 1)), min_size=1))
def test_bits_come_back(rows):
    fields = [np.array(column, np.int64) for column in zip(*rows, strict=True)]
    packed = np.frombuffer(bits.pack(fields, (17, 16)), np.uint8)
    for ours, again in zip(fields, bits.unpack(packed, len(rows), (17, 16)), strict=True):
        assert (ours == again).all()
