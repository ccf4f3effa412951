"""Uploading in a browser: several files, by drag and drop, over a connection that breaks."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.e2e import world
from tests.uploading import step
from training.models import UploadDraft
from training.services.uploads import BLOCK_SIZE

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
LARGE = 2 * BLOCK_SIZE + 1000


@pytest.fixture
def draft():
    user = world.person()
    project = world.empty(user).project
    found = UploadDraft.objects.create(
        project=project, kind="Language", created_by=user, updated_by=user
    )
    found.user = user
    return found


@pytest.fixture
def large(tmp_path):
    """A file of three blocks."""
    path = tmp_path / "log of the harbour.txt"
    line = b"Moor the ferry at the northern bollard\n"
    path.write_bytes((line * (LARGE // len(line) + 1))[:LARGE])
    return path


def watch(page):
    """Numbers of the blocks that the page sends."""
    sent = []

    def note(request):
        if request.method == "PUT":
            sent.append(int(re.search(r"/(\d+)/$", request.url).group(1)))

    page.on("request", note)
    return sent


def test_a_broken_connection_goes_on_by_itself(visit, draft, large):
    page = visit(draft.user, expected_fault="502")
    sent = watch(page)
    page.add_init_script("window.setTimeout = ((real) => (f, ms) => real(f, ms / 20))(setTimeout)")
    page.goto(step(draft, "files"))
    broken = []

    def break_twice(route):
        if len(broken) < 2:
            broken.append(route.request.url)
            route.fulfill(status=502)
        else:
            route.continue_()

    page.route(re.compile(r"/1/$"), break_twice)
    page.get_by_label("Files").set_input_files(large)
    expect(page.locator(".upload-state")).to_have_text("Uploaded", timeout=30_000)
    expect(page.locator("#announcer")).to_contain_text("log of the harbour.txt is uploaded.")
    assert sent == [0, 1, 1, 1, 2]
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_label("Name", exact=True)).to_have_value("log of the harbour")
    assert draft.uploads.get().is_whole


def test_a_closed_page_goes_on_where_it_was(visit, draft, large):
    page = visit(draft.user, expected_fault="ERR_FAILED")
    page.goto(step(draft, "files"))
    page.route(re.compile(r"/2/$"), lambda route: route.abort())
    page.get_by_label("Files").set_input_files(large)
    expect(page.locator(".upload-state")).to_contain_text("The connection broke.")
    page.on("dialog", lambda dialog: dialog.accept())
    page.close()

    page = visit(draft.user)
    sent = watch(page)
    page.goto(reverse("datasets", args=[draft.project_id]))
    page.get_by_role("link", name="log of the harbour.txt").click()
    expect(page.locator(".upload-state")).to_contain_text("Interrupted at 16.0")
    page.get_by_label("Files").set_input_files(large)
    expect(page.locator(".upload-state")).to_have_text(["Uploaded"], timeout=30_000)
    assert sent == [2]


def test_several_files_are_dropped_and_refused_one_by_one(visit, draft):
    page = visit(draft.user, expected_fault="422")
    page.goto(step(draft, "files"))
    dropped = page.evaluate_handle(
        """() => {
            const data = new DataTransfer();
            for (const name of ["a.txt", "b.docx", "c.txt"])
                data.items.add(new File(["Moor at the bollard"], name));
            return data;
        }"""
    )
    zone = page.locator("[data-uploader]")
    zone.dispatch_event("dragover", {"dataTransfer": dropped})
    zone.dispatch_event("drop", {"dataTransfer": dropped})
    states = page.locator(".upload-state")
    expect(states).to_have_text(
        ["Uploaded", "b.docx: a file of this kind ends with .txt.", "Uploaded"]
    )
    page.locator(".upload", has_text="b.docx").get_by_role("button").click()
    expect(page.locator(".upload")).to_have_count(2)
    page.locator(".upload", has_text="a.txt").get_by_role("button").click()
    expect(page.locator(".upload-name")).to_have_text(["c.txt"])


def test_next_waits_for_the_upload_and_then_goes_on(visit, draft, large):
    page = visit(draft.user)
    page.goto(step(draft, "files"))
    held = []
    page.route(re.compile(r"/2/$"), lambda route: held.append(route))
    page.get_by_label("Files").set_input_files(large)
    expect(page.locator(".upload-state")).to_contain_text("99%")
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("Going on by itself when everything is uploaded.")).to_be_visible()
    held[0].continue_()
    expect(page.get_by_role("heading", name="Name and description")).to_be_visible()
