"""Data with faults: uploaded, read about, corrected, imported."""

import io
import wave
import zipfile

import pytest
from playwright.sync_api import expect

from tests.audio import wav
from tests.e2e.person import Person
from tests.e2e.server import ROOT

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("server")]


def faulty_archive(path):
    """Clips of the sample with one fault of each usual kind."""
    with zipfile.ZipFile(ROOT / "training" / "sample" / "test-audio.zip") as sample:
        lines = sample.read("trans.txt").decode("utf-8-sig").splitlines()[:4]
        with zipfile.ZipFile(path, "w") as made:
            lines[0] = lines[0].replace("kittiwake", "kittiwake’s")
            made.writestr("trans.txt", "\n".join([*lines, "99.wav\tnot there"]))
            for line in lines:
                name = line.partition("\t")[0]
                content = sample.read(name)
                made.writestr(name, doubled(content) if name == "02.wav" else content)
            made.writestr("spare.wav", wav())
    return path


def doubled(content):
    """The clip in two channels."""
    with wave.open(io.BytesIO(content)) as clip:
        rate, samples = clip.getframerate(), clip.readframes(clip.getnframes())
    data = io.BytesIO()
    with wave.open(data, "wb") as made:
        made.setnchannels(2)
        made.setsampwidth(2)
        made.setframerate(rate)
        made.writeframes(b"".join(samples[n : n + 2] * 2 for n in range(0, len(samples), 2)))
    return data.getvalue()


def test_faulty_data_is_explained_corrected_and_imported(studio, page, tmp_path):
    person = Person(studio)
    person.set_up()
    project = person.load_sample()
    cookies = person.session.cookies.items()
    page.context.add_cookies(
        [{"name": name, "value": value, "url": studio.address} for name, value in cookies]
    )
    page.goto(f"{studio.address}/projects/{project}/datasets/")
    page.get_by_role("link", name="Upload data").click()
    page.get_by_label("Kind of data").select_option(label="Audio + human-labeled transcript")
    page.get_by_label("File").set_input_files(faulty_archive(tmp_path / "clips.zip"))
    page.get_by_label("Name", exact=True).fill("Faulty clips")
    page.get_by_role("button", name="Save and close").click()
    grid = page.get_by_role("region", name="Speech datasets")
    expect(grid.get_by_text("Needs attention")).to_be_visible(timeout=30_000)
    page.get_by_role("link", name="Faulty clips").click()

    findings = page.get_by_role("region", name="Findings")
    expect(findings.get_by_role("row")).to_have_count(5)
    expect(findings.get_by_text("has 2 channels")).to_be_visible()
    expect(findings.get_by_text("which is not in the archive")).to_be_visible()
    with page.expect_download() as begun:
        page.get_by_role("link", name="Report as CSV").click()
    assert len(begun.value.path().read_text().splitlines()) == 5

    page.get_by_role("button", name="Fix what can be fixed (2)").click()
    expect(page.get_by_role("heading", name="Faulty clips (corrected)")).to_be_visible()
    expect(findings.get_by_role("row")).to_have_count(3, timeout=30_000)
    page.get_by_role("button", name="Upload anyway").click()
    expect(page.locator(".page-head .badge.success")).to_be_visible(timeout=30_000)
    expect(page.locator("dl.facts")).to_contain_text("Accepted lines4")
