"""What follows from the public address, and what is refused at the start."""

import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from studio import env
from studio.secretfiles import fernet_keys
from studio.site import allowed_hosts, site
from tests.e2e.server import ROOT


def test_one_address_tells_scheme_host_and_sub_path():
    found = site("https://intranet.example:8443/tools/studio", "127.0.0.1", 8000, None)
    assert found.origin == "https://intranet.example:8443"
    assert (found.host, found.sub_path, found.is_https) == (
        "intranet.example",
        "/tools/studio",
        True,
    )


@pytest.mark.parametrize(
    ("url", "prefix"),
    [
        ("https://studio.example", "__Host-"),
        ("https://intranet.example/studio", "__Secure-"),
        ("http://127.0.0.1:8000", ""),
    ],
)
def test_cookies_belong_to_this_site_alone(url, prefix):
    assert site(url, "127.0.0.1", 8000, None).cookie_prefix == prefix


def test_without_one_the_server_is_where_it_listens():
    assert site("", "0.0.0.0", 8000, None).url == "http://127.0.0.1:8000"
    assert site("", "127.0.0.1", 8000, True).is_https


@pytest.mark.parametrize(
    ("url", "https", "said"),
    [("https://a.example", False, "HTTPS is no"), ("https://a.example/b//c", None, "path")],
)
def test_contradictions_are_told(url, https, said):
    with pytest.raises(ImproperlyConfigured, match=said):
        site(url, "127.0.0.1", 8000, https)


def test_host_names():
    here = site("https://[2001:db8::1]/x", "127.0.0.1", 8000, None)
    assert allowed_hosts([], here, False, True) == ["*"]
    assert allowed_hosts([], here, True, True)[0] == "[2001:db8::1]"
    assert "localhost" in allowed_hosts(["a.example"], here, True, False)


@pytest.mark.parametrize(
    ("name", "value", "read", "said"),
    [
        ("PUBLIC_URL", "studio.example", env.address, "such as https://studio.example"),
        ("PUBLIC_URL", "https://a.example/?q=1", env.address, "such as https://studio.example"),
        ("PUBLIC_URL", "https://a.example:99999", env.address, "host or port"),
        ("CSRF_TRUSTED_ORIGINS", "a.example", env.origins, "origins such as"),
        ("TRUSTED_PROXIES", "10.0.0.1/8", env.networks, "host bits"),
        ("TRUSTED_PROXIES", "proxy", env.networks, "10.0.0.0/24"),
        ("TIME_ZONE", "Mars/Base", lambda name: env.zone(name, "UTC"), "Europe/Berlin"),
        ("LOG_LEVEL", "loud", lambda name: env.choice(name, "INFO", ("INFO",)), "one of INFO"),
        ("REDIS_URL", "http://:word@a", lambda name: env.service(name, ("redis",)), "redis://"),
        ("STUDIO_DATA", "/dev/null/x", lambda name: env.folder(name, None), "cannot be made"),
        ("BEHIND_PROXY", "yes", lambda name: env.replaced(name, "ANOTHER"), "use ANOTHER"),
        ("FIELD_KEYS", "abc", lambda name: fernet_keys(name, env.text(name)), "key 1 of 1"),
    ],
)
def test_a_wrong_setting_says_which_and_why(monkeypatch, name, value, read, said):
    monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=said) as caught:
        read(name)
    assert str(caught.value).startswith(name)
    assert "word" not in str(caught.value) or name != "REDIS_URL"


_OF_BROWSER_TESTS = "DJANGO_ALLOW_ASYNC_UNSAFE"


def run(tmp_path, *arguments, **environment):
    """manage.py in a process of its own, without what browser tests need in ours."""
    plain = {name: value for name, value in os.environ.items() if name != _OF_BROWSER_TESTS}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT, env={**plain, "STUDIO_DATA": str(tmp_path / "data"), **environment},
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip


def test_the_start_ends_with_one_sentence(tmp_path):
    ended = run(tmp_path, "up", PORT="80a")
    assert ended.returncode == 1
    assert ended.stderr == (
        "A setting is wrong. PORT must be a whole number from 1 to 65535, not '80a'.\n"
    )


@pytest.mark.parametrize("url", ["https://studio.example", "https://intranet.example/studio"])
def test_a_deployment_passes_djangos_checks(tmp_path, url):
    ended = run(
        tmp_path, "check", "--deploy", "--fail-level", "WARNING",
        PUBLIC_URL=url, TRUSTED_PROXIES="10.0.0.0/24", HOST="0.0.0.0",
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr


def test_settings_that_do_not_fit_together_are_warned_of(tmp_path):
    said = run(tmp_path, "check", HOST="0.0.0.0", HTTPS="yes").stderr
    assert "studio.W001" in said
    assert "studio.W002" in said
