"""A speech service in memory, with the methods of the real client and nothing else.

`tests/speechapi/test_fake.py` holds its signatures to the real ones.
"""

import uuid
from datetime import UTC, datetime

from training.speechapi import types
from training.speechapi.errors import NotFound

ORIGIN = "http://speech.test"
_NAMES = {
    types.Project: "projects",
    types.Dataset: "datasets",
    types.CustomModel: "models",
    types.Evaluation: "evaluations",
    types.Endpoint: "endpoints",
    types.WebHook: "webhooks",
    types.Transcription: "transcriptions",
}


class FakeSpeechClient:
    """Keeps raw objects by their `self`; what is created succeeds at once.

    `error`, when set, is raised by every call; `calls` notes method names and arguments.
    """

    def __init__(self, base_url=ORIGIN, key="", api_version="3.2", before_each_call=None):
        self.origin, self.api_version = base_url.rstrip("/"), api_version
        self.objects, self.calls, self.error = {}, [], None
        self.wished_pause = None
        self.heard = "moor at the bollard"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None

    takes_forms = True

    def _noted(self, name, *arguments):
        self.calls.append((name, *arguments))
        if self.error:
            raise self.error

    def _made(self, kind, raw):
        link = f"{self.origin}/speechtotext/v3.2/{_NAMES[kind]}/{uuid.uuid4()}"
        now = datetime.now(UTC).isoformat()
        cid = link.rpartition("/")[2]
        address = f"{self.origin}/speech/recognition/interactive/cognitiveservices/v1?cid={cid}"
        links = {"restInteractive": address} if kind is types.Endpoint else {}
        self.objects[link] = {
            "self": link, "status": "Succeeded", "createdDateTime": now, "links": links, **raw,
        }  # fmt: skip
        return kind.parse(self.objects[link])

    def _listed(self, kind):
        for link, raw in self.objects.items():
            if f"/{_NAMES[kind]}/" in link:
                yield kind.parse(raw)

    def link(self, collection, key):
        return f"{self.origin}/speechtotext/v3.2/{collection}/{key}"

    def get(self, kind, self_link):
        self._noted("get", self_link)
        if self_link not in self.objects:
            raise NotFound("There is no such object.", status=404)
        return kind.parse(self.objects[self_link])

    def update(self, kind, self_link, **changes):
        self._noted("update", self_link, changes)
        raw = self.objects.setdefault(self_link, {"self": self_link, "status": "Succeeded"})
        named = {"display_name": "displayName", "custom_properties": "customProperties"}
        for name, value in changes.items():
            shown = {"self": value} if name in ("model", "project") else value
            raw[named.get(name, name)] = shown
        return kind.parse(raw)

    def delete(self, self_link):
        self._noted("delete", self_link)
        self.objects.pop(self_link, None)

    def cancel(self, kind, self_link):
        self._noted("cancel", self_link)
        error = {"code": "Canceled", "message": "It was stopped before it had finished."}
        raw = self.objects.setdefault(self_link, {"self": self_link})
        raw |= {"status": "Failed", "properties": {"error": error}}
        return kind.parse(raw)

    def locales(self, collection):
        self._noted("locales", collection)
        return ["en-US"]

    def files(self, self_link, files_link="", most=None):
        self._noted("files", self_link)
        return []

    def file(self, self_link, file_id, files_link=""):
        self._noted("file", self_link)
        raise NotFound("There is no such file.", status=404)

    def manifest(self, self_link):
        self._noted("manifest", self_link)
        return {"model": {"self": self_link}, "modelFiles": []}

    def content(self, file):
        raise NotImplementedError("the fake has no files")

    def projects(self, query=""):
        return self._listed(types.Project)

    def datasets(self, query=""):
        return self._listed(types.Dataset)

    def base_models(self, query=""):
        return iter(())

    def models(self, query=""):
        return self._listed(types.CustomModel)

    def evaluations(self, query=""):
        return self._listed(types.Evaluation)

    def endpoints(self, query=""):
        return self._listed(types.Endpoint)

    def transcriptions(self, query=""):
        return self._listed(types.Transcription)

    def web_hooks(self, query=""):
        return self._listed(types.WebHook)

    def create_project(self, display_name, locale, description, properties):
        self._noted("create_project", display_name)
        return self._made(types.Project, _named(display_name, locale, description, properties))

    def create_dataset(
        self, kind, display_name, locale, description, project, content_url, properties
    ):
        self._noted("create_dataset", display_name)
        raw = _named(display_name, locale, description, properties, project)
        return self._made(types.Dataset, raw | {"kind": kind, "contentUrl": content_url})

    def upload_dataset(
        self, kind, display_name, locale, description, project, file_name, file, properties
    ):
        self._noted("upload_dataset", display_name, file.read())
        raw = _named(display_name, locale, description, properties, project)
        return self._made(types.Dataset, raw | {"kind": kind})

    def blocks(self, dataset):
        return types.Blocks({}, {})

    def put_block(self, dataset, name, content):
        self._noted("put_block", name)

    def commit_blocks(self, dataset, names):
        self._noted("commit_blocks", tuple(names))

    def send_in_blocks(self, dataset, file):
        self._noted("send_in_blocks", file.read())
        return dataset

    def create_model(
        self, display_name, locale, description, project, base_model, datasets, weight_percent,
        properties,
    ):  # fmt: skip
        self._noted("create_model", display_name)
        raw = _named(display_name, locale, description, properties, project)
        raw["datasets"] = [{"self": one} for one in datasets]
        return self._made(types.CustomModel, raw | {"baseModel": {"self": base_model}})

    def create_evaluation(
        self, display_name, locale, description, project, dataset, model1, model2, testing_kind,
        properties,
    ):  # fmt: skip
        self._noted("create_evaluation", display_name)
        kind = {**properties, types.TESTING_KIND: testing_kind}
        raw = _named(display_name, locale, description, kind, project)
        pairs = (("dataset", dataset), ("model1", model1), ("model2", model2))
        return self._made(types.Evaluation, raw | {name: {"self": link} for name, link in pairs})

    def create_endpoint(
        self, display_name, locale, description, project, model, logging_enabled, properties
    ):
        self._noted("create_endpoint", display_name)
        raw = _named(display_name, locale, description, properties, project)
        kept = {"model": {"self": model}, "properties": {"loggingEnabled": logging_enabled}}
        return self._made(types.Endpoint, raw | kept)

    def set_logging(self, self_link, enabled):
        self._noted("set_logging", self_link, enabled)
        return self.get(types.Endpoint, self_link)

    def create_transcription(
        self, display_name, locale, content_urls, model="", project="", dataset=""
    ):
        self._noted("create_transcription", display_name)
        return self._made(types.Transcription, _named(display_name, locale, "", {}, project))

    def recognise(self, endpoint, audio):
        self._noted("recognise", endpoint.self_link, audio.read())
        raw = {"RecognitionStatus": "Success", "DisplayText": self.heard, "Duration": 20_000_000}
        return types.Recognition.parse(raw)

    def own_resource_id(self):
        return self.authorize_copy("/any").target_resource_id

    def copied_model(self, result):
        self._noted("copied_model", result)
        return self.get(types.CustomModel, result)

    def authorize_copy(self, source_resource_id):
        self._noted("authorize_copy", source_resource_id)
        return types.CopyAuthorization.parse(
            {"id": str(uuid.uuid4()), "sourceResourceId": source_resource_id}
        )

    def copy_model(self, model, authorization):
        self._noted("copy_model", model.self_link)
        link = f"{self.origin}/speechtotext/v3.2/operations/models/copy/{authorization.id}"
        return types.Operation.parse({"self": link, "status": "NotStarted"})

    def copy_model_by_key(self, model, target_key):
        self._noted("copy_model_by_key", model.self_link)
        return model

    def copy_operation(self, self_link):
        self._noted("copy_operation", self_link)
        return types.Operation.parse({"self": self_link, "status": "Succeeded"})

    def create_web_hook(self, display_name, web_url, events, secret=""):
        self._noted("create_web_hook", display_name)
        wanted = dict.fromkeys(events, True)
        raw = {"displayName": display_name, "webUrl": web_url, "events": wanted}
        return self._made(types.WebHook, raw)

    def ping_web_hook(self, hook):
        self._noted("ping_web_hook", hook.self_link)

    def test_web_hook(self, hook):
        self._noted("test_web_hook", hook.self_link)
        return True


def _named(display_name, locale, description, properties, project=""):
    raw = {
        "displayName": display_name, "locale": locale, "description": description,
        "customProperties": dict(properties),
    }  # fmt: skip
    return raw | ({"project": {"self": project}} if project else {})
