"""The aligner's path is monotone, complete, and the best there is."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from localspeech.engine import lexicon
from localspeech.engine.acoustic import aligner, features, graph, scores, viterbi
from localspeech.engine.acoustic.graph import NO_WORD

few = settings(max_examples=20)
WORDS = "a the eye of read either herring bollard harbour strengths".split(" ")


def net_of(base, words):
    known = lexicon.dictionary()
    numbers = {name: number for number, name in enumerate(base.phones.names)}
    spoken = [[tuple(numbers[p] for p in one.split()) for one in known[word]] for word in words]
    return graph.build(base, spoken)


def check(net, path, words):
    """Each phone runs through its states in order, and each word is there once, in order."""
    assert path.states[0] == 0
    assert path.states[-1] == 2
    assert path.phones[0] in net.starts
    assert path.phones[-1] in net.ends
    steps = zip(path.phones, path.states, path.phones[1:], path.states[1:], strict=False)
    for phone, state, after, state_after in steps:
        inside = after == phone and 0 <= state_after - state <= 1
        onwards = (state, state_after) == (2, 0) and phone in net.exits[net.entry[after]]
        assert inside or onwards
    said = net.words[path.phones]
    said = said[said != NO_WORD]
    assert list(dict.fromkeys(said.tolist())) == list(range(words))
    assert (np.diff(said) >= 0).all()


@few
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8), st.integers(0, 2**31))
def test_a_path_is_monotone_and_complete_whatever_the_scores(base, words, seed):
    net = net_of(base, words)
    frames = 3 * sum(max(len(one.split()) for one in lexicon.dictionary()[w]) for w in words)
    likelihoods = np.random.default_rng(seed).normal(0, 20, (frames, net.senones.size))
    columns = np.arange(net.senones.size).reshape(net.senones.shape)
    path = viterbi.best_path(net, likelihoods.astype(np.float32), columns)
    check(net, path, len(words))


@few
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6))
def test_real_speech_has_a_path_for_any_text(base, spoken, words):
    net = net_of(base, words)
    senones, columns = np.unique(net.senones, return_inverse=True)
    likelihoods = scores.of_senones(base, features.streams(spoken[0]), senones)
    path = viterbi.best_path(net, likelihoods, columns.reshape(net.senones.shape))
    check(net, path, len(words))


@few
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3), st.integers(0, 2**31))
def test_no_other_path_is_better(base, words, seed):
    net, chance = net_of(base, words), np.random.default_rng(seed)
    columns = np.arange(net.senones.size).reshape(net.senones.shape)
    other = _some_path(net, chance)
    likelihoods = chance.normal(0, 5, (len(other[0]), net.senones.size)).astype(np.float32)
    best = viterbi.best_path(net, likelihoods, columns)
    assert _worth(net, best, likelihoods) >= _worth(net, viterbi.Path(*other), likelihoods) - 1e-4


def _some_path(net, chance):
    """A walk through the graph, taking any turn."""
    after = {}
    for phone, junction in enumerate(net.entry):
        for before in net.exits[junction]:
            after.setdefault(int(before), []).append(phone)
    phones, states, phone = [], [], int(chance.choice(net.starts))
    while True:
        for state in range(3):
            stays = int(chance.integers(1, 4))
            phones += [phone] * stays
            states += [state] * stays
        if phone in net.ends and (phone not in after or chance.random() < 0.5):
            return np.array(phones), np.array(states)
        phone = int(chance.choice(after[phone]))


def _worth(net, path, likelihoods):
    total = net.cost[path.phones[0]]
    columns = 3 * path.phones + path.states
    for frame, column in enumerate(columns):
        total += likelihoods[frame, column]
        is_last = frame + 1 == len(columns)
        if not is_last and columns[frame + 1] == column:
            total += net.stay[path.phones[frame], path.states[frame]]
        else:
            total += net.move[path.phones[frame], path.states[frame]]
            if not is_last and path.states[frame] == 2:
                total += net.cost[path.phones[frame + 1]]
    return total


def test_all_of_the_sample_aligns(base, sample_clips):
    clips, sounds, ways = sample_clips
    fits = [
        aligner.align(base, pcm, one.transcript.split(), ways).fit
        for one, pcm in zip(clips, sounds, strict=True)
    ]
    assert min(fits) > -3


@pytest.mark.parametrize(
    ("words", "cut", "reason"),
    [
        ([], None, "no words"),
        (["xyzzy"], None, "'xyzzy', which has no pronunciation"),
        (WORDS, 6000, "too short"),
        (["eye"], 1000, "shorter than a tenth"),
        (["strengths"] * 9, None, "does not sound like"),
    ],
)
def test_what_cannot_be_aligned_says_why(base, spoken, words, cut, reason):
    with pytest.raises(aligner.Unalignable, match=reason):
        aligner.align(base, spoken[0][:cut], words, lexicon.dictionary())


def test_silence_and_noise_are_no_speech(base):
    noise = np.random.default_rng(1).normal(0, 300, 32_000).astype("<i2").tobytes()
    for pcm in (bytes(32_000), noise, bytes(2 * 16_000 * 121)):
        with pytest.raises(aligner.Unalignable):
            aligner.align(base, pcm, ["bollard"], lexicon.dictionary())
