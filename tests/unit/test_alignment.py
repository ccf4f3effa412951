"""What was heard beside what was said."""

from hypothesis import given
from hypothesis import strategies as st

from training.alignment import aligned, mirrored, words

TEXTS = st.lists(st.sampled_from(["moor", "the", "ferry", "it's", "3", "Ä"]), max_size=8).map(
    " ".join
)


def test_words_have_no_capitals_and_no_punctuation():
    assert words("The Ferry's “late”, isn’t it? - No.") == [
        "the", "ferry's", "late", "isn't", "it", "no",
    ]  # fmt: skip
    assert words("'quoted' 3.5 ﬁne") == ["quoted", "3", "5", "fine"]
    assert words("नमस्ते दुनिया") == ["नमस्ते", "दुनिया"]
    assert words("港に入る") == list("港に入る")
    assert words(" - ") == []


def test_each_kind_of_error():
    assert aligned("Moor the ferry", "more the ferry now") == [
        ["substitute", "moor", "more"],
        ["equal", "the", "the"],
        ["equal", "ferry", "ferry"],
        ["insert", None, "now"],
    ]
    assert aligned("a b", "") == [["delete", "a", None], ["delete", "b", None]]
    assert aligned("", "a") == [["insert", None, "a"]]
    assert aligned("", "") == []


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_from_the_alignment(reference, heard):
    found = aligned(reference, heard)
    assert [one[1] for one in found if one[1] is not None] == words(reference)
    assert [one[2] for one in found if one[2] is not None] == words(heard)
    assert all((one[0] == "equal") == (one[1] == one[2]) for one in found)


@given(TEXTS, TEXTS)
def test_the_mirror_holds_the_same_from_the_other_side(reference, heard):
    found = aligned(reference, heard)
    assert mirrored(mirrored(found)) == found
    assert [one[2] for one in mirrored(found)] == [one[1] for one in found]
