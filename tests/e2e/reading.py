"""What a test reads off a page that may still be on its way."""

from playwright.sync_api import expect


def error_rates(page, models):
    """The large word error rates of a test's page in percent, one for each model."""
    figures = page.locator(".big-number")
    expect(figures).to_have_count(models)
    return [float(text.rstrip("%")) for text in figures.all_inner_texts()]
