"""New words in the browser: searched, paged, changed without leaving anything behind."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e import world

pytestmark = [pytest.mark.e2e, pytest.mark.once]


def words(page):
    return page.locator("#words tbody tr")


def test_what_is_changed_is_kept_over_searching_and_paging(visit):
    state = world.many(world.person())
    page = visit(state.user)
    page.goto(state.dataset.get_absolute_url())
    expect(words(page)).to_have_count(25)
    expect(page.get_by_text("the 126 most frequent")).to_be_visible()
    page.get_by_label("Spoken form of ormsay").fill("orm zay")
    page.get_by_label("Select ormsay").check()
    expect(page.get_by_text("3 words selected")).to_be_visible()
    page.get_by_role("button", name="Next words").click()
    expect(page.get_by_text("26–50 of 126")).to_be_visible()
    expect(page).to_have_url(re.compile("page=2"))
    page.get_by_label("Search in the words").press_sequentially("ormsay", delay=20)
    expect(words(page)).to_have_count(1)
    assert page.evaluate("document.activeElement.id") == "word-search"
    expect(page.get_by_label("Spoken form of ormsay")).to_have_value("orm zay")
    with page.expect_response("**/words/"):
        page.get_by_label("Search in the words").fill("")
    page.get_by_role("button", name="Select none").click()
    expect(page.get_by_text("0 words selected")).to_be_visible()
    page.get_by_role("link", name="Next rows").click()
    expect(page).to_have_url(re.compile("sample=10"))
    expect(page.locator("#sample tbody tr").first).to_contain_text("11")
    page.go_back()
    expect(page.locator("#sample tbody tr").first).to_contain_text("1")


def test_requests_follow_one_another_on_a_slow_line(visit):
    state = world.many(world.person())
    page = visit(state.user)
    page.goto(state.dataset.get_absolute_url())
    page.get_by_label("Select ormsay").check()
    expect(page.get_by_text("3 words selected")).to_be_visible()
    page.route("**/words/", lambda route: (page.wait_for_timeout(700), route.continue_()))
    page.get_by_label("Search in the words").fill("e")
    page.get_by_role("button", name="Select none").click()
    page.get_by_label("Search in the words").fill("ormsay")
    expect(words(page)).to_have_count(1, timeout=15_000)
    page.get_by_label("Search in the words").fill("")
    page.get_by_role("button", name="Select none").click()
    expect(page.get_by_text("0 words selected")).to_be_visible(timeout=15_000)
    page.wait_for_timeout(2500)
    expect(page.get_by_text("0 words selected")).to_be_visible()
    assert not state.dataset.new_words.filter(is_chosen=True).exists()


def test_without_scripts(visit):
    state = world.many(world.person())
    page = visit(state.user, java_script_enabled=False)
    page.goto(state.dataset.get_absolute_url())
    page.get_by_label("Spoken form of ormsay").fill("orm zay")
    page.get_by_role("button", name="Next words").click()
    expect(page.get_by_text("26–50 of 126")).to_be_visible()
    page.get_by_label("Search in the words").fill("ormsay")
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page.get_by_label("Spoken form of ormsay")).to_have_value("orm zay")
    page.get_by_label("Search in the words").fill("kittiwakes")
    page.get_by_role("button", name="Search", exact=True).click()
    page.get_by_label("Spoken form of kittiwakes").fill("kitty wakes")
    page.get_by_role("button", name="Make a pronunciation dataset").click()
    expect(page.get_by_role("heading", name="Pronunciations of Harbour log")).to_be_visible()
