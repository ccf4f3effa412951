"""What is trained by the command line appears in the dashboard, and is connected in the browser."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.e2e.person import Person
from training.speechapi import types
from training.speechapi.client import SpeechClient

pytestmark = [pytest.mark.e2e, pytest.mark.once, pytest.mark.xdist_group("server")]


def test_a_model_of_the_api_is_connected_and_a_project_taken_over(studio, page, tmp_path):
    person = Person(studio)
    person.set_up()
    words = tmp_path / "words.txt"
    words.write_text("Moor at the bollard\n")
    theirs = csr(studio, "project", "create", "--name", "Pilots", "--language", "en-US")
    data = csr(
        studio, "dataset", "upload", "--kind", "Language", "--data", str(words), "--name",
        "Pilots' words", "--language", "en-US", "--project", theirs["self"], "--wait",
    )  # fmt: skip
    model = csr(
        studio, "model", "create", "--dataset", data["self"], "--name", "Lighthouse",
        "--language", "en-US", "--wait",
    )  # fmt: skip
    assert (data["status"], model["status"]) == ("Succeeded", "Succeeded")
    with SpeechClient(studio.address, studio.local_key) as client:
        person.lend(page.context)
        page.goto(f"{studio.address}/projects/new/")
        page.get_by_label("Name").fill("Harbours")
        page.get_by_role("button", name=re.compile("Create")).click()

        page.get_by_role("navigation", name="Main").get_by_role("link", name="Resources").click()
        page.get_by_role("link", name=re.compile("on This server")).click()
        page.get_by_role("button", name="Look now").click()
        grid = page.get_by_role("region", name="Not in a project")
        expect(grid.get_by_text("Lighthouse")).to_be_visible(timeout=30_000)
        page.get_by_role("checkbox", name="Select Lighthouse").check()
        page.get_by_role("button", name="Connect").click()
        page.get_by_label("Project").select_option(label="Harbours")
        page.get_by_role("button", name="Connect").click()
        expect(page.get_by_text("1 object was connected.")).to_be_visible()

        page.get_by_role("checkbox", name="Select Pilots", exact=True).check()
        page.get_by_role("button", name="Connect").click()
        expect(page.get_by_text("These projects become projects here")).to_be_visible()
        page.get_by_role("button", name="Connect").click()
        expect(page.get_by_text("Everything is in a project")).to_be_visible(timeout=30_000)

        page.get_by_role("navigation", name="Main").get_by_role("link", name="Home").click()
        page.get_by_role("link", name="Harbours").click()
        page.get_by_role("link", name="Lighthouse").click()
        expect(page.get_by_text("Expiration", exact=True)).to_be_visible()
        expect(page.get_by_role("link", name="Pilots' words")).to_be_visible()
        assert client.get(types.CustomModel, model["self"]).project


def csr(studio, *words):
    """What the command line prints, run beside the server as a person would."""
    return json.loads(studio.manage("csr", *words))
