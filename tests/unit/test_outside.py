"""Requests to addresses that a client named."""

import socket

import pytest

from localspeech.engine.errors import EngineError
from localspeech.jobs import outside as of_clients
from studio import outside
from tests.host import running_host


@pytest.fixture
def host():
    with running_host() as server:
        yield server


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
    with pytest.raises(outside.BadAddress, match="web address"):
        outside.session(url, allow_private=True)
    with pytest.raises(EngineError) as caught:
        of_clients.session(url, "InvalidCallbackUri")
    assert caught.value.code == "InvalidCallbackUri"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "::127.0.0.1", "64:ff9b::7f00:1",
        "2002:7f00:1::", "224.0.0.1", "ff02::1", "fe80::1%eth0", "::ffff:10.0.0.1", "0.0.0.0",
        "::ffff:100.100.100.200", "::ffff:224.0.0.1", "100.64.0.1", "168.63.129.16",
    ],
)  # fmt: skip
def test_private_addresses_and_what_stands_for_them(address):
    assert not outside.is_public(address)


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "192.168.0.9", "::1", "fd00::1"])
def test_private_networks_are_asked_where_that_is_allowed(address):
    assert outside.is_private(address)


@pytest.mark.parametrize(
    "address",
    [
        "169.254.169.254",
        "fe80::1",
        "0.0.0.0",
        "224.0.0.1",
        "::ffff:169.254.169.254",
        "fd00:ec2::254",
        "168.63.129.16",
        "100.100.100.200",
    ],
)
def test_what_keeps_a_clouds_secrets_is_never_asked(address, monkeypatch):
    assert not outside.is_private(address)
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 0))]
    monkeypatch.setattr(outside.socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(outside.BadAddress, match="private network"):
        outside.session("http://metadata.test/", allow_private=True)


def test_public_addresses():
    assert outside.is_public("93.184.216.34")
    assert outside.is_public("2606:2800:220:1::1")


def test_the_connection_goes_to_the_address_that_was_checked(host, monkeypatch):
    """The name leads elsewhere by the time of the request; nobody asks it again."""
    asked = []

    def resolve(name, *_, **__):
        asked.append(name)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 0))]

    real = socket.getaddrinfo
    monkeypatch.setattr(outside, "is_public", lambda _address: True)
    monkeypatch.setattr(outside.socket, "getaddrinfo", resolve)
    url = f"http://files.test:{host.server_port}/clip"
    session = outside.session(url, allow_private=False)
    monkeypatch.setattr(outside.socket, "getaddrinfo", real)
    assert session.post(url, data=b"x", timeout=5).status_code == 200
    assert asked == ["files.test"]
    assert host.received[0][1]["Host"] == f"files.test:{host.server_port}"
