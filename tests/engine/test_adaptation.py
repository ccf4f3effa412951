"""Statistics and what is made of them."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from localspeech.engine.acoustic import (
    aligner,
    comparing,
    corpus,
    delta,
    estimation,
    learning,
    statistics,
    verdict,
)
from localspeech.engine.errors import EngineError
from tests.audio import archive, wav
from tests.engine.conftest import AUDIO


@pytest.fixture(scope="module")
def alignments(base, sample_clips):
    clips, sounds, ways = sample_clips
    return [
        aligner.align(base, pcm, one.transcript.split(), ways)
        for one, pcm in zip(clips[:8], sounds, strict=False)
    ]


def summed(base, alignments):
    sums = statistics.zero(base)
    for one in alignments:
        sums.add(base, one)
    return sums


@settings(max_examples=8)
@given(cuts=st.sets(st.integers(1, 7)))
def test_sums_of_shards_are_the_sums_of_one_pass(base, alignments, tmp_path_factory, cuts):
    folder, total = tmp_path_factory.mktemp("sums"), statistics.zero(base)
    edges = [0, *sorted(cuts), len(alignments)]
    for start, stop in pairwise(edges):
        file = folder / f"{start}.npz"
        file.write_bytes(summed(base, alignments[start:stop]).packed())
        total.merge(statistics.read(base, file))
    whole = summed(base, alignments)
    assert total.frames == whole.frames
    assert np.allclose(total.counts, whole.counts)
    assert np.allclose(total.sums, whole.sums, atol=1e-2)
    assert np.allclose(total.mixtures, whole.mixtures, atol=1e-3)


def test_posteriors_sum_to_the_frames(base, alignments):
    sums = summed(base, alignments)
    for stream in range(3):
        assert sums.counts[:, stream].sum() == pytest.approx(sums.frames, rel=1e-4)
        assert sums.mixtures[stream].sum() == pytest.approx(sums.frames, rel=1e-3)


def test_nothing_heard_changes_nothing(base):
    nothing = statistics.zero(base)
    assert learning.adapted(nothing) is base
    assert np.array_equal(estimation.moved(base, nothing), base.means)
    assert np.allclose(estimation.posterior_means(base.means, nothing), base.means)
    assert np.array_equal(estimation.posterior_weights(base.weights, nothing), base.weights)


def test_what_was_heard_becomes_likelier(base, sample_clips, alignments):
    better = learning.adapted(summed(base, alignments))
    clips, sounds, ways = sample_clips
    for clip, pcm in zip(clips[8:11], sounds[8:11], strict=True):
        before = aligner.align(base, pcm, clip.transcript.split(), ways).fit
        after = aligner.align(better, pcm, clip.transcript.split(), ways).fit
        assert after > before


def test_a_model_is_kept_small_and_comes_back_the_same(base, alignments, tmp_path):
    better = learning.adapted(summed(base, alignments))
    for name in ("a.npz", "b.npz"):
        delta.save(better, tmp_path / name)
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()
    assert (tmp_path / "a.npz").stat().st_size < 2_000_000
    back = delta.load(tmp_path / "a.npz")
    assert np.array_equal(back.weights, better.weights)
    assert np.abs(back.means - better.means).max() < 0.05
    again = learning.adapted(summed(base, alignments))
    assert np.array_equal(again.means, better.means)


def test_damaged_files_are_told(base, tmp_path):
    (tmp_path / "x.npz").write_bytes(b"nonsense")
    with pytest.raises(EngineError, match=r"x\.npz is damaged"):
        delta.load(tmp_path / "x.npz")
    with pytest.raises(EngineError, match=r"x\.npz are damaged"):
        statistics.read(base, tmp_path / "x.npz")


def test_a_clip_that_cannot_be_used_costs_only_itself(tmp_path):
    path = archive(
        tmp_path / "a.zip",
        {"trans.txt": "noise.wav\tthe bollard\nshort.wav\tthe bollard\n",
         "noise.wav": wav(2), "short.wav": wav(0.05)},
    )  # fmt: skip
    clips = corpus.clips([path])
    lesson = learning.learn(clips, [path], corpus.pronunciations(clips, {}, guess=True))
    assert lesson.sums.frames == 0
    assert sorted(lesson.faults.values()) == [
        "does not sound like its transcript", "is shorter than a tenth of a second",
    ]  # fmt: skip
    with pytest.raises(EngineError, match="None of the 2 clips"):
        verdict.check_any(clips, lesson.faults)


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, 99)), min_size=1, unique=True))
def test_a_speaker_is_in_one_fold(takes):
    names = [(0, f"{who}_{number}.wav") for who, number in takes]
    folds = corpus._folds(names)
    found = corpus.speakers(names)
    if found is not None:
        assert len(set(zip(found, folds, strict=True))) == len(set(found))
    assert set(folds) <= set(range(corpus.MOST_FOLDS))


def test_who_speaks_is_read_from_folders_or_names():
    assert corpus.speakers([(0, "ann/1.wav"), (0, "ann/2.wav"), (0, "bo/1.wav"), (0, "bo/2.wav")])
    assert corpus.speakers([(0, "a-1.wav"), (0, "a-2.wav"), (0, "b-1.wav"), (0, "b-2.wav")]) == [
        "a", "a", "b", "b",
    ]  # fmt: skip
    assert corpus.speakers([(0, "01.wav"), (0, "02.wav"), (0, "03.wav")]) is None


@given(st.lists(st.floats(1, 200), min_size=1, max_size=400))
def test_pieces_cover_every_clip_once(lengths):
    clips = [
        corpus.Clip(0, str(n), "a", seconds, n * corpus.MOST_FOLDS // len(lengths))
        for n, seconds in enumerate(lengths)
    ]
    cut = corpus.pieces(clips)
    assert [one for piece in cut for one in range(piece.start, piece.stop)] == list(
        range(len(clips))
    )
    for piece in cut:
        assert {clip.fold for clip in clips[piece.start : piece.stop]} == {piece.fold}


def test_the_better_model_is_kept_and_said_so():
    clips = [corpus.Clip(0, f"{n}.wav", "five words are in here", 60.0, n % 4) for n in range(10)]
    better = verdict.conclude(clips, {}, comparing.Comparison(10, 50, 20, 15))
    assert (better.kept, better.adapted_word_error_rate) == ("adapted", 0.3)
    assert "30.0% instead of 40.0%" in better.sentence
    for errors in (20, 21):
        worse = verdict.conclude(clips, {2: "is odd"}, comparing.Comparison(10, 50, 20, errors))
        assert worse.kept == "base"
        assert "acoustic model was kept: adapted to 9.0 minutes" in worse.sentence
        assert "1 of 10 clips could not be aligned" in worse.sentence
        assert worse.unaligned == (("2.wav", "is odd"),)
    many = verdict.conclude(
        clips * 1000, dict.fromkeys(range(9000), "is odd"), comparing.Comparison(300, 9999, 9, 9999)
    )
    assert len(many.sentence) <= 256
    assert len(many.unaligned) == verdict.MOST_FAULTS
    assert comparing.chosen(clips[:7], {}) == []
    assert "too little audio" in verdict.conclude(clips[:7], {}, None).sentence


def test_the_clips_to_compare_are_some_of_those_that_aligned():
    clips = corpus.clips([AUDIO])
    found = comparing.chosen(clips, {0, 5})
    assert found == sorted(set(range(len(clips))) - {0, 5})
    many = [corpus.Clip(0, f"{n}.wav", "a b c d e", 30.0, n % 4) for n in range(100)]
    assert len(comparing.chosen(many, {})) == 10
