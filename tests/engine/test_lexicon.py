"""Lexicons: written, read, merged."""

from hypothesis import given, settings
from hypothesis import strategies as st

from localspeech.engine import lexicon

PHONES = ("AA", "B", "K", "S", "T", "IY", "NG", "ZH")
WORDS = st.from_regex(r"[a-z]+('[a-z]+)?", fullmatch=True)
SOUNDS = st.lists(st.sampled_from(PHONES), min_size=1, max_size=6).map(" ".join)
LEXICONS = st.dictionaries(WORDS, st.lists(SOUNDS, min_size=1, max_size=3, unique=True).map(tuple))


@settings(max_examples=100, deadline=None)
@given(LEXICONS)
def test_a_lexicon_comes_back_as_it_was_saved(tmp_path_factory, found):
    path = tmp_path_factory.mktemp("lexicon") / "lexicon.dict"
    lexicon.save(found, path)
    assert lexicon.load(path) == found


@settings(max_examples=100, deadline=None)
@given(LEXICONS, LEXICONS)
def test_given_pronunciations_come_before_the_shipped_ones_and_none_is_lost(base, own):
    lines = list(lexicon.merged(base, own))
    assert len({line.split()[0] for line in lines}) == len(lines)
    found: dict[str, list[str]] = {}
    for line in lines:
        word, _, phones = line.strip().partition(" ")
        found.setdefault(lexicon.without_variant(word), []).append(phones)
    for word in (*base, *own):
        wanted = dict.fromkeys((*own.get(word, ()), *base.get(word, ())))
        assert found[word] == list(wanted)


def test_a_word_may_be_said_in_several_ways():
    assert len(lexicon.dictionary()["read"]) == 2
    new = lexicon.new_words(["read"], {"read": ("R EH D", "R AA D")}, guess=True)
    merged = list(lexicon.merged({"read": ("R EH D", "R IY D")}, new))
    assert merged == ["read R EH D\n", "read(2) R AA D\n", "read(3) R IY D\n"]
