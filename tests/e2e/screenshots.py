"""Pictures of every page in every state; run by `make screenshots`, kept in var/screenshots.

Not a test: nothing is asserted. Look at the pictures.
"""

import os
from pathlib import Path

import pytest

from tests.e2e import world
from tests.e2e.pages import addresses

FOLDER = Path(os.environ.get("SCREENSHOTS", "var/screenshots"))
WINDOWS = {"desktop": (1440, 900), "phone": (390, 844)}


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", world.STATES)
def test_pictures(visit, state, scheme, window):
    """One picture a page."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    shown = world.STATES[state](world.person(first_name="Ada"))
    width, height = WINDOWS[window]
    page = visit(shown.user, width, height, color_scheme=scheme)
    for name, address in addresses(shown):
        page.goto(address)
        page.screenshot(
            path=FOLDER / f"{state}-{scheme}-{window}-{name.partition('?')[0][:60]}.png"
        )
