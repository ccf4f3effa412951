"""Every page of the dashboard, found in the URL map, so that a new page is checked by itself."""

from django.urls import NoReverseMatch, URLPattern, reverse

from training.urls import urlpatterns

_ACTIONS = {
    "setup", "load_sample", "download", "switch_person", "manifest", "train", "discard_draft",
    "resume", "presence", "switcher", "keep_grid", "project", "try_endpoint",
    "resume_upload", "discard_upload", "add_file",
    "put_block", "remove_file", "decide_deadlines", "calendar", "try_mail", "send_again",
    "calendar_address", "resume_test", "discard_test",
    "try_channel", "delete_channel", "retrain", "decide_renewal",
    "export_test", "clip", "decide", "report", "own_file", "sample_clip", "choose_words",
    "set_role", "revoke_invitation", "archive",
    "decide_copy", "look_now",
}  # fmt: skip
_OF_OBJECT = {
    "dataset": "dataset", "model": "model", "test": "test", "test_files": "test",
    "edit_resource": "resource", "endpoint": "endpoint", "change_model": "endpoint",
    "cancel_model": "model", "cancel_test": "test",
    "edit_channel": "channel", "replace_key": "resource", "renewal": "model",
    "elsewhere": "resource",
}  # fmt: skip


_OF_SITE = {"edit_resource", "replace_key", "edit_channel", "elsewhere"}


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
    if name == "upload":
        if not hasattr(world, "upload"):
            return []
        steps = ("kind", "files", "name", "review")
        return [reverse(name, args=[project, world.upload.pk, step]) for step in steps]
    if name == "testing":
        if not hasattr(world, "test_draft"):
            return []
        steps = ("kind", "data", "models", "name", "review")
        return [reverse(name, args=[project, world.test_draft.pk, step]) for step in steps]
    if name == "delete_rows":
        if not hasattr(world, "model"):
            return []
        address = reverse(name, args=[project, "datasets"])
        return [f"{address}?pk={world.dataset.pk}&pk={world.sound.pk}"]
    if name == "copy_models":
        found = getattr(world, "model", None)
        return [f"{reverse(name, args=[project])}?pk={found.pk}"] if found else []
    if name == "connect":
        if not hasattr(world, "found"):
            return []
        keys = "&".join(f"pk={row.pk}" for row in world.found)
        return [f"{reverse(name, args=[world.resource.pk])}?{keys}"]
    if name == "test" and hasattr(world, "inspection"):
        return [reverse(name, args=[project, row.pk]) for row in (world.test, world.inspection)]
    if name == "invitation":
        return [world.invitation] if hasattr(world, "invitation") else []
    if name in _OF_OBJECT:
        row = getattr(world, _OF_OBJECT[name], None)
        if row is None:
            return []
        return [reverse(name, args=[row.pk] if name in _OF_SITE else [project, row.pk])]
    for arguments in ([], [project]):
        try:
            return [reverse(name, args=arguments)]
        except NoReverseMatch:
            continue
    raise AssertionError(f"tests/e2e/pages.py does not know how to open the page {name}")
