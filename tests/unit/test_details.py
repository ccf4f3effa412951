"""The forms in which a test's utterances come."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training import details
from training.details import Said


def phrases(*best, **more):
    return json.dumps({"recognizedPhrases": [{"nBest": [one]} for one in best], **more}).encode()


def test_our_own_form_with_operations_with_a_reference_alone_and_with_texts_alone():
    operations = [["equal", "a", "a"]]
    side = {"text": "a", "operations": operations}
    rows = [
        {"file": "1.wav", "reference": "a", "model1": side, "model2": side},
        {"file": "2.wav", "reference": "a", "model1": {"text": "b"}, "model2": {"text": "a"}},
        {"file": "3.wav", "model1": {"text": "b"}, "model2": {"text": ""}},
    ]
    found = details.own(json.dumps(rows).encode())
    assert [one.file for one in found] == ["1.wav", "2.wav", "3.wav"]
    assert found[0].operations == (operations, operations)
    assert found[1].operations == ([["substitute", "a", "b"]], operations)
    assert (found[2].texts, found[2].operations) == (("b", ""), ([], []))


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"[1]", b"no json", b'[{"file": "a"}]', b'[{"model1": {}, "model2": 3}]',
     b'[{"model1": {"text": "a"}, "model2": {}}]', b"\xff\xfe", b"null"],
)  # fmt: skip
def test_any_other_form_is_not_ours(content):
    assert details.own(content) == []


def test_names_say_which_clip_and_which_model():
    assert details.clip_and_model("a.b.wav.model2_score.json") == ("a.b.wav", 2)
    assert details.clip_and_model("A.WAV.Model1_Score.json") == ("A.WAV", 1)
    assert details.clip_and_model("a.wav.model3_score.json") is None
    assert details.clip_and_model("model1_score.json") is None
    assert details.model_of("Model 2 (lexical).txt") == 2
    assert details.model_of("model1.txt") == 1
    assert details.model_of("transcript.txt") is None


def test_the_words_of_a_score_are_read_from_its_lexical_form():
    best = {"lexical": "moor here", "display": "Moor here.", "scoringResult": "x"}
    assert details.transcription(phrases(best, {"lexical": "now"}, source="a.wav")) == (
        "a.wav", "moor here now",
    )  # fmt: skip


def test_without_it_they_are_read_from_the_marked_words():
    marked = (
        "moor,<substitution>hear</substitution>,<deletion>at the</deletion>,"
        "<insertion>now</insertion>"
    )
    assert details.transcription(phrases({"scoringResult": marked})) == ("", "moor hear now")


def test_a_batch_transcription_has_its_text_by_channel():
    whole = [{"channel": 0, "lexical": "moor here"}, {"channel": 1, "display": "Aye."}]
    content = json.dumps({"source": "https://x.test/a.wav", "combinedRecognizedPhrases": whole})
    assert details.transcription(content.encode()) == ("https://x.test/a.wav", "moor here Aye.")


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"{", b'{"values": []}', b"\x00"])
def test_what_is_no_transcription_says_so(content):
    assert details.transcription(content) is None


@given(st.recursive(st.none() | st.integers() | st.text(max_size=5),
                    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
                        st.sampled_from(["recognizedPhrases", "nBest", "lexical", "text", "model1",
                                         "model2", "operations", "scoringResult"]), inner,
                        max_size=4), max_leaves=12))  # fmt: skip
def test_no_content_breaks_the_readers(body):
    content = json.dumps(body).encode()
    details.own(content)
    details.transcription(content)
    details.lines(content)


def test_what_no_database_keeps_is_left_out():
    best = {"lexical": "moor\0 \ud800here \U0001f600"}
    assert details.transcription(phrases(best)) == ("", "moor ?here \U0001f600")
    assert details.lines(b"a.wav\tmoor\0here") == {"a.wav": "moorhere"}
    assert details.own(b"[" * 100_000) == []


def test_lines_hold_a_file_and_its_text():
    assert details.lines("\ufeffa.wav\tmoor here\n\nno tab\n b.wav \t\n".encode()) == {
        "a.wav": "moor here", "b.wav": "",
    }  # fmt: skip


def test_texts_come_in_the_order_of_the_dataset_with_what_was_said():
    said = {"b.wav": Said("sub/B.wav", "moor here"), "a.wav": Said("a.wav", "all clear")}
    found = details.assembled({"a.wav": "all", "z.wav": "aye"}, {"B.WAV": "more here"}, said)
    assert [(one.file, one.reference, one.texts) for one in found] == [
        ("sub/B.wav", "moor here", ("", "more here")),
        ("a.wav", "all clear", ("all", "")),
        ("z.wav", "", ("aye", "")),
    ]
    assert found[0].operations[1][0] == ["substitute", "moor", "more"]
    assert found[2].operations == ([], [])
