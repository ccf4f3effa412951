"""Set-up of all tests: fast passwords, and files that go with the test."""

import pytest
from django.core.cache import cache

from tests import environment
from training.grids import rowcache


@pytest.fixture(autouse=True)
def _quick(settings, tmp_path):
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
    settings.CLAIM_SECONDS = 3600  # a test's transaction would keep a renewal waiting
    rowcache.forget()
    cache.clear()
