"""What an import tells of the data's words, as one more file of the dataset."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.audio import test_archive


def told(service, data, kind):
    made = service.upload(SimpleUploadedFile("data", data), kind).json()
    service.work()
    listed = service.get(f"{made['self']}/files").json()["values"]
    found = [one for one in listed if one["name"] == "vocabulary.json"]
    if not found:
        return None
    assert found[0]["kind"] == "DatasetReport"
    content = service.client.get(found[0]["links"]["contentUrl"])
    return json.loads(b"".join(content.streaming_content))


@pytest.mark.parametrize(
    ("kind", "data", "words", "new"),
    [
        ("Language", b"moor at skelwick\n", 3, "skelwick"),
        ("LanguageMarkdown", b"@ list x =\n- skelwick\n- ormsay\n# S\n- go to {@x}\n", 6, "ormsay"),
        ("Pronunciation", b"skelwick\tskell wick\n", 1, "skelwick"),
    ],
)
def test_text_tells_its_new_words(service, kind, data, words, new):
    body = told(service, data, kind)
    assert body["wordCount"] == words
    assert body["newWords"][0]["word"] == new
    assert body["newWords"][0]["isGuessed"] is (kind != "Pronunciation")


def test_audio_tells_them_by_its_transcript_alone(service, tmp_path):
    clips = test_archive(tmp_path / "c.zip", ["moor at skelwick"]).read_bytes()
    assert told(service, clips, "Acoustic")["newWordCount"] == 1
    assert told(service, clips, "AudioFiles") is None
