"""The real server behind a real reverse proxy: TLS, forwarded headers, a sub-path."""

import json
import re
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
import requests
from playwright.sync_api import expect

from tests.e2e.person import Person
from tests.e2e.server import Server
from tests.reverse_proxy import OWN_ADDRESS, ReverseProxy, running

pytestmark = [pytest.mark.e2e, pytest.mark.once, pytest.mark.xdist_group("server")]
SUB_PATH = "/speech"  # begins like an address of the product itself


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """The server, a proxy that keeps the path and one that takes the sub-path away."""
    folder = tmp_path_factory.mktemp("proxied")
    keeps = ReverseProxy(folder, SUB_PATH)
    takes = ReverseProxy(folder, SUB_PATH, takes_path_away=True)
    settings = {
        "PUBLIC_URL": keeps.address,
        "TRUSTED_PROXIES": OWN_ADDRESS,
        "LOG_JSON": "yes",
        "METRICS_TOKEN": "scrape-9471",
    }
    with (
        running(keeps),
        running(takes),
        Server(folder / "studio", **settings) as server,
    ):
        keeps.port = takes.port = server.port
        yield SimpleNamespace(server=server, keeps=keeps, takes=takes)


def person_at(place, proxy):
    """Somebody who comes through a proxy."""
    link = place.server.setup_link
    found = Person(
        SimpleNamespace(address=proxy.address, setup_link=link, wait_for=Server.wait_for)
    )
    found.session.verify = False
    return found


@pytest.fixture(autouse=True)
def _own_certificate():
    import urllib3

    urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)


@pytest.fixture(scope="module")
def ada(place):
    """The first administrator, signed in."""
    import urllib3

    urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)
    found = person_at(place, place.keeps)
    found.set_up()
    return found


def test_cookies_and_headers_fit_tls_and_the_sub_path(place, ada):
    cookies = {one.name: one for one in ada.session.cookies}
    for name in ("__Secure-sessionid", "__Secure-csrftoken"):
        assert cookies[name].secure
        assert cookies[name].path == f"{SUB_PATH}/"
    headers = ada.get("/").headers
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert re.fullmatch(r"[\w-]{36}", headers["X-Request-ID"])


def test_every_address_of_a_page_lies_under_the_sub_path(place, ada):
    project = ada.load_sample()
    for path in ("/", f"/projects/{project}/models/", "/deadlines/", "/resources/"):
        page = ada.get(path).text
        found = re.findall(r'(?:href|src|action|hx-get|hx-post)="(/[^"]*)"', page)
        assert found
        assert [one for one in found if not one.startswith(f"{SUB_PATH}/")] == []


def test_a_stranger_is_led_to_sign_in_under_the_sub_path(place):
    for proxy in (place.keeps, place.takes):
        answer = requests.get(f"{proxy.address}/deadlines/", verify=False, allow_redirects=False)
        assert (
            answer.headers["Location"] == f"{SUB_PATH}/accounts/login/?next={SUB_PATH}/deadlines/"
        )


def test_every_part_is_well_and_counted(place, ada):
    address = place.keeps.address
    readyz = f"{address}/readyz"
    Server.wait_for(lambda: requests.get(readyz, verify=False).ok, 60)
    parts = requests.get(readyz, verify=False).json()["parts"]
    assert {name for name, part in parts.items() if part["ok"]} == {
        "database", "broker", "polls", "default-worker", "engine-worker", "beat", "sweep",
    }  # fmt: skip
    assert requests.get(f"{address}/metrics", verify=False).status_code == 403
    token = {"Authorization": "Bearer scrape-9471"}
    text = requests.get(f"{address}/metrics", headers=token, verify=False).text
    assert 'studio_up{part="engine-worker"} 1.0' in text
    assert 'studio_queue_messages{queue="engine"}' in text


def test_forwarded_headers_of_others_change_nothing(place):
    lie = {
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-For": "127.0.0.1",
    }
    direct = f"http://127.0.0.1:{place.server.port}"
    answer = requests.get(f"{direct}/deadlines/", headers=lie, allow_redirects=False, timeout=30)
    assert answer.status_code == 301
    assert answer.headers["Location"].startswith("https://127.0.0.1:")
    assert requests.get(f"{direct}/livez", headers={"Host": "10.1.2.3"}, timeout=30).ok


def test_the_local_service_leads_back_through_the_proxy(place, ada):
    key = {"Ocp-Apim-Subscription-Key": place.server.local_key}
    for proxy in (place.keeps, place.takes):
        root = f"{proxy.address}/speechtotext/v3.2"
        models = requests.get(f"{root}/models/base?top=1", headers=key, verify=False).json()
        assert models["values"][0]["self"].startswith(f"{root}/models/base/")
        assert models["@nextLink"].startswith(f"{root}/models/base?")
        followed = requests.get(models["@nextLink"], headers=key, verify=False)
        assert followed.json()["values"][0]["self"] != models["values"][0]["self"]


def test_a_training_runs_through_the_proxy_that_takes_the_sub_path_away(place, ada):
    project = ada.load_sample()
    datasets = f"/projects/{project}/datasets/"
    Server.wait_for(lambda: ada.count(datasets, 'badge success"') >= 3, 90)
    other = person_at(place, place.takes)
    other.get("/accounts/login/")
    other.post("/accounts/login/", login="ada", password="correct horse 42")
    other.train_sample(project)
    models = f"/projects/{project}/models/"
    Server.wait_for(lambda: other.count(models, 'badge success"') >= 1, 120)
    lines = [json.loads(one) for one in place.server.printed().splitlines() if one[0] == "{"]
    requested = [one for one in lines if one["event"] == "request_finished"]
    sent = next(one for one in requested if one.get("step") is None and "pk" in one)
    assert sent["request_id"]
    assert sent["user_id"] == 1
    assert sent["project_id"] == project
    assert {one["ip"] for one in requested if one.get("view") == "home"} == {"127.0.0.1"}
    worked = next(one for one in lines if one.get("task") == "localspeech.tasks.work")
    assert worked["kind"]
    assert len(worked["pk"]) == 36
    assert worked["task_id"]
    submitted = next(one for one in lines if one.get("task") == "training.tasks.submit")
    assert submitted["kind"]
    assert isinstance(submitted["pk"], int)
    assert "correct horse" not in place.server.printed()


def test_a_browser_under_the_sub_path(place, ada, chromium, tmp_path):
    """Styles, live rows and the upload in blocks, each of which the policy would stop elsewhere."""
    project = ada.load_sample()
    context = chromium.new_context(ignore_https_errors=True)
    page = context.new_page()
    page.set_default_timeout(15_000)
    faults = []
    page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{place.keeps.address}/accounts/login/")
    page.get_by_label("Login").fill("ada")
    page.get_by_label("Password").fill("correct horse 42")
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(f"{place.keeps.address}/")
    page.goto(f"{place.keeps.address}/projects/{project}/datasets/")
    page.get_by_role("link", name="Upload data").first.click()
    page.get_by_role("radio", name="Plain text").check()
    page.get_by_role("button", name="Next").click()
    (tmp_path / "log.txt").write_text("ferry one leaves the harbour\n" * 40)
    page.locator("input[type=file]").set_input_files(tmp_path / "log.txt")
    expect(page.get_by_text("Uploaded").first).to_be_visible()
    for _ in range(2):
        page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name=re.compile("Save and close|Upload")).click()
    grid = page.get_by_role("region", name="Speech datasets")
    expect(grid.get_by_role("row", name=re.compile("^Select log .*Succeeded"))).to_be_visible(
        timeout=60_000
    )
    paths = {urlsplit(one["name"]).path for one in page.evaluate(
        "performance.getEntriesByType('resource').map(one => ({name: one.name}))")}  # fmt: skip
    assert all(path.startswith(f"{SUB_PATH}/") for path in paths), paths
    context.close()
    assert faults == []
