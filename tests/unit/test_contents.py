"""What a file says, as the check counts it."""

import pytest

from tests.audio import archive, wav
from training.validation.checks import check
from training.validation.contents import Contents, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Moor, at the ship’s bollard!", ["moor", "at", "the", "ship's", "bollard"]),
        ("3rd (Café)", ["3rd", "café"]),
        ("...", []),
    ],
)
def test_words_without_case_and_punctuation(text, found):
    assert words(text) == found


def test_equal_sentences_have_equal_marks():
    contents = Contents()
    first = contents.sentence("Moor here.")
    assert first == contents.sentence("moor HERE")
    assert first != contents.sentence("moor there")
    assert contents.sentence("?") == 0
    assert contents.facts() == {"word_count": 6, "vocabulary_size": 3, "repeated_sentences": 1}


def facts(tmp_path, kind, content):
    path = tmp_path / "file"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    report = check(kind, path, "en-US")
    return report, report.as_json()["facts"]


def test_repeated_lines_are_a_fact_and_no_warning(tmp_path):
    report, found = facts(tmp_path, "Language", "Moor here\nmoor here!\nwww.x.test\n")
    assert found == {"word_count": 7, "vocabulary_size": 5, "repeated_sentences": 1}
    assert report.warnings == 1


def test_structured_text_is_counted_and_patterns_are_not_compared(tmp_path):
    text = "@ list ship =\n- the Kittiwake\n# S\n- call {@ship}\n- moor here\n"
    report, found = facts(tmp_path, "LanguageMarkdown", text)
    assert found == {"word_count": 5, "vocabulary_size": 5, "repeated_sentences": 0}
    assert len(report.contents.sentences) == 1


def test_pronunciations_count_words(tmp_path):
    _, found = facts(tmp_path, "Pronunciation", "Ormsay\torm say\normsay\torm see\n")
    assert found == {"word_count": 2, "vocabulary_size": 1}


def clips(tmp_path, transcript):
    files = {"t.txt": transcript, "a.wav": wav(seed=1), "b.wav": wav(seed=1), "c.wav": wav(seed=2)}
    return archive(tmp_path / "made.zip", files).read_bytes()


@pytest.mark.parametrize(
    ("second", "message"),
    [
        ("Moor here", "The file holds the same audio as a.wav."),
        ("moor there", "The file holds the same audio as a.wav, with another text."),
    ],
)
def test_a_repeated_clip_is_a_warning(tmp_path, second, message):
    made = clips(tmp_path, f"a.wav\tmoor here\nb.wav\t{second}\nc.wav\tmoor here\n")
    report, found = facts(tmp_path, "Acoustic", made)
    assert [one.message for one in report.findings] == [message]
    assert found["repeated_clips"] == 1
    assert len(report.contents.clips) == len(report.contents.sentences) == 3


def test_audio_alone_is_compared_too(tmp_path):
    report, found = facts(tmp_path, "AudioFiles", clips(tmp_path, "x"))
    assert [one.file for one in report.findings] == ["b.wav"]
    assert found == {"repeated_clips": 1}


def test_a_faulty_text_does_not_hide_a_faulty_clip(tmp_path):
    files = {"t.txt": "a.wav\twww.x.test\n", "a.wav": wav(channels=2)}
    report, _ = facts(tmp_path, "Acoustic", archive(tmp_path / "m.zip", files).read_bytes())
    assert [one.file for one in report.findings][:2] == ["t.txt", "a.wav"]
