"""Data with faults: uploaded, read about, corrected, imported."""

import io
import re
import wave
import zipfile

import pytest
from playwright.sync_api import expect

from tests.audio import wav
from tests.e2e.person import Person
from tests.e2e.reading import error_rates
from tests.e2e.server import ROOT

pytestmark = [pytest.mark.e2e, pytest.mark.once, pytest.mark.xdist_group("server")]


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
    person.lend(page.context)
    page.goto(f"{studio.address}/projects/{project}/datasets/")
    page.get_by_role("link", name="Upload data").click()
    page.get_by_role("radio", name="Audio + human-labeled transcript").check()
    page.get_by_role("button", name="Next").click()
    page.get_by_label("Files").set_input_files(faulty_archive(tmp_path / "clips.zip"))
    expect(page.locator(".upload-state")).to_have_text("Uploaded")
    page.get_by_role("button", name="Next").click()
    page.get_by_label("Name", exact=True).fill("Faulty clips")
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("clips.zip (")).to_be_visible()
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
    hear_and_wind(page)
    inspect(page)
    pronounce(page)
    train_and_test(page)
    read_and_export(page)


def hear_and_wind(page):
    """A clip in the rows of the file is played, and wound forward."""
    player = page.locator("#sample audio").first
    player.evaluate("one => one.play()")
    page.wait_for_function("one => one.currentTime > 0", arg=player.element_handle())
    player.evaluate("one => { one.currentTime = 2 }")
    page.wait_for_function("one => one.currentTime >= 2", arg=player.element_handle())


def pronounce(page):
    """A word that the base model lacks gets a spoken form, a faulty one at first."""
    words = page.get_by_role("region", name="Words new to the base model")
    expect(words).to_be_visible(timeout=30_000)
    page.get_by_label("Select brannoch").check()
    expect(page.get_by_text("1 word selected")).to_be_visible()
    page.get_by_label("Spoken form of brannoch").fill("br4n")
    page.get_by_role("button", name="Make a pronunciation dataset").click()
    expect(page.get_by_text("There is a problem")).to_be_visible()
    page.get_by_label("Spoken form of brannoch").fill("bran nock")
    page.get_by_role("button", name="Make a pronunciation dataset").click()
    heading = "Pronunciations of Faulty clips (corrected)"
    expect(page.get_by_role("heading", name=heading)).to_be_visible()
    expect(words.get_by_text("B R AE N N AA K")).to_be_visible(timeout=30_000)


def train_and_test(page):
    """A model of the sample's text, tested with the clips that were corrected."""
    main = page.get_by_role("navigation", name="Main")
    main.get_by_role("link", name="Train custom models").click()
    page.get_by_role("button", name="Train a new model").click()
    page.get_by_role("button", name="Next").click()
    page.get_by_role("checkbox", name="Harbour log").check()
    page.get_by_role("checkbox", name="Harbour names").check()
    page.get_by_role("button", name="Next").click()
    page.get_by_label("Name", exact=True).fill("Corrected")
    page.get_by_label("Weight of the custom model").fill("70")
    page.get_by_label("Add test in the next step").check()
    page.get_by_role("button", name="Next").click()
    page.get_by_label("Dataset").select_option(label="Faulty clips (corrected)")
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Save and close").click()
    models = page.get_by_role("region", name="Custom models")
    expect(models.get_by_role("link", name=re.compile(r"^\d+\.\d%$"))).to_be_visible(
        timeout=180_000
    )
    page.get_by_role("link", name="Corrected", exact=True).click()
    page.get_by_role("link", name="Test of Corrected").click()


def read_and_export(page):
    """The result says what was heard in each of the four clips, and as a file too."""
    rates = error_rates(page, 2)
    assert rates[0] < rates[1], rates
    utterances = page.get_by_role("list", name="Utterances").locator(".utterance")
    expect(utterances).to_have_count(4, timeout=30_000)
    with page.expect_download() as begun:
        page.get_by_role("link", name="Export as CSV").click()
    lines = begun.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 5
    assert any("02.wav" in line for line in lines)


def inspect(page):
    """What two baselines hear in the clips, side by side; nothing is measured."""
    page.get_by_role("link", name="Create new test").click()
    page.get_by_role("radio", name="Inspect quality").check()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("radio", name="Faulty clips (corrected)")).to_be_checked()
    page.get_by_role("button", name="Next").click()
    page.get_by_label("Model 1").select_option(label="20261120")
    page.get_by_label("Model 2").select_option(label="20250310")
    page.get_by_role("button", name="Next").click()
    page.get_by_label("Name", exact=True).fill("First impression")
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Save and close").click()
    tests = page.get_by_role("region", name="Tests", exact=True)
    expect(tests.get_by_text("Succeeded")).to_be_visible(timeout=120_000)
    tests.get_by_role("link", name="First impression").click()
    recordings = page.get_by_role("list", name="Utterances").locator(".utterance")
    expect(recordings).to_have_count(4, timeout=30_000)
    expect(recordings.first.locator("dd")).to_have_count(2)
    expect(recordings.first.locator("dd").first).to_have_text(re.compile("[a-z]{2,}"))
    expect(page.get_by_text(re.compile("hear"))).not_to_have_count(0)
    expect(page.get_by_text("error rate")).to_have_count(0)
    player = page.locator("audio").first
    player.evaluate("one => one.play()")
    page.wait_for_function("one => one.currentTime > 0", arg=player.element_handle())
    page.get_by_role("link", name="Faulty clips (corrected)").first.click()
