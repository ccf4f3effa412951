"""Bodies of requests are kept on disk, and no more of them than may be."""

import io

import pytest
from django.test import RequestFactory

from studio.bodies import BodyTooLarge, spooled


def request(content, announced=None):
    made = RequestFactory().put("/", content, "application/octet-stream")
    if announced is not None:
        made.META["CONTENT_LENGTH"] = str(announced)
    return made


def test_a_body_is_a_file_at_its_beginning():
    with spooled(request(b"moor" * 200_000), 1_000_000) as body:
        assert body.size == 800_000
        assert body.read(4) == b"moor"
        path = body.temporary_file_path()
    with pytest.raises(FileNotFoundError):
        open(path)  # noqa: SIM115  # it must not be there


def test_too_large_a_body_is_not_read_where_its_length_is_known():
    made = request(b"x" * 11)
    made._stream = io.BytesIO(b"never read")
    with pytest.raises(BodyTooLarge), spooled(made, 10):
        pass
    assert made._stream.tell() == 0


def test_a_body_of_unknown_length_is_read_up_to_the_limit():
    made = request(b"", announced=0)
    made._stream = io.BytesIO(b"x" * 2_000_000)
    with pytest.raises(BodyTooLarge), spooled(made, 1_000_000):
        pass
    assert made._stream.tell() < 1_500_000
