"""Content in blocks."""

import base64

import pytest

from localspeech.models import Dataset, DatasetBlock
from localspeech.storage import data_of, local_path
from tests.localspeech.test_refusals import innermost

TEXT = b"Moor at the bollard\nThe kittiwake sat on it\nWeigh the anchor\n"


@pytest.fixture(params=["3.2", "2025-10-15"])
def empty(service, request):
    """A dataset without content, in each version."""
    service.version = request.param
    made = service.post("datasets", displayName="Blocks", locale="en-US", kind="Language")
    assert made.status_code == 201
    return made.json()


def entries(names, kind="Latest"):
    return [{"kind": kind, "id": name} for name in names]


def test_blocks_in_any_order_become_the_file(service, empty):
    names = service.send_blocks(empty, [TEXT[20:40], TEXT[40:], TEXT[:20]])
    listed = service.get(empty["links"]["listBlocks"]).json()
    assert [(b["name"], b["size"]) for b in listed["uncommittedBlocks"]] == [
        (names[0], 20), (names[1], len(TEXT) - 40), (names[2], 20),
    ]  # fmt: skip
    service.work()
    assert service.get(empty["self"]).json()["status"] == "NotStarted"
    order = entries([names[2], names[0], names[1]])
    commit = empty["links"]["commitBlocks"]
    assert service.call("POST", commit, order).status_code == 200
    assert service.call("POST", commit, order).status_code == 200
    service.work()
    shown = service.get(empty["self"]).json()
    assert (shown["status"], shown["properties"]["acceptedLineCount"]) == ("Succeeded", 3)
    row = Dataset.objects.get()
    assert data_of(row.pk).read_bytes() == TEXT
    assert "commitBlocks" not in shown["links"]
    assert len(service.get(empty["links"]["listBlocks"]).json()["committedBlocks"]) == 3
    late = service.call("POST", commit, order[:1])
    assert innermost(late) == (409, "InvalidPrerequisite")


def test_a_block_sent_again_replaces_the_first(service, empty):
    service.send_blocks(empty, [b"wrong"])
    names = service.send_blocks(empty, [TEXT])
    assert DatasetBlock.objects.get().size == len(TEXT)
    assert len(list(local_path(f"blocks/{Dataset.objects.get().pk}").iterdir())) == 1
    assert service.call("POST", empty["links"]["commitBlocks"], entries(names)).status_code == 200


@pytest.mark.parametrize("name", ["", "no base64!", base64.b64encode(b"x" * 65).decode()])
def test_bad_block_names(service, empty, name):
    joint = service._joint(empty)
    answer = service.call(
        "PUT", f"{empty['links']['uploadBlocks']}{joint}blockid={name}", data=b"x"
    )
    assert innermost(answer) == (400, "InvalidParameterValue")


def test_bad_blocks_and_commits(service, empty):
    upload = f"{empty['links']['uploadBlocks']}{service._joint(empty)}blockid="
    assert innermost(service.call("PUT", upload + "AAAA", data=b"")) == (400, "EmptyRequest")
    large = service.call("PUT", upload + "AAAA", data=b"x" * (8 * 1024**2 + 1))
    assert innermost(large) == (413, "InvalidPayload")
    names = service.send_blocks(empty, [TEXT])
    assert innermost(service.call("PUT", upload + "AAAA", data=b"x")) == (
        400, "InvalidParameterValue",
    )  # fmt: skip
    commit = empty["links"]["commitBlocks"]
    for body in ([], entries(["AAAA"]), entries(names, "Committed"), entries(names, "Old")):
        assert innermost(service.call("POST", commit, body)) == (400, "InvalidPayload")
    assert Dataset.objects.get().awaits_blocks
    assert service.call("DELETE", empty["self"]).status_code == 204
    assert not DatasetBlock.objects.exists()
