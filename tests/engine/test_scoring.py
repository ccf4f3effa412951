"""Word error rate against jiwer's own and against a plain edit distance."""

import jiwer
import pytest
from hypothesis import given
from hypothesis import strategies as st

from localspeech.engine.releases import BASE_MODELS
from localspeech.engine.scoring import score
from localspeech.engine.training import Source, train
from training.services.sample import FOLDER

texts = st.lists(st.sampled_from("moor at the quay bollard berth".split()), min_size=1, max_size=7)
rows = st.lists(st.tuples(texts, st.lists(st.sampled_from("moor at the key".split()), max_size=7)))


def distance(reference, heard):
    """The fewest changes of single words that turn one into the other."""
    before = list(range(len(heard) + 1))
    for place, word in enumerate(reference, 1):
        now = [place]
        for at, other in enumerate(heard, 1):
            now.append(min(before[at] + 1, now[-1] + 1, before[at - 1] + (word != other)))
        before = now
    return before[-1]


@given(rows.filter(bool))
def test_the_rate_is_jiwers_and_no_alignment_is_shorter(said):
    total, each = score([(f"{n}.wav", " ".join(a), " ".join(b)) for n, (a, b) in enumerate(said)])
    references, heard = ([" ".join(one) for one in side] for side in zip(*said, strict=True))
    assert total.word_error_rate == pytest.approx(jiwer.wer(references, heard))
    assert [one.errors for one in each] == [distance(a, b) for a, b in said]


@given(rows.filter(bool))
def test_the_operations_tell_both_texts(said):
    _, each = score([("a.wav", " ".join(a), " ".join(b)) for a, b in said])
    for (reference, heard), one in zip(said, each, strict=True):
        assert [old for _, old, _ in one.operations if old is not None] == reference
        assert [new for _, _, new in one.operations if new is not None] == heard


def test_the_same_data_makes_the_same_model(tmp_path):
    sources = [
        Source("Language", FOLDER / "related-text.txt"),
        Source("Pronunciation", FOLDER / "pronunciation.txt"),
        Source("Acoustic", FOLDER / "test-audio.zip"),
    ]
    made = [tmp_path / name for name in ("one", "two")]
    for folder in made:
        train(sources, BASE_MODELS[-1].name, None, folder)
    one, two = ({file.name: file.read_bytes() for file in folder.iterdir()} for folder in made)
    assert one == two
