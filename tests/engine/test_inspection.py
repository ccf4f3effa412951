"""Bad data is named by its line or file; good data is counted."""

import zipfile

import pytest

from localspeech.engine.errors import EngineError
from localspeech.engine.inspection import inspect_dataset
from tests.audio import archive, test_archive, wav


def written(tmp_path, data):
    path = tmp_path / "data"
    path.write_bytes(data)
    return path


def test_good_text_is_counted_and_bad_lines_named(tmp_path):
    data = b"\xef\xbb\xbfThe ferry\n\nsee http://example.org\n...\nThe pier\n"
    report = inspect_dataset("Language", written(tmp_path, data))
    assert (report.accepted_line_count, report.rejected_line_count) == (2, 2)
    assert [str(p) for p in report.problems] == [
        "line 3: contains a web address; remove it or write it as spoken",
        "line 4: has no words",
    ]


@pytest.mark.parametrize(
    ("kind", "data", "message"),
    [
        ("Language", b"", "empty"),
        ("Language", b"\n \n", "empty"),
        ("Language", b"abc\0def", "Line 1 holds binary data"),
        ("Language", "caf\xe9\n".encode("latin-1"), "Line 1 is not valid UTF-8"),
        ("Language", "text".encode("utf-16"), "UTF-16"),
        ("Pronunciation", b"kittiwake kitty wake\n", "line 1: has no tab"),
        ("Pronunciation", b"two words\tspoken\n", "one word before the tab"),
        ("LanguageMarkdown", b"- no section\n", "No sentence"),
        ("Acoustic", b"not a zip", "not a zip archive"),
    ],
)
def test_unusable_data_is_refused_with_its_reason(tmp_path, kind, data, message):
    with pytest.raises(EngineError, match=message):
        inspect_dataset(kind, written(tmp_path, data))


def test_structured_text_fills_its_lists(tmp_path):
    from localspeech.engine import structured

    data = (
        b"@ list ship =\n- kittiwake\n- marram\n# Calls\n- call the {@ship} // now\n- use {@none}\n"
    )
    found = structured.read(written(tmp_path, data))
    assert len(set(found.sentences())) == 2
    assert [str(p) for p in found.tally.problems] == [
        "line 6: list none does not exist or is empty"
    ]


def test_pronunciations_count_lines(tmp_path):
    data = b"kittiwake\tkitty wake\nieee\ti e e e\nbad\t\n"
    report = inspect_dataset("Pronunciation", written(tmp_path, data))
    assert (report.accepted_line_count, report.rejected_line_count) == (2, 1)


def test_clips_and_transcript_must_agree(tmp_path):
    lines = "a.wav\tone\nb.wav\ttwo\nc.wav three\nmissing.wav\tfour\nd.wav\tfive\ne.wav\tsix\n"
    path = archive(
        tmp_path / "x.zip",
        {
            "trans.txt": lines,
            "a.wav": wav(),
            "b.wav": wav(channels=2),
            "c.wav": wav(),
            "d.wav": wav(rate=44100),
            "e.wav": b"RIFFnonsense",
        },
    )
    report = inspect_dataset("Acoustic", path)
    assert report.accepted_line_count == 1
    said = report.as_text()
    for part in (
        "2 channels",
        "44,100 Hz",
        "missing.wav, which is not",
        "no line in the transcript",
        "a tab and the text",
        "e.wav is not a PCM WAV file",
    ):
        assert part in said


@pytest.mark.parametrize("name", ["../evil.wav", "/etc/evil.wav", "C:\\evil.wav"])
def test_paths_that_lead_elsewhere_are_refused(tmp_path, name):
    path = archive(tmp_path / "x.zip", {"trans.txt": "a.wav\tone\n", name: wav()})
    with pytest.raises(EngineError, match="leads elsewhere"):
        inspect_dataset("Acoustic", path)


def test_a_zip_bomb_is_refused_without_unpacking(tmp_path):
    path = archive(tmp_path / "x.zip", {"trans.txt": "a.wav\tone\n", "a.wav": bytes(50_000_000)})
    with pytest.raises(EngineError, match="suspiciously"):
        inspect_dataset("Acoustic", path)


def test_a_damaged_archive_is_refused(tmp_path):
    path = test_archive(tmp_path / "x.zip", ["one", "two"])
    data = bytearray(path.read_bytes())
    data[40:400] = bytes(360)
    path.write_bytes(data)
    with pytest.raises(EngineError):
        inspect_dataset("Acoustic", path)


def test_links_in_archives_are_refused(tmp_path):
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as file:
        link = zipfile.ZipInfo("a.wav")
        link.external_attr = 0o120777 << 16
        file.writestr(link, "/etc/passwd")
        file.writestr("trans.txt", "a.wav\tone\n")
    with pytest.raises(EngineError, match="is a link"):
        inspect_dataset("Acoustic", path)
