"""Everybody can train a model: by keyboard alone, without scripts, in a narrow window."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e import world
from training.models import CustomModel, TrainingDraft

pytestmark = [pytest.mark.e2e, pytest.mark.once]


def focused(page):
    return page.evaluate(
        "(document.activeElement.innerText || document.activeElement.ariaLabel "
        "|| document.activeElement.name || document.activeElement.id || '').trim()"
    )


def tab_to(page, text, most=60):
    """Press Tab until the focus is on what begins with the text; every stop must be visible."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if focused(page).startswith(text):
            box = page.evaluate("JSON.stringify(document.activeElement.getBoundingClientRect())")
            assert '"height":0' not in box, text
            return
    raise AssertionError(f"the focus never came to {text}")


@pytest.fixture
def ready():
    state = world.few(world.person())
    TrainingDraft.objects.all().delete()
    return state


def test_by_keyboard_alone(visit, ready):
    page = visit(ready.user)
    page.goto("/")
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to content"
    tab_to(page, "Harbour radio")
    page.keyboard.press("Enter")
    page.wait_for_url("**/models/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    tab_to(page, "Train a new model")
    page.keyboard.press("Enter")
    page.wait_for_url("**/baseline/")
    tab_to(page, "base_model")
    tab_to(page, "Next")
    page.keyboard.press("Enter")
    page.wait_for_url("**/data/")
    tab_to(page, "datasets")
    page.keyboard.press("Space")
    tab_to(page, "Next")
    page.keyboard.press("Enter")
    page.wait_for_url("**/name/")
    tab_to(page, "display_name")
    page.keyboard.type("Typed model")
    tab_to(page, "Next")
    page.keyboard.press("Enter")
    page.wait_for_url("**/review/")
    tab_to(page, "Save and close")
    page.keyboard.press("Enter")
    page.wait_for_url("**/models/")
    model = CustomModel.objects.get(display_name="Typed model")
    assert list(model.datasets.all()) == [ready.dataset]


def test_the_points_of_a_chart_are_reached_by_keyboard(visit, ready):
    page = visit(ready.user)
    page.goto(f"/projects/{ready.project.pk}/tests/compare/")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('svg.chart a') !== null"):
            break
    label = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert label == "Test of Harbour model, Model 1 Harbour model: 10.7%"
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{ready.test.get_absolute_url()}")


def test_without_scripts(visit, ready):
    page = visit(ready.user, java_script_enabled=False)
    page.goto(f"/projects/{ready.project.pk}/models/")
    page.get_by_role("button", name="Train a new model").click()
    page.get_by_role("button", name="Next").click()
    page.get_by_role("checkbox", name="Harbour log").check()
    page.get_by_role("button", name="Next").click()
    page.get_by_label("Name", exact=True).fill("Plain model")
    page.get_by_label("Add test in the next step").check()
    page.get_by_role("button", name="Next").click()
    page.get_by_label("Dataset").select_option(label="Harbour test")
    page.get_by_role("link", name="Back", exact=True).click()
    expect(page.get_by_label("Name", exact=True)).to_have_value("Plain model")
    page.get_by_role("button", name="Next").click()
    page.get_by_label("Dataset").select_option(label="Harbour test")
    page.get_by_role("button", name="Next").click()
    page.get_by_role("link", name="Change Name").click()
    page.get_by_label("Name", exact=True).fill("Plainer model")
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Save and close").click()
    expect(page.get_by_text("Plainer model was submitted.")).to_be_visible()
    # Lists work without scripts, too.
    page.get_by_label("Search", exact=True).fill("plainer")
    page.locator(".grid-tools").get_by_role("button", name="Apply").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    page.get_by_role("link", name="Name").click()
    expect(page).to_have_url(re.compile("sort=name"))


@pytest.mark.parametrize("width", [320])
def test_in_a_window_of_320_pixels(visit, ready, width):
    page = visit(ready.user, width, 568)
    page.goto(f"/projects/{ready.project.pk}/models/")
    page.get_by_role("button", name="Train a new model").click()
    page.get_by_role("button", name="Next").click()
    page.get_by_role("checkbox", name="Harbour log").check()
    page.get_by_role("button", name="Next").click()
    page.get_by_label("Name", exact=True).fill("Narrow model")
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Save and close").click()
    expect(page.get_by_role("link", name="Narrow model")).to_be_visible()
