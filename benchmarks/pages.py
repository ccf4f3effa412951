"""What a person feels: size, first paint and layout shift of each page, cold, in Chromium.

    python benchmarks/pages.py

A server is started on a fresh data folder, the sample project is loaded, trained and tested. Each
page is opened in a new browser without a cache, on a connection throttled to 10 Mbit/s with 40 ms.
Prints KB of HTML, compressed KB of styles and scripts, first contentful paint, cumulative layout
shift, and when the first row of a list is there.
"""

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.e2e.person import Person
from tests.e2e.server import Server

NETWORK = {
    "offline": False,
    "latency": 40,
    "downloadThroughput": 10_000_000 / 8,
    "uploadThroughput": 5_000_000 / 8,
}
WATCH = """
window.shift = 0;
new PerformanceObserver((all) => all.getEntries().forEach((one) => { window.shift += one.value; }))
  .observe({type: "layout-shift", buffered: true});
new MutationObserver(() => {
  if (!window.firstRow && document.querySelector("tbody tr")) window.firstRow = performance.now();
}).observe(document, {childList: true, subtree: true});
"""
READ = """() => ({
  paint: performance.getEntriesByName("first-contentful-paint")[0]?.startTime,
  shift: window.shift, row: window.firstRow || null,
  html: performance.getEntriesByType("navigation")[0].decodedBodySize,
  rest: performance.getEntriesByType("resource")
    .filter((one) => /\\.(css|js)/.test(one.name))
    .reduce((sum, one) => sum + one.encodedBodySize, 0),
})"""


def measure(browser: Browser, person: Person, address: str) -> dict[str, Any]:
    """Open one page cold and read its figures after two polls."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    for cookie in person.session.cookies:
        context.add_cookies(
            [{"name": cookie.name, "value": cookie.value or "", "url": person.server.address}]
        )
    page = context.new_page()
    page.add_init_script(WATCH)
    context.new_cdp_session(page).send("Network.emulateNetworkConditions", NETWORK)
    page.goto(person.server.address + address)
    page.wait_for_timeout(5000)
    found: dict[str, Any] = page.evaluate(READ)
    context.close()
    return found


def prepare(server: Server) -> tuple[Person, int]:
    """The sample project with a model and a test."""
    person = Person(server)
    person.set_up()
    project = person.imported_sample()
    here = f"/projects/{project}"
    person.train_sample(project, add_test="on")
    server.wait_for(lambda: person.count(f"{here}/tests/", 'badge success"') == 1, 240, "the test")
    return person, project


def main() -> None:
    """Print one line a page."""
    with tempfile.TemporaryDirectory() as folder, Server(folder) as server:
        person, project = prepare(server)
        here = f"/projects/{project}"
        parts = ("datasets/", "models/", "models/1/", "tests/", "tests/1/", "datasets/new/")
        pages = ["/", "/deadlines/", "/activity/", *(f"{here}/{part}" for part in parts)]
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
            )
            for address in pages:
                found = measure(browser, person, address)
                row = f"first row {found['row']:4.0f} ms" if found["row"] else ""
                print(
                    f"{address:24} HTML {found['html'] / 1000:5.1f} KB  CSS and JS "
                    f"{found['rest'] / 1000:5.1f} KB  paint {found['paint']:4.0f} ms  "
                    f"shift {found['shift']:.4f}  {row}"
                )
            browser.close()


if __name__ == "__main__":
    main()
