"""A model renewed before its last day, from the plan to the endpoint, in the browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.person import with_model

pytestmark = [pytest.mark.e2e, pytest.mark.once, pytest.mark.xdist_group("server")]

SOON = """
from datetime import timedelta
from django.utils import timezone
from localspeech.models import CustomModel
from training.models import Resource
CustomModel.objects.update(transcription_ends=timezone.now() + timedelta(days=20))
Resource.objects.update(look_due_at=timezone.now())
"""


def test_a_model_is_renewed_and_its_endpoint_moved(studio, page):
    project = with_model(studio, page, base="20251201")
    deploy(page, project)
    studio.manage("shell", "-c", SOON)
    page.goto(f"{project}models/1/")
    expect(page.get_by_text("This model expires soon.")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("A newer baseline is available: 20261120.")).to_be_visible()

    page.get_by_role("link", name="Keep this model fresh").click()
    expect(page.get_by_label("Test dataset").locator("option:checked")).to_contain_text("Harbour")
    page.get_by_role("button", name="Keep it fresh").click()
    decision = page.get_by_role("heading", name="Waits for a decision")
    expect(decision).to_be_visible(timeout=300_000)
    new_model = page.get_by_role("main").get_by_role(
        "link", name=re.compile("^Harbour model .*20261120")
    )
    expect(new_model.first).to_be_visible()
    expect(page.get_by_text("Gate passed")).to_be_visible()
    page.goto(f"{project}endpoints/1/")
    expect(page.get_by_role("main").get_by_role("link", name="Harbour model")).to_be_visible()

    page.get_by_role("link", name=re.compile("new notice")).click()
    page.get_by_text("may take its place").first.wait_for()
    page.get_by_role("main").get_by_role("link", name="Harbour model").first.click()
    page.get_by_role("link", name="Renewal plan").click()
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_role("link", name="Its plan goes on there.")).to_be_visible(timeout=60_000)
    page.goto(f"{project}endpoints/1/")
    expect(new_model).to_be_visible()
    page.goto(f"{project}models/1/")
    expect(page.get_by_text("Renewed by")).to_be_visible()


def deploy(page, project):
    """Give the model an endpoint."""
    page.goto(f"{project}models/1/")
    page.get_by_role("link", name="Deploy model", exact=True).click()
    page.get_by_role("button", name="Deploy", exact=True).click()
    expect(page.get_by_role("button", name="Recognize")).to_be_visible(timeout=60_000)
