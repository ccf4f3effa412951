"""Every page of the dashboard, found in the URL map, so that a new page is checked by itself."""

from django.urls import NoReverseMatch, URLPattern, reverse

from training.urls import urlpatterns

_ACTIONS = {
    "setup", "load_sample", "download", "switch_person", "manifest", "train", "discard_draft",
    "resume", "presence", "switcher", "keep_grid", "project", "try_endpoint",
    "export_test", "clip", "decide", "report",
}  # fmt: skip
_OF_OBJECT = {
    "dataset": "dataset", "model": "model", "test": "test", "edit_resource": "resource",
    "endpoint": "endpoint", "change_model": "endpoint",
}  # fmt: skip


def names():
    """Name of every address that shows a page."""
    found = set()
    waiting = list(urlpatterns)
    while waiting:
        one = waiting.pop()
        if isinstance(one, URLPattern):
            found.add(one.name)
        else:
            waiting.extend(one.url_patterns)
    return sorted(found - _ACTIONS)


def addresses(world):
    """Name and address of every page that the world has an object for."""
    for name in names():
        for address in _of(name, world):
            yield address.rstrip("/").replace("/", "-").lstrip("-") or "home", address


def _of(name, world):
    project = world.project.pk
    if name == "wizard":
        steps = ("baseline", "data", "name", "test", "review")
        shown = [step for step in steps if step != "test" or world.draft.add_test]
        return [reverse(name, args=[project, world.draft.pk, step]) for step in shown]
    if name == "delete_rows":
        if not hasattr(world, "model"):
            return []
        address = reverse(name, args=[project, "datasets"])
        return [f"{address}?pk={world.dataset.pk}&pk={world.sound.pk}"]
    if name in _OF_OBJECT:
        row = getattr(world, _OF_OBJECT[name], None)
        if row is None:
            return []
        return [reverse(name, args=[row.pk] if name == "edit_resource" else [project, row.pk])]
    for arguments in ([], [project]):
        try:
            return [reverse(name, args=arguments)]
        except NoReverseMatch:
            continue
    raise AssertionError(f"tests/e2e/pages.py does not know how to open the page {name}")
