"""axe with the rules of WCAG 2.2 AA: every page, light and dark, desktop and phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.e2e import world
from tests.e2e.pages import addresses

pytestmark = [pytest.mark.e2e, pytest.mark.once]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OPTIONS = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": RULES}}
WINDOWS = {"desktop": (1440, 900), "phone": (390, 844)}


def violations(page):
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [(one["id"], [node["html"][:200] for node in one["nodes"]][:3]) for one in found]


def check(page, state):
    """No violation and no sideways scrolling on any page of this world."""
    wrong = {}
    for name, address in addresses(state):
        answer = page.goto(address)
        assert answer.status == 200, address
        found = violations(page)
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if found or wide > 0:
            wrong[name] = found, wide
    assert not wrong, wrong


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page(visit, window, scheme):
    state = world.few(world.person())
    width, height = WINDOWS[window]
    check(visit(state.user, width, height, color_scheme=scheme), state)


@pytest.mark.parametrize("state", ["held", "running", "failed", "many", "empty"])
def test_every_state(visit, state):
    found = world.STATES[state](world.person())
    check(visit(found.user), found)


def test_pages_without_a_project_and_without_a_person(visit, live_server, settings):
    settings.MAIL_ENABLED = True
    page = visit(world.person())
    signed_in = (
        "/", "/deadlines/", "/activity/", "/search/?q=nothing-like-this", "/accounts/logout/",
        "/accounts/password/change/",
    )  # fmt: skip
    for address in signed_in:
        page.goto(address)
        assert not violations(page), address
    page.context.clear_cookies()
    for rest in ("login", "password/reset", "password/reset/done", "password/reset/key/1-x-y",
                 "password/reset/key/done", "inactive"):  # fmt: skip
        page.goto(f"/accounts/{rest}/")
        assert not violations(page), rest


def test_faulty_words(visit):
    state = world.few(world.person())
    page = visit(state.user, 390, 844)
    page.goto(f"{state.dataset.get_absolute_url()}?check=1#errors")
    assert page.evaluate("document.activeElement.id") == "errors"
    assert page.title().startswith("Error:")
    assert not violations(page)


def test_forms_with_errors(visit):
    state = world.few(world.person())
    page = visit(state.user)
    for address in (
        f"/projects/{state.project.pk}/datasets/new/",
        "/projects/new/",
        "/people/new/",
        "/people/invite/",
        state.invitation,
        f"/projects/{state.project.pk}/people/",
        "/resources/new/",
    ):
        page.goto(address)
        page.locator("main form button.primary").click()
        page.get_by_text("There is a problem").wait_for()
        assert page.evaluate("document.activeElement.id") == "errors", address
        assert page.title().startswith("Error:"), address
        assert not violations(page), address


@pytest.mark.parametrize("width", [320])
def test_a_window_of_320_pixels_needs_no_sideways_scrolling(visit, width):
    state = world.few(world.person())
    page = visit(state.user, width, 640)
    for _, address in addresses(state):
        page.goto(address)
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, address
