"""The check before the upload: each rule has a smallest sample that breaks it."""

import io
import zipfile

import pytest

from tests.audio import archive, wav
from training.validation import sounds
from training.validation.checks import check, fix


def found(tmp_path, kind, content, locale="en-US"):
    path = tmp_path / "file"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return check(kind, path, locale)


@pytest.mark.parametrize(
    ("line", "part", "correction"),
    [
        ("see https://example.com now", "web address", ""),
        ("go to www.example.com", "web address", ""),
        ("a\x07bell", "control character", "abell"),
        ("the ship’s “log”", "U+2019", 'the ship\'s "log"'),
        ("wait — now…", "U+2014", "wait - now..."),
        ("名前", "U+540D", ""),
        ("?!", "has no words", ""),
        ("no no no no no", "repeats", ""),
        ("over and out over and out over and out over and out", "repeats", ""),
        ("aaaargh", "repeats", ""),
        ("x" * 10_001, "longer than 10,000", ""),
    ],
)
def test_a_line_of_text(tmp_path, line, part, correction):
    report = found(tmp_path, "Language", f"in order\n{line}\n")
    assert (report.errors, report.warnings, report.usable) == (0, 1, 1)
    finding = report.findings[0]
    assert finding.line == 2
    assert part in finding.message
    assert finding.correction == correction


@pytest.mark.parametrize(
    ("content", "part", "fixable"),
    [
        (b"", "is empty", False),
        ("moor\n".encode("utf-16"), "UTF-16", True),
        ("caf\u00e9\n".encode("cp1252"), "not UTF-8", True),
        (b"a\0b\n", "binary", False),
        (b"\n\n", "No line", False),
        (b"?\n", "No line", False),
    ],
)
def test_a_whole_text_file(tmp_path, content, part, fixable):
    report = found(tmp_path, "Language", content)
    assert report.errors == 1
    assert part in report.findings[-1].message
    assert report.findings[-1].can_be_fixed is fixable


def test_other_languages_need_a_mark_and_may_have_their_letters(tmp_path):
    report = found(tmp_path, "Language", "größer als über\n", "de-DE")
    assert [one.message for one in report.findings] == [
        "The file has no byte order mark, which text that is not English needs."
    ]
    assert found(tmp_path, "Language", "\ufeffgrößer als über\n", "de-DE").is_clean


@pytest.mark.parametrize(
    ("kind", "line", "part"),
    [
        ("Pronunciation", "bollard", "no tab"),
        ("Pronunciation", "two words\ttoo words", "exactly one word"),
        ("Pronunciation", "bollard\tb0llard", "letters"),
        ("LanguageMarkdown", "plain text", "starts with none"),
        ("LanguageMarkdown", "- Moor at {@berth}", "which does not exist"),
        ("LanguageMarkdown", "# two words", "names a section"),
        ("OutputFormatting", "#itn\n#other", "no section"),
        ("OutputFormatting", "#rewrite\none part", "two parts"),
    ],
)
def test_lines_of_other_kinds(tmp_path, kind, line, part):
    good = {
        "Pronunciation": "ormsay\torm say\n",
        "LanguageMarkdown": "# Section\n- moor here\n",
        "OutputFormatting": "#itn\none rule\n",
    }[kind]
    report = found(tmp_path, kind, f"{good}{line}\n")
    assert report.errors == 0
    assert part in report.findings[0].message, report.findings
    assert found(tmp_path, kind, good).is_clean


def clips(tmp_path, transcript, **files):
    named = {name.replace("_wav", ".wav"): content for name, content in files.items()}
    return archive(tmp_path / "made.zip", {"trans.txt": transcript, **named}).read_bytes()


LOUD = wav(seconds=0.5)


@pytest.mark.parametrize(
    ("transcript", "files", "part"),
    [
        ("a.wav\tmoor\nnothing\n", {"a_wav": LOUD}, "a file name, a tab"),
        ("a.wav\tmoor\nb.wav here\n", {"a_wav": LOUD, "b_wav": LOUD}, "needs a tab between"),
        ("a.wav\tmoor\nb.wav\there\n", {"a_wav": LOUD}, "not in the archive"),
        ("a.wav\tmoor\na.wav\tmoor\n", {"a_wav": LOUD}, "again, after line 1"),
        ("a.wav\tmoor\n", {"a_wav": LOUD, "b_wav": LOUD}, "no line in the transcript"),
        ("a.wav\tmoor\nb.wav\twww.x.test\n", {"a_wav": LOUD, "b_wav": wav(seed=4)}, "web address"),
        ("a.wav\tmoor\nb.wav\there\n", {"a_wav": LOUD, "b_wav": b"no sound"}, "PCM WAV"),
        ("a.wav\tmoor\nb.wav\there\n", {"a_wav": LOUD, "b_wav": wav(channels=2)}, "2 channels"),
        ("a.wav\tmoor\nb.wav\there\n", {"a_wav": LOUD, "b_wav": wav(rate=44_100)}, "44,100 Hz"),
        ("a.wav\tmoor\nb.wav\there\n", {"a_wav": LOUD, "b_wav": wav(width=1)}, "8 bits"),
        ("a.wav\tmoor\nb.wav\there\n", {"a_wav": LOUD, "b_wav": wav(seconds=0)}, "no sound"),
        ("a.wav\tmoor\nb.wav\there\n", {"a_wav": LOUD, "b_wav": LOUD}, "same audio as a.wav"),
        ("a.wav\tmoor\nb.wav\there\n", {"a_wav": LOUD, "b_wav": wav(seconds=41)}, "41 s long"),
    ],
)
def test_audio_with_transcripts(tmp_path, transcript, files, part):
    report = found(tmp_path, "Acoustic", clips(tmp_path, transcript, **files))
    assert report.errors == 0
    assert part in report.findings[0].message, report.findings
    assert len(report.findings) == 1


def test_silence_and_clipping_are_heard(tmp_path):
    silent = sound(b"\0\0" * 8000)
    clipped = sound(b"\xff\x7f" * 8000)
    made = clips(tmp_path, "a.wav\tone\nb.wav\ttwo\n", a_wav=silent, b_wav=clipped)
    messages = [one.message for one in found(tmp_path, "Acoustic", made).findings]
    assert messages == ["The file is silent.", "The file is clipped (100.0% of it at full scale)."]


def sound(samples):
    import wave

    data = io.BytesIO()
    with wave.open(data, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(samples)
    return data.getvalue()


@pytest.mark.parametrize(
    ("files", "part"),
    [
        ({}, "is empty"),
        ({"a.wav": LOUD}, "exactly one transcript"),
        ({"a.txt": "x", "b.txt": "y"}, "exactly one transcript"),
        ({"../a.wav": LOUD, "t.txt": "x"}, "leads elsewhere"),
        ({"inner.zip": b"x", "t.txt": "x"}, "archive itself"),
        ({"bomb.wav": bytes(3_000_000), "t.txt": "x"}, "packed suspiciously"),
        ({"a.wav": LOUD, "t.txt": "b.wav\tmoor"}, "No clip can be used"),
    ],
)
def test_archives_that_cannot_be_used(tmp_path, files, part):
    made = archive(tmp_path / "made.zip", files).read_bytes()
    report = found(tmp_path, "Acoustic", made)
    assert part in report.findings[-1].message, report.findings
    assert report.errors == 1
    assert "no zip archive" in found(tmp_path, "Acoustic", b"x").findings[0].message


def test_what_can_be_fixed_is_clean_afterwards(tmp_path):
    transcript = "a.wav\tthe ship’s log\nb.wav\tmoor here\nc.wav\ttwo — three\nd.wav four ports\n"
    made = archive(
        tmp_path / "made.zip",
        {
            "t.txt": transcript.encode("utf-16"), "x/a.wav": wav(channels=2, seed=5),
            "b.wav": wav(rate=44_100, seed=6), "c.wav": wav(width=1, seed=7), "d.wav": LOUD,
        },
    )  # fmt: skip
    assert check("Acoustic", made, "en-US").errors
    fix("Acoustic", made, tmp_path / "fixed.zip", "en-US")
    report = check("Acoustic", tmp_path / "fixed.zip", "en-US")
    left = [one.message for one in report.findings if "clipped" not in one.message]
    assert left == []
    with zipfile.ZipFile(tmp_path / "fixed.zip") as fixed:
        assert "the ship's log" in fixed.read("t.txt").decode("utf-8-sig")
        assert "d.wav\tfour ports" in fixed.read("t.txt").decode("utf-8-sig")
        assert fixed.read("d.wav") == LOUD


@pytest.mark.parametrize(
    "content", ["the ship’s\n".encode("cp1252"), "moor — here\n".encode("utf-16")]
)
def test_text_in_another_encoding_is_mended(tmp_path, content):
    (tmp_path / "old").write_bytes(content)
    fix("Language", tmp_path / "old", tmp_path / "new", "en-US")
    assert not check("Language", tmp_path / "new", "en-US").errors


def test_a_resampled_clip_keeps_its_length_and_loudness():
    import numpy as np

    again = sounds.converted(wav(seconds=1, rate=48_000, channels=2))
    import wave

    with wave.open(io.BytesIO(again)) as clip:
        assert (clip.getframerate(), clip.getnchannels(), clip.getsampwidth()) == (16_000, 1, 2)
        assert abs(clip.getnframes() - 16_000) < 20
        samples = np.frombuffer(clip.readframes(clip.getnframes()), "<i2")
    assert 50 < samples.std() < 300
