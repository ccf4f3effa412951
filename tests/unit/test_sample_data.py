"""The sample project's files keep the rules that they teach."""

import json
import wave
import zipfile

from localspeech.engine.text import normalise
from training.services.sample import FOLDER


def test_the_sample_is_small_and_complete():
    described = json.loads((FOLDER / "sample.json").read_text())
    assert {one["file"] for one in described["datasets"]} <= {f.name for f in FOLDER.iterdir()}
    assert sum(f.stat().st_size for f in FOLDER.iterdir()) < 4_000_000


def test_the_archive_is_flat_and_each_line_has_its_clip():
    with zipfile.ZipFile(FOLDER / "test-audio.zip") as archive:
        lines = archive.read("trans.txt").decode("utf-8-sig").splitlines()
        clips = {name for name in archive.namelist() if name.endswith(".wav")}
        assert {line.split("\t")[0] for line in lines} == clips
        for name in clips:
            with archive.open(name) as file, wave.open(file) as clip:
                assert clip.getparams()[:3] == (1, 2, 16000)
                assert 1 < clip.getnframes() / 16000 < 10


def test_no_test_sentence_is_trained_on():
    with zipfile.ZipFile(FOLDER / "test-audio.zip") as archive:
        lines = archive.read("trans.txt").decode("utf-8-sig").splitlines()
    tested = {normalise(line.split("\t")[1]) for line in lines}
    trained = [normalise(line) for line in (FOLDER / "related-text.txt").read_text().splitlines()]
    assert len(tested) == 28
    assert len(set(trained)) == len(trained) > 100
    assert not tested & set(trained)
