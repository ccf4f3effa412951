"""The main job, as a newcomer does it: from the first start to a lower word error rate."""

import re

import pytest
from playwright.sync_api import expect

from tests.audio import speech
from tests.e2e.reading import error_rates

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("server")]


def test_a_newcomer_trains_and_tests_a_model(studio, page, tmp_path):
    page.goto(studio.setup_link)
    page.get_by_label("Username").fill("ada")
    page.get_by_label("Password").fill("correct horse 42")
    page.get_by_role("button", name="Create and sign in").click()

    page.get_by_role("button", name="Load the sample project").click()
    grid = page.get_by_role("region", name="Speech datasets")
    expect(grid.get_by_text("Succeeded")).to_have_count(3, timeout=60_000)

    page.get_by_role("navigation", name="Main").get_by_role(
        "link", name="Train custom models"
    ).click()
    page.get_by_role("button", name="Train a new model").click()
    expect(page).to_have_title(re.compile("^Step 1 of 4: Select a baseline model"))
    expect(page.get_by_role("radio", checked=True)).to_have_count(1)
    expect(page.get_by_role("radio", disabled=True)).to_have_count(1)
    page.get_by_role("button", name="Next").click()

    page.get_by_role("checkbox", name="Harbour log").check()
    page.get_by_role("checkbox", name="Harbour names").check()
    page.get_by_role("button", name="Next").click()

    page.get_by_label("Name", exact=True).fill("Harbour model")
    page.get_by_label("Weight of the custom model").fill("70")
    page.get_by_label("Add test in the next step").check()
    page.get_by_role("button", name="Next").click()

    page.get_by_label("Dataset").select_option(label="Harbour radio (test)")
    page.get_by_role("button", name="Next").click()
    expect(page).to_have_title(re.compile("^Step 5 of 5: Review"))
    page.get_by_role("button", name="Save and close").click()

    models = page.get_by_role("region", name="Custom models")
    expect(models.get_by_text("Succeeded")).to_be_visible(timeout=90_000)
    expect(models.get_by_role("link", name=re.compile(r"^\d+\.\d%$"))).to_be_visible(
        timeout=180_000
    )
    page.get_by_role("link", name="Harbour model").click()
    expect(page.get_by_text("Expiration", exact=True)).to_be_visible()
    expect(page.get_by_text("Baseline expires for adaptation")).to_be_visible()
    assert page.locator("dl.facts time").count() >= 2

    page.get_by_role("link", name="Test of Harbour model").click()
    rates = error_rates(page, 2)
    assert rates[0] < rates[1] / 2, rates
    verdict = re.compile(r"Harbour model makes \d+% fewer errors than 20261120. That is sure")
    expect(page.get_by_text(verdict)).to_be_visible()
    expect(page.get_by_text("Words of its training text that Harbour model hears")).to_be_visible()
    expect(page.locator(".utterance")).to_have_count(25)
    examine(page)

    page.get_by_role("navigation", name="Main").get_by_role("link", name="Deadlines").click()
    deadlines = page.get_by_role("region", name="Deadlines")
    expect(
        deadlines.get_by_role("row", name=re.compile("Harbour model.*Transcription"))
    ).to_be_visible()
    expect(deadlines.get_by_text("Adaptation").first).to_be_visible()
    deploy_and_try(page, tmp_path)


def examine(page):
    """The utterances are narrowed, heard and exported."""
    expect(page.get_by_text("1–25 of 28")).to_be_visible()
    page.get_by_label("Order").select_option(label="Most errors of 20261120")
    expect(page).to_have_url(re.compile("order=-errors2"))
    page.get_by_role("checkbox", name="Insertions").check()
    expect(page).to_have_url(re.compile("show=insertions"))
    page.get_by_label("Search in the texts").press_sequentially("kittiwake", delay=20)
    expect(page).to_have_url(re.compile("q=kittiwake"))
    expect(page.locator("dd", has_text="kittiwake").first).to_be_visible()
    page.get_by_label("Search in the texts").fill("")
    expect(page.get_by_text(re.compile("^1–"))).to_be_visible()
    player = page.locator("audio").first
    player.evaluate("one => one.play()")
    page.wait_for_function("one => one.currentTime > 0", arg=player.element_handle())
    with page.expect_download() as begun:
        page.get_by_role("link", name="Export as CSV").click()
    lines = begun.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 29
    assert lines[0].startswith("position,file,reference,text1")


def deploy_and_try(page, folder):
    """The model becomes an endpoint that answers a file, and the microphone."""
    audio, text = speech()
    (folder / "clip.wav").write_bytes(audio)
    main = page.get_by_role("navigation", name="Main")
    main.get_by_role("link", name="Home").click()
    page.get_by_role("link", name=re.compile("^Sample: ")).first.click()
    main.get_by_role("link", name="Deploy models").click()
    page.get_by_role("link", name="Deploy model", exact=True).first.click()
    expect(page.get_by_label("Model", exact=True)).to_have_value(re.compile("^custom-"))
    page.get_by_role("button", name="Deploy", exact=True).click()
    expect(page.get_by_role("button", name="Recognize")).to_be_visible(timeout=60_000)
    page.get_by_label("Audio").set_input_files(folder / "clip.wav")
    page.get_by_role("button", name="Recognize").click()
    expect(page.locator("#heard")).to_contain_text(text, timeout=50_000)
    page.get_by_role("button", name="Record").click()
    page.get_by_role("button", name="Stop and recognize").click(delay=600)
    expect(page.locator("#heard")).not_to_contain_text(text, timeout=50_000)
    expect(page.locator("#heard")).to_contain_text("s of audio")
