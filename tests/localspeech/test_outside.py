"""Requests to addresses that a client named."""

import socket

import pytest

from localspeech.engine.errors import EngineError
from localspeech.jobs import outside


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8000\\@example.com/x",
        "http://user:secret@example.com/",
        "http://example.com:99999/",
        "http://[",
        "http://exam ple.com/",
        "http://example.com/\r\nHost: other",
        "ftp://example.com/",
        "http:///path",
    ],
)
def test_odd_addresses_are_refused_in_words(url):
    with pytest.raises(EngineError) as caught:
        outside.session(url, "InvalidCallbackUri")
    assert caught.value.code == "InvalidCallbackUri"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "::127.0.0.1", "64:ff9b::7f00:1",
        "2002:7f00:1::", "224.0.0.1", "ff02::1", "fe80::1%eth0", "::ffff:10.0.0.1", "0.0.0.0",
    ],
)  # fmt: skip
def test_private_addresses_and_what_stands_for_them(address):
    assert not outside.is_public(address)


def test_public_addresses():
    assert outside.is_public("93.184.216.34")
    assert outside.is_public("2606:2800:220:1::1")


def test_the_connection_goes_to_the_address_that_was_checked(host, settings, monkeypatch):
    """The name leads elsewhere by the time of the request; nobody asks it again."""
    settings.LOCALSPEECH_ALLOW_PRIVATE_URLS = False
    asked = []

    def resolve(name, *_, **__):
        asked.append(name)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 0))]

    real = socket.getaddrinfo
    monkeypatch.setattr(outside, "is_public", lambda _address: True)
    monkeypatch.setattr(outside.socket, "getaddrinfo", resolve)
    url = f"http://files.test:{host.server_port}/clip"
    session = outside.session(url)
    monkeypatch.setattr(outside.socket, "getaddrinfo", real)
    assert session.post(url, data=b"x", timeout=5).status_code == 200
    assert asked == ["files.test"]
    assert host.received[0][1]["Host"] == f"files.test:{host.server_port}"
