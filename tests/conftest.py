"""Set-up of all tests: fast passwords, and files that go with the test."""

import pytest
from django.core.cache import cache
from django.db.backends.postgresql import operations
from hypothesis import settings as property_tests

from tests import environment
from training.grids import rowcache
from training.services import connection

property_tests.register_profile("untimed", deadline=None)  # a busy machine is no fault
property_tests.load_profile("untimed")


@pytest.fixture(scope="session", autouse=True)
def _quick_flush():
    """Empty small tables row by row: PostgreSQL's TRUNCATE makes new files for each table."""

    def deletions(self, style, tables, **_):
        return [f"DELETE FROM {self.quote_name(name)};" for name in tables]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(operations.DatabaseOperations, "sql_flush", deletions)
        yield


@pytest.fixture(autouse=True)
def _quick(settings, tmp_path, monkeypatch):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MEDIA_ROOT = tmp_path / "uploads"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        "localspeech": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "localspeech"},
        },
    }
    settings.LOCALSPEECH_CACHE = environment.DATA / "cache"  # named by content, so shared
    monkeypatch.setattr(connection, "check_address", lambda _: None)  # speech.test has no address
    settings.CLAIM_SECONDS = 3600  # a test's transaction would keep a renewal waiting
    rowcache.forget()
    cache.clear()
