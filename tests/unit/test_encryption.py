"""Keys of resources at rest."""

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from tests.factories import ResourceFactory
from training.models import Resource


def stored():
    with connection.cursor() as cursor:
        cursor.execute("SELECT key FROM training_resource")
        return cursor.fetchone()[0]


def test_the_key_is_not_in_the_database(db):
    ResourceFactory(key="very secret")
    assert "very secret" not in stored()
    assert Resource.objects.get().key == "very secret"


def test_an_older_key_still_reads_and_a_wrong_one_raises(db, settings):
    ResourceFactory(key="very secret")
    settings.FIELD_KEYS = [Fernet.generate_key().decode(), *settings.FIELD_KEYS]
    assert Resource.objects.get().key == "very secret"
    settings.FIELD_KEYS = settings.FIELD_KEYS[:1]
    with pytest.raises(ImproperlyConfigured, match="FIELD_KEYS"):
        Resource.objects.get()
