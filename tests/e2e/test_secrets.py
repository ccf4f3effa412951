"""After a whole journey no secret of it stands in the clear in what the product keeps or shows."""

import re
import sqlite3
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.e2e.person import Person
from tests.e2e.server import Server

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("server")]
PASSWORD, CHANNEL_SECRET = "correct horse 42", "between-us-and-the-hook-77"
HOOK = "https://hooks.example.test/services/T00/secret-path-of-the-hook"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with Server(tmp_path_factory.mktemp("secrets"), LOG_JSON="yes") as running:
        yield running


def linked(page):
    """Pages of ours that a page leads to."""
    found = (urlsplit(one) for one in re.findall(r'href="([^"#]+)', page))
    return {
        one.path
        for one in found
        if not one.netloc and not re.search(r"/static/|logout|/delete/|/file/|/files/", one.path)
    }


def crawled(person, most=150):
    """Every page that links lead to, and every list as CSV."""
    waiting, seen = ["/"], {}
    while waiting and len(seen) < most:
        path = waiting.pop(0)
        if path in seen:
            continue
        answer = person.session.get(person.server.address + path, timeout=60)
        seen[path] = answer.text
        waiting += sorted(linked(answer.text) - set(seen))
    for path in [one for one, text in seen.items() if "format=csv" in text]:
        seen[f"{path}?format=csv"] = person.get(f"{path}?format=csv").text
    return seen


def dumped(server):
    """All of the database as text."""
    url = server.environment.get("DATABASE_URL")
    if not url:
        path = Path(server.environment["STUDIO_DATA"]) / "studio.sqlite3"
        with sqlite3.connect(path) as database:
            return "\n".join(database.iterdump())
    with psycopg.connect(url) as database:
        names = database.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        return "\n".join(
            str(row)
            for (name,) in names.fetchall()
            for row in database.execute(f'SELECT * FROM "{name}"').fetchall()
        )


def test_no_secret_of_a_journey_is_in_the_clear(server):
    person = Person(server)
    setup_token = server.setup_link.rstrip("/").rpartition("/")[2]
    person.set_up(email="ada@example.org")
    project = person.load_sample()
    shown = person.post("/people/invite/", email="ben@example.org", role="trainer").text
    invitation = re.search(r"/invitations/([\w-]{20,})/", shown).group(1)
    address = person.post("/notifications/calendar/").text
    calendar = re.search(r"/calendar/([\w-]{20,})\.ics", address).group(1)
    person.post(
        "/notifications/channels/new/", name="Team", kind="webhook", address=HOOK,
        secret=CHANNEL_SECRET, tells_results="on",
    )  # fmt: skip
    assert "Team" in person.get("/notifications/").text
    person.get(f"/calendar/{calendar}.ics")
    here = f"/projects/{project}/datasets/"
    server.wait_for(lambda: person.count(here, 'badge success"') >= 3, 120, "no data")
    session = person.session.cookies["sessionid"]
    secrets = {
        "password": PASSWORD, "local key": server.local_key, "invitation": invitation,
        "calendar": calendar, "channel's secret": CHANNEL_SECRET, "hook": HOOK,
    }  # fmt: skip
    places = {f"page {path}": text for path, text in crawled(person).items()}
    assert len(places) > 30
    assert any("format=csv" in place for place in places)
    places["database"] = dumped(server)
    places["log"] = server.printed()
    assert "training_auditentry" in places["database"] or "DATABASE_URL" in server.environment
    for name, secret in secrets.items():
        for place, text in places.items():
            if (name, place) in {("hook", "page /notifications/channels/1/")}:
                continue
            assert secret not in text, f"the {name} stands in {place}"
    assert session not in places["log"]
    printed_once = places["log"].count(setup_token)
    assert printed_once == 1, "the one-time link is printed once, and never logged"
