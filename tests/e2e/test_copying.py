"""Copying a model to a second local resource, as an administrator does it in the browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.person import with_model

pytestmark = [pytest.mark.e2e, pytest.mark.once, pytest.mark.xdist_group("server")]


def test_a_model_is_copied_to_a_second_local_resource(studio, page):
    project = with_model(studio, page)
    page.goto(f"{project}models/1/")
    page.get_by_role("link", name="Copy to").click()
    expect(page.get_by_text("There is no other resource to copy to.")).to_be_visible()
    page.get_by_label("Name of the copy").fill("Harbour for the north")

    page.get_by_role("button", name="Connect another resource").click()
    page.get_by_role("link", name="Add a local resource").click()
    page.get_by_label("Name").fill("North")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("The resource was added.")).to_be_visible()
    expect(page.get_by_label("Name of the copy")).to_have_value("Harbour for the north")

    north = page.get_by_role("group", name=re.compile("^North"))
    north.get_by_label("Name of the new project in North").fill("Northern harbours")
    expect(north.get_by_role("checkbox", name=re.compile("^A new project"))).to_be_checked()
    page.get_by_role("button", name="Copy", exact=True).click()

    copies = page.get_by_role("region", name="Copies")
    expect(copies.get_by_text("Copied", exact=True)).to_be_visible(timeout=60_000)
    copies.get_by_role("link", name="Harbour for the north").click()
    expect(page.get_by_role("heading", name="Harbour for the north")).to_be_visible()
    expect(page.get_by_text("Copy of")).to_be_visible()
    expect(page.get_by_text("from resource This server")).to_be_visible()
    expect(page.get_by_role("main").get_by_text("Succeeded").first).to_be_visible()
    expect(page.get_by_text("Expiration", exact=True)).to_be_visible()

    page.get_by_role("link", name=re.compile("new notice")).click()
    expect(page.get_by_role("main").get_by_text("has been copied").first).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="Harbour for the north").first.click()
    page.get_by_role("link", name="Deploy model", exact=True).click()
    page.get_by_role("button", name="Deploy", exact=True).click()
    expect(page.get_by_role("button", name="Recognize")).to_be_visible(timeout=60_000)


def test_many_models_from_the_list_by_keyboard(studio, page):
    project = with_model(studio, page)
    page.goto(f"{studio.address}/resources/local/")
    page.get_by_label("Name").fill("North")
    page.keyboard.press("Enter")
    expect(page.get_by_text("The resource was added.")).to_be_visible()
    page.goto(f"{project}models/")
    page.get_by_role("checkbox", name=re.compile("Harbour model")).press("Space")
    page.get_by_role("button", name="Copy to").press("Enter")
    page.get_by_role("checkbox", name=re.compile("^A new project")).press("Space")
    page.get_by_role("button", name="Copy", exact=True).press("Enter")
    copies = page.get_by_role("region", name="Copies")
    expect(copies.get_by_text("Copied", exact=True)).to_be_visible(timeout=60_000)
