"""A running product, and a browser on it."""

import os
import shutil
import sys

import pytest
import responses
from django.db import connections
from django.test import Client

from tests.e2e import world
from tests.e2e.server import Server

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    *(["--no-sandbox"] if sys.platform == "linux" and os.geteuid() == 0 else []),
]


@pytest.fixture
def studio(tmp_path):
    """The product with its embedded defaults, or on the database and broker of this run."""
    with Server(tmp_path / "studio") as server:
        yield server


@pytest.fixture(scope="session")
def chromium():
    """Debian's Chromium, without a window."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=15_000)  # a busy machine is no fault

    path = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    assert path, "Chromium is missing; on Debian: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        connections.close_all()  # Django keeps others while this thread has an event loop
        browser.close()


@pytest.fixture
def services():
    """The speech service of the rows in tests/e2e/world.py."""
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mocked:
        world.service(mocked)
        yield mocked


@pytest.fixture
def visit(chromium, live_server, services):
    """Open a browser as a person, with the given window, colours, or without scripts."""
    contexts = []
    faults = []

    def note(line, expected):
        if line.type == "error" and not (expected and expected in line.text):
            faults.append(line.text)

    def opened(user, width=1440, height=900, expected_fault="", **more):
        client = Client()
        client.force_login(user)
        context = chromium.new_context(
            viewport={"width": width, "height": height}, base_url=live_server.url, **more
        )
        contexts.append(context)
        session = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda line: note(line, expected_fault))
        page.on("pageerror", lambda error: faults.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not faults, faults


@pytest.fixture
def page(chromium):
    """A fresh browser window that fails the test on any console error."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.set_default_timeout(15_000)
    faults = []
    page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    assert not faults, faults
