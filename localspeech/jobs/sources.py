"""What a custom model is trained from."""

from localspeech import storage
from localspeech.engine.training import Source
from localspeech.models import CustomModel, StoredFile


def sources_of(row: CustomModel) -> list[Source]:
    """Its datasets in order, then the text that came with the order itself."""
    found = [
        Source(one.kind, storage.data_of(one.pk)) for one in row.datasets.order_by("created", "id")
    ]
    text = StoredFile.objects.filter(owner=row.pk, name=storage.TEXT).first()
    return [*found, Source("Language", storage.local_path(text.path))] if text else found
