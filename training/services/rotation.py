"""Secrets at rest are encrypted anew with the first key of FIELD_KEYS."""

from collections.abc import Iterator

from django.apps import apps
from django.db import models, transaction

from training.models.encrypted import EncryptedTextField


def rotate() -> int:
    """Decrypt every secret with whichever key fits, encrypt it with the first; how many were.

    Safe to repeat, and while the product runs. Raises ImproperlyConfigured when a key is missing.
    """
    return sum(_rotate(model, names) for model, names in _encrypted())


def _encrypted() -> Iterator[tuple[type[models.Model], list[str]]]:
    for model in apps.get_models():
        names = [one.name for one in model._meta.fields if isinstance(one, EncryptedTextField)]
        if names:
            yield model, names


def _rotate(model: type[models.Model], names: list[str]) -> int:
    count, rows = 0, model._base_manager
    for pk in list(rows.values_list("pk", flat=True)):
        with transaction.atomic():
            row = rows.select_for_update().filter(pk=pk).first()
            if row is not None:
                found = {name: value for name in names if (value := getattr(row, name))}
                rows.filter(pk=pk).update(**found)
                count += len(found)
    return count
