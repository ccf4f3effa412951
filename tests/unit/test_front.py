"""Who is believed, and which path is meant."""

import ipaddress

import pytest

from studio.front import DIRECT, Front

TRUSTED = [ipaddress.ip_network(text) for text in ("10.0.0.0/24", "2001:db8::7")]
OURS = ("/speech/recognition/x", "/projects/1/", "/", "/help/")


def seen(sub_path="", **given):
    """What Django would see of a request from 10.0.0.5 unless another peer is named."""
    environ = {
        "REMOTE_ADDR": "10.0.0.5", "PATH_INFO": "/", "HTTP_HOST": "inner:8000",
        "wsgi.url_scheme": "http", **given,
    }  # fmt: skip
    Front(lambda environ, _: [], TRUSTED, sub_path, OURS.__contains__)(environ, None)
    return environ


def test_a_trusted_proxy_speaks_for_its_client():
    found = seen(
        HTTP_X_FORWARDED_FOR="203.0.113.9", HTTP_X_FORWARDED_PROTO="https",
        HTTP_X_FORWARDED_HOST="studio.example", HTTP_X_REQUEST_ID="abcdef12-3456",
    )  # fmt: skip
    assert found["REMOTE_ADDR"] == "203.0.113.9"
    assert found["wsgi.url_scheme"] == "https"
    assert found["HTTP_HOST"] == "studio.example"
    assert found["HTTP_X_REQUEST_ID"] == "abcdef12-3456"
    assert found[DIRECT] is False


def test_nobody_else_is_believed():
    found = seen(
        REMOTE_ADDR="203.0.113.9", HTTP_X_FORWARDED_FOR="127.0.0.1",
        HTTP_X_FORWARDED_PROTO="https", HTTP_X_FORWARDED_HOST="evil.example",
        HTTP_X_REAL_IP="127.0.0.1", HTTP_FORWARDED="for=127.0.0.1", HTTP_X_REQUEST_ID="1" * 8,
    )  # fmt: skip
    assert (found["REMOTE_ADDR"], found["wsgi.url_scheme"]) == ("203.0.113.9", "http")
    assert found["HTTP_HOST"] == "inner:8000"
    assert not [name for name in found if "FORWARDED" in name or "REAL_IP" in name]
    assert "HTTP_X_REQUEST_ID" not in found
    assert found[DIRECT] is False


@pytest.mark.parametrize(
    ("chain", "client"),
    [
        ("127.0.0.1, 203.0.113.9", "203.0.113.9"),  # what a client claims stands to the left
        ("203.0.113.9, 10.0.0.8", "203.0.113.9"),  # two proxies of ours
        ("203.0.113.9:4711", "203.0.113.9"),
        ("[2001:db8::1]:4711", "2001:db8::1"),
        ("2001:db8::1", "2001:db8::1"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("<script>", "10.0.0.5"),
        ("", "10.0.0.5"),
    ],
)
def test_the_client_is_the_first_that_is_no_proxy_of_ours(chain, client):
    assert seen(HTTP_X_FORWARDED_FOR=chain)["REMOTE_ADDR"] == client


def test_odd_words_of_a_proxy_change_nothing():
    found = seen(HTTP_X_FORWARDED_PROTO="javascript", HTTP_X_REQUEST_ID="a b\nc" * 9)
    assert found["wsgi.url_scheme"] == "http"
    assert "HTTP_X_REQUEST_ID" not in found


@pytest.mark.parametrize(
    ("sub_path", "asked", "path"),
    [
        ("", "/speech/recognition/x", "/speech/recognition/x"),
        ("/studio", "/studio/help/", "/help/"),
        ("/studio", "/studio", "/"),
        ("/studio", "/help/", "/help/"),
        ("/studio", "/studiously/", "/studiously/"),
        # Sub-paths that begin like addresses of our own.
        ("/speech", "/speech/help/", "/help/"),
        ("/speech", "/speech/recognition/x", "/speech/recognition/x"),
        ("/speech", "/speech/speech/recognition/x", "/speech/recognition/x"),
        ("/speech", "/speech/static/a.css", "/static/a.css"),
        ("/projects", "/projects/1/", "/projects/1/"),
        ("/projects", "/projects/projects/1/", "/projects/1/"),
    ],
)
def test_a_path_comes_with_the_sub_path_or_without(sub_path, asked, path):
    assert seen(sub_path, PATH_INFO=asked)["PATH_INFO"] == path
