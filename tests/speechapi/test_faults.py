"""A service that fails in every way: each has its own sentence, and the key stays at home."""

import io

import pytest
import requests
import responses

from training.speechapi import errors, types
from training.speechapi.client import SpeechClient
from training.speechapi.forms import MultipartForm

BASE = "https://westus.api.cognitive.microsoft.com"
ROOT = f"{BASE}/speechtotext/v3.2"
KEY = "0123456789secret"


@pytest.fixture
def client():
    with SpeechClient(BASE, KEY) as client:
        yield client


def project(name="a", **more):
    return {"self": f"{ROOT}/projects/{name}", "displayName": name, "locale": "en-US", **more}


@responses.activate
@pytest.mark.parametrize(
    ("answer", "kind", "lost"),
    [
        ({"status": 500, "body": "oops"}, errors.ServiceFailed, True),
        ({"status": 429, "headers": {"Retry-After": "7"}}, errors.Throttled, False),
        (
            {"status": 401, "json": {"code": "Unauthorized", "message": "no"}},
            errors.Unauthorized,
            False,
        ),
        ({"status": 404, "json": {"code": "NotFound", "message": "no"}}, errors.NotFound, False),
        ({"status": 201, "body": "<html>"}, errors.Garbled, True),
        ({"status": 201, "json": ["no object"]}, errors.Garbled, True),
        ({"status": 302, "headers": {"Location": "https://evil.test/"}}, errors.Garbled, True),
        ({"body": requests.ConnectTimeout()}, errors.Unreachable, False),
        ({"body": requests.ReadTimeout()}, errors.TimedOut, True),
        ({"body": requests.ConnectionError("reset")}, errors.TimedOut, True),
    ],
)
def test_each_fault_is_told_apart(client, answer, kind, lost):
    responses.post(f"{ROOT}/projects", **answer)
    with pytest.raises(kind) as caught:
        client.create_project("a", "en-US", "", {})
    assert caught.value.answer_lost is lost
    assert caught.value.message.endswith((".", "no"))
    assert KEY not in str(caught.value) + repr(caught.value) + repr(client)
    assert len(responses.calls) == 1


CODES = """
    InUseViolation FailedDataset InvalidDataset DataImportFailed NoUtf8WithBom InvalidLocale
    InvalidBaseModel InvalidAdaptationMapping ModelDeprecated ModelMismatch ModelNotDeployable
    DeployingFailedModel QuotaViolation SkuLimitsExist DeleteNotAllowed
    ModelCopyAuthorizationExpired EndpointLoggingNotSupported InvalidAudioFormat EmptyAudioFile
""".split()


def test_each_detail_code_has_a_sentence_of_its_own():
    said = []
    for code in CODES:
        body = {"code": "InvalidRequest", "message": "", "innerError": {"code": code}}
        error = errors.refused(400, body, "")
        assert error.code == code
        assert error.message.endswith(".")
        said.append(error.message)
    assert len(set(said)) == len(CODES)


@responses.activate
def test_a_copy_in_the_older_way_sends_the_targets_key(client):
    copied = {"self": f"{ROOT}/models/2", "displayName": "M", "status": "NotStarted"}
    sent = responses.post(f"{ROOT}/models/1:copy", json=copied, status=201)
    model = types.CustomModel.parse({"self": f"{ROOT}/models/1"})
    assert client.copy_model_by_key(model, "other key").id == "2"
    assert sent.calls[0].request.body == b'{"targetSubscriptionKey": "other key"}'


@responses.activate
def test_the_innermost_code_has_its_advice(client):
    inner = {"code": "ModelDeprecated", "message": "The model is deprecated."}
    body = {"code": "InvalidRequest", "message": "Bad.", "innerError": inner}
    responses.post(f"{ROOT}/models", status=400, json=body)
    with pytest.raises(errors.Refused) as caught:
        client.create_model("a", "en-US", "", "", "", ["x"], 30, {})
    assert caught.value.code == "ModelDeprecated"
    assert caught.value.message.startswith("The model is deprecated. The base model can no longer")


@responses.activate
def test_lists_follow_their_links_and_note_the_wished_pause(client):
    responses.get(
        f"{ROOT}/projects",
        json={"values": [project("a")], "@nextLink": f"{ROOT}/projects?skip=1"},
        headers={"Retry-After": "4"},
        match=[responses.matchers.query_param_matcher({"top": "100"})],
    )
    responses.get(
        f"{ROOT}/projects",
        json={"values": [project("b")], "@nextLink": None},
        match=[responses.matchers.query_param_matcher({"skip": "1"})],
    )
    assert [one.id for one in client.projects()] == ["a", "b"]
    assert client.wished_pause == 4


@responses.activate
def test_a_list_that_never_ends_is_left(client):
    responses.get(
        f"{ROOT}/projects", json={"values": [project()], "@nextLink": f"{ROOT}/projects?top=100"}
    )
    assert len(list(client.projects())) <= 2


@responses.activate
def test_the_key_never_leaves_its_origin(client):
    for foreign in (
        "https://evil.test/x",
        "http://westus.api.cognitive.microsoft.com/x",
        f"{BASE}:8443/x",
        f"{BASE}.evil.test/x",
    ):
        responses.get(f"{ROOT}/models", json={"values": [], "@nextLink": foreign})
        with pytest.raises(errors.ForeignAddress):
            list(client.models())
        responses.reset()


@responses.activate
def test_downloads_carry_no_key(client):
    responses.get("https://blobs.test/file?sig=abc", body=b"content")
    file = types.File.parse(
        {
            "self": "x/1",
            "name": "n",
            "kind": "k",
            "links": {"contentUrl": "https://blobs.test/file?sig=abc"},
        }
    )
    assert client.content(file).content == b"content"
    assert "Ocp-Apim-Subscription-Key" not in responses.calls[0].request.headers


class Counting(io.BytesIO):
    largest = 0

    def read(self, size=-1):
        assert size > 0, "the file must be read in pieces"
        self.largest = max(self.largest, size)
        return super().read(size)


def test_a_form_is_streamed_with_its_length():
    file = Counting(b"x" * 3_000_000)
    form = MultipartForm({"displayName": "a"}, "data", 'na"me.txt', file)
    assert sum(map(len, form)) == len(form)
    assert file.largest < 1_000_000


@responses.activate
def test_the_newer_version_asks_in_the_query():
    responses.get(f"{BASE}/speechtotext/projects/locales", json=["en-US"])
    with SpeechClient(BASE, KEY, "2025-10-15") as client:
        assert client.locales("projects") == ["en-US"]
    assert "api-version=2025-10-15" in responses.calls[0].request.url


def test_what_is_absent_or_negative_is_not_known():
    properties = {"wordErrorRate1": -1.0, "wordCount1": -1, "wordErrorRate2": 0.25, "wordCount2": 8}
    found = types.Evaluation.parse(
        {"self": "x/e", "status": "SomethingNew", "properties": properties, "new": {"field": 1}}
    )
    assert found.results1 == {}
    assert found.results2 == {"word_error_rate": 0.25, "word_count": 8}
    assert found.status == "SomethingNew"
    assert found.raw["new"] == {"field": 1}


@pytest.mark.parametrize(
    "link",
    [
        "http://evil.test\\@westus.api.cognitive.microsoft.com/x",
        "https://evil.test\\@westus.api.cognitive.microsoft.com/x",
        "https://name@westus.api.cognitive.microsoft.com/x",
        "//evil.test/x",
    ],
)
def test_a_link_that_two_readers_take_apart_differently_gets_no_key(client, link):
    with responses.RequestsMock() as mocked, pytest.raises(errors.ForeignAddress):
        client.get(types.Project, link)
    assert not mocked.calls
