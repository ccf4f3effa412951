"""Lists in the browser: search as you type, selection, keyboard, live rows."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e import world
from training.models import CustomModel
from training.services import sync
from training.speechapi import types

pytestmark = [pytest.mark.e2e, pytest.mark.once]


@pytest.fixture
def many():
    return world.many(world.person())


@pytest.fixture
def listed(visit, many):
    page = visit(many.user)
    page.goto(f"/projects/{many.project.pk}/models/")
    return page


def rows(page):
    return page.locator("#grid tbody tr")


def test_search_as_you_type_sort_and_go_back(listed):
    expect(rows(listed)).to_have_count(50)
    listed.get_by_label("Search", exact=True).press_sequentially("northern", delay=20)
    expect(rows(listed)).to_have_count(9)
    expect(listed).to_have_url(re.compile("q=northern"))
    assert listed.evaluate("document.activeElement.id") == "id_q"
    expect(listed.locator("#announcer")).to_have_text("9 rows")
    listed.get_by_role("link", name="Name").click()
    expect(listed.get_by_role("columnheader", name="Name")).to_have_attribute(
        "aria-sort", "ascending"
    )
    expect(rows(listed)).to_have_count(9)
    names = rows(listed).locator("th").all_inner_texts()
    assert names == sorted(names)
    listed.get_by_label("Search", exact=True).fill("nothing like this")
    expect(listed.get_by_text("Nothing matches")).to_be_visible()
    listed.get_by_role("link", name="Show everything").click()
    expect(rows(listed)).to_have_count(50)
    listed.get_by_role("link", name="Next", exact=True).click()
    expect(listed.get_by_text("51–61 of 61")).to_be_visible()
    listed.go_back()
    expect(listed.get_by_text("1–50 of 61")).to_be_visible()


def test_selection_by_mouse_and_keyboard(listed):
    boxes = listed.locator('#grid input[name="pk"]')
    delete = listed.get_by_role("button", name="Delete")
    expect(delete).to_be_disabled()
    boxes.nth(1).check()
    expect(delete).to_be_enabled()
    boxes.nth(4).click(modifiers=["Shift"])
    expect(listed.get_by_text("4 selected")).to_be_visible()
    boxes.nth(10).focus()
    listed.keyboard.press("Space")
    listed.keyboard.press("Shift+ArrowDown")
    expect(listed.get_by_text("6 selected")).to_be_visible()
    listed.get_by_role("checkbox", name="Select all").check()
    expect(listed.get_by_text("50 selected")).to_be_visible()
    listed.get_by_role("checkbox", name="Select all").uncheck()
    expect(listed.get_by_text("Nothing selected")).to_be_visible()
    listed.locator("#grid tbody tr th a").first.focus()
    listed.keyboard.press("ArrowDown")
    listed.keyboard.press("End")
    last = listed.locator("#grid tbody tr th a").last.get_attribute("id")
    assert listed.evaluate("document.activeElement.id") == last


def test_a_change_arrives_without_moving_anything(listed):
    running = CustomModel.objects.filter(status="Running").order_by("-created_at").first()
    row = listed.locator(f"#models-{running.pk}")
    listed.locator('#grid input[name="pk"]').nth(2).check()
    link = row.locator("th a")
    link.focus()
    before = listed.evaluate("scrollY")
    sync.updated(
        running, types.CustomModel.parse({"self": running.remote_self, "status": "Succeeded"})
    )
    expect(row.get_by_text("Succeeded")).to_be_visible(timeout=15_000)
    expect(listed.locator("#announcer")).to_have_text(
        re.compile(f"{re.escape(running.display_name)}: Succeeded")
    )
    assert listed.evaluate("document.activeElement.id") == link.get_attribute("id")
    assert listed.evaluate("scrollY") == before
    expect(listed.get_by_text("1 selected")).to_be_visible()
    expect(listed.locator('#grid input[name="pk"]').nth(2)).to_be_checked()


def test_a_hidden_tab_does_not_ask(listed):
    asked = []
    listed.on("request", lambda request: asked.append(request.url))
    listed.evaluate(
        "Object.defineProperty(document, 'hidden', {value: true, configurable: true});"
        "document.dispatchEvent(new Event('visibilitychange'))"
    )
    listed.wait_for_timeout(5000)
    assert not [url for url in asked if "since=" in url]
    listed.evaluate(
        "Object.defineProperty(document, 'hidden', {value: false});"
        "document.dispatchEvent(new Event('visibilitychange'))"
    )
    listed.wait_for_timeout(500)
    assert [url for url in asked if "since=" in url]


def test_columns_and_density_are_kept(listed, many):
    listed.get_by_text("View", exact=True).click()
    view = listed.locator(".menu-form")
    view.get_by_label("Weight").check()
    view.get_by_label("Owner").uncheck()
    view.get_by_label("Compact").check()
    view.get_by_role("button", name="Apply").click()
    listed.goto(f"/projects/{many.project.pk}/models/")
    expect(listed.get_by_role("columnheader", name="Weight")).to_be_visible()
    expect(listed.get_by_role("columnheader", name="Owner")).to_have_count(0)
    expect(listed.locator("#grid")).to_have_class(re.compile("compact"))


def test_the_wizard_saves_by_itself_and_shows_who_is_there(visit, many):
    mine = visit(many.user)
    address = f"/projects/{many.project.pk}/drafts/{many.draft.pk}/name/"
    mine.goto(address)
    grace = visit(world.person(first_name="Grace"))
    grace.goto(address)
    expect(grace.get_by_text("Also in this draft: ada")).to_be_visible()
    expect(mine.locator("#presence")).to_have_text(re.compile("Grace"), timeout=15_000)
    mine.get_by_label("Name", exact=True).fill("Saved by itself")
    expect(mine.locator("#saved")).to_have_text(re.compile("Draft saved just now"))
    mine.wait_for_timeout(1500)
    many.draft.refresh_from_db()
    assert many.draft.display_name == "Saved by itself"
    assert mine.evaluate("document.activeElement.id") == "id_display_name"
