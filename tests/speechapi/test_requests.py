"""Every request that the client makes is one that the official specification knows."""

import inspect
import io
import json
import re
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest
import responses

from tests.contract import specification
from tests.speechapi.test_fake import public
from training.speechapi import types
from training.speechapi.client import SpeechClient

BASE = "https://westus.api.cognitive.microsoft.com"
ROOTS = {"3.2": "/speechtotext/v3.2", "2025-10-15": "/speechtotext"}
UUID = "9d5f4100-5f8e-4dd6-bd83-9bbbf50d57f1"
# No operation of the specification: it lies at the endpoint's own address or at a file's, or
# asks nothing.
ELSEWHERE = {"recognise", "content", "link"}
# The body that the how-to page documents in place of the specification's.
OLDER = {"copy_model_by_key"}
# The local service alone has it: docs/local-service.md, Stopping.
OWN = {"cancel"}


@pytest.fixture(params=ROOTS)
def world(request):
    """A client whose service answers every request with an object that has all links."""
    version = request.param
    root, query = ROOTS[version], "" if version == "3.2" else f"?api-version={version}"
    place = SimpleNamespace(version=version, root=root, seen=[])

    def link(*parts):
        return f"{BASE}{root}/{'/'.join(parts)}{query}"

    def answer(call):
        place.seen.append((call.method, call.url, call.body, call.headers))
        body = {
            "self": link("datasets", UUID), "id": UUID, "values": [], "links": {},
            "displayName": "a", "locale": "en-US", "status": "Succeeded",
        }  # fmt: skip
        return 200, {}, json.dumps(["en-US"] if "/locales" in call.url else body)

    place.link = link
    with (
        responses.RequestsMock(assert_all_requests_are_fired=False) as mocked,
        SpeechClient(BASE, "key", version) as client,
    ):
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
            mocked.add_callback(method, re.compile(f"{BASE}.*"), answer)
        place.client = client
        yield place


def arguments(world):
    """A call of every method: its name and what it is called with."""
    text = ("name", "en-US", "more")
    project, model = world.link("projects", UUID), world.link("models", UUID)
    data = world.link("datasets", UUID)
    custom = types.CustomModel.parse({"self": model})
    dataset = types.Dataset.parse({"self": data})
    hook = types.WebHook.parse({"self": world.link("webhooks", UUID)})
    operation = world.link("operations", "models", "copy", UUID)
    target = f"{BASE}/speechtotext/v3.2/models"
    permission = types.CopyAuthorization.parse({
        "id": UUID, "targetResourceRegion": "westus", "targetResourceId": "/target",
        "targetResourceEndpoint": target, "sourceResourceId": "/source",
        "expirationDateTime": "2026-01-07T11:34:12Z",
    })  # fmt: skip
    endpoint = types.Endpoint.parse({"self": world.link("endpoints", UUID), "locale": "en-US"})
    lists = ("projects", "datasets", "base_models", "models", "evaluations", "endpoints",
             "transcriptions", "web_hooks")  # fmt: skip
    calls = {name: [("displayName eq 'a'",)] for name in lists}
    return calls | {
        "get": [(types.CustomModel, model)],
        "delete": [(data,), (hook.self_link,)],
        "locales": [(one,) for one in ("projects", "datasets", "models", "endpoints")],
        "files": [(model,), (data,)],
        "file": [(model, UUID), (data, UUID)],
        "manifest": [(model,), (world.link("models", "base", UUID),)],
        "create_project": [(*text, {"a": "b"})],
        "create_dataset": [("Language", *text, project, "https://x.test/a.txt", {"a": "b"}),
                           ("Language", *text, project, "", {})],
        "upload_dataset": [("Language", *text, project, "a.txt", io.BytesIO(b"x"), {"a": "b"})]
        if world.client.takes_forms else [],
        "blocks": [(dataset,)],
        "put_block": [(dataset, "AAE=", b"x")],
        "commit_blocks": [(dataset, ["AAE="])],
        "send_in_blocks": [(dataset, io.BytesIO(b"x"))],
        "create_model": [(*text, project, model, [data], 30, {"a": "b"})],
        "create_evaluation": [(*text, project, data, model, model, "Inspection", {"a": "b"})],
        "create_endpoint": [(*text, project, model, True, {"a": "b"})],
        "set_logging": [(endpoint.self_link, True)],
        "create_transcription": [("name", "en-US", ["https://x.test/a.wav"], model, project),
                                 ("name", "en-US", [], model, project, data)],
        "authorize_copy": [("/subscriptions/1",)],
        "copy_model": [(custom, permission)],
        "own_resource_id": [()],
        "copied_model": [(model,)],
        "copy_operation": [(operation,)],
        "create_web_hook": [("name", "https://x.test", ["ping"], "secret")],
        "ping_web_hook": [(hook,)],
        "test_web_hook": [(hook,)],
    }  # fmt: skip


def test_every_request_is_specified(world):
    calls = arguments(world)
    methods = {n for n, m in public(SpeechClient).items() if not isinstance(m, property)}
    assert methods == set(calls) | ELSEWHERE | OLDER | OWN | {"update"}
    for name, given in calls.items():
        for one in given:
            found = getattr(world.client, name)(*one)
            if inspect.isgenerator(found):
                list(found)
    for kind, changes in (
        (types.CustomModel, {"display_name": "b", "project": world.link("projects", UUID)}),
        (types.Endpoint, {"model": world.link("models", UUID), "description": "d"}),
        (types.Project, {"custom_properties": {"a": "b"}}),
    ):
        collection = {"CustomModel": "models", "Endpoint": "endpoints"}.get(
            kind.__name__, "projects"
        )
        world.client.update(kind, world.link(collection, UUID), **changes)
    assert world.seen
    for method, url, body, headers in world.seen:
        specified(world, method, url, body, headers)


def specified(world, method, url, body, headers):
    """Fail unless path, query and body are what the specification says."""
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    if world.version != "3.2":
        assert query.pop("api-version") == [world.version], url
        query.pop("sasLifetimeMinutes", None)
    path = parts.path.removeprefix(world.root).replace("transcriptions:submit", "transcriptions")
    one = specification.operation(method, path)
    assert one, (method, url)
    known = specification.parameters(one)
    assert set(query) <= {p["name"] for p in known if p["in"] == "query"}, url
    required = {p["name"] for p in known if p["in"] == "query" and p.get("required")}
    assert required <= set(query), url
    sent = [p for p in known if p["in"] == "body"]
    if sent and headers.get("Content-Type") == "application/json":
        content = json.loads(body)
        if world.version != "3.2":
            content.get("properties", {}).pop("timeToLiveHours", None) if isinstance(
                content, dict
            ) else None
        specification.check_schema(sent[0]["schema"], content)
        assert not specification.unknown_in(sent[0]["schema"], content), url
    else:
        assert bool(sent) == (headers.get("Content-Type") == "application/octet-stream"), url
