"""The weight that held-back text proposes."""

import json
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from localspeech.engine import counts, sentences, trie, weighing
from localspeech.engine.releases import BASE_MODELS, DEFAULT_WEIGHT_PERCENT
from localspeech.engine.training import Source, train

NEWEST = BASE_MODELS[-1].name
SHIPS = ("kittiwake", "marram", "skelwick", "ormsay", "bollard")
PLACES = ("north pier", "fish quay", "slipway", "outer harbour")


def harbour(count):
    """Sentences of a narrow domain, many of them alike."""
    chance = random.Random(1)
    return [
        f"moor the {chance.choice(SHIPS)} at the {chance.choice(PLACES)} by {number % 60} minutes"
        for number in range(count)
    ]


def general(count):
    """Sentences as the base model itself would say them, by its pairs of words."""
    base, chance = trie.base(), np.random.default_rng(1)
    begin, end = (base.words.index(mark) for mark in (sentences.BEGIN, sentences.END))
    found = []
    while len(found) < count:
        said = [begin]
        while said[-1] != end and len(said) < 20:
            low, high = np.searchsorted(base.k2, [said[-1] * base.size, (said[-1] + 1) * base.size])
            shares = np.exp(base.p2[low:high])
            said.append(chance.choice(base.k2[low:high] % base.size, p=shares / shares.sum()))
        found.append(" ".join(base.words[one] for one in said[1:] if one != end))
    return [one for one in found if one]


def gathered(texts):
    return sentences.gather([one.split() for one in texts])


def test_a_narrow_domain_counts_more_than_what_the_base_would_say_itself():
    narrow = weighing.propose(gathered(harbour(200)), trie.base())
    broad = weighing.propose(gathered(general(150)), trie.base())
    assert narrow.weight_percent > 2 * broad.weight_percent
    assert narrow.held_back.perplexity < narrow.held_back.base_perplexity / 3


def test_little_text_proposes_nothing_however_often_it_is_repeated():
    assert weighing.propose(gathered(harbour(10) * 30), trie.base()) is None
    assert weighing.propose(sentences.gather([], ["skelwick"]), trie.base()) is None


def test_a_proposal_is_the_same_every_time():
    text = gathered(harbour(100))
    assert weighing.propose(text, trie.base()) == weighing.propose(text, trie.base())


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(st.sampled_from("abcd"), min_size=1, max_size=4), min_size=1))
def test_equal_sentences_have_equal_hashes_and_parts_keep_them_whole(texts):
    found = sentences.gather(texts)
    hashes = found.hashes().tolist()
    assert len(set(hashes)) == len({tuple(one) for one in texts})
    is_chosen = found.hashes() % 2 == 0
    chosen, rest = found.part(is_chosen), found.part(~is_chosen)
    assert chosen.count + rest.count == found.count == len(texts)
    assert chosen.word_count + rest.word_count == sum(map(len, texts))
    both = counts.count(chosen).unigrams + counts.count(rest).unigrams
    assert (both == counts.count(found).unigrams).all()


@pytest.fixture
def source(tmp_path):
    (tmp_path / "text.txt").write_text("\n".join(harbour(200)))
    return Source("Language", tmp_path / "text.txt")


def test_training_takes_the_proposal_unless_a_weight_is_given(tmp_path, source):
    chosen = train([source], NEWEST, None, tmp_path / "a")
    assert chosen.weight_percent not in (DEFAULT_WEIGHT_PERCENT, 0)
    assert f"Weight {chosen.weight_percent}%, chosen on held-back text" in chosen.outcome
    kept = json.loads((tmp_path / "a" / "model.json").read_text())
    assert kept["weight_percent"] == chosen.weight_percent
    assert kept["held_back"]["words"] == chosen.held_back.words
    given_one = train([source], NEWEST, 7, tmp_path / "b")
    assert (given_one.weight_percent, given_one.held_back, given_one.outcome) == (7, None, "")


def test_training_twice_makes_the_same_files(tmp_path, source):
    for name in ("a", "b"):
        train([source], NEWEST, None, tmp_path / name)
    for file in (tmp_path / "a").iterdir():
        assert file.read_bytes() == (tmp_path / "b" / file.name).read_bytes(), file.name
