"""Copying a model to another resource of this server."""

from django.db import transaction

from localspeech import storage
from localspeech.engine.errors import EngineError
from localspeech.events import CREATION, announce
from localspeech.jobs.lifecycle import end
from localspeech.models import CopyOperation, CustomModel
from localspeech.models.entity import Status
from studio.crashpoints import crashpoint


def copy_model(row: CopyOperation) -> None:
    """Copy the files, then make the model, once. Raises EngineError when the source is gone."""
    source = row.model
    if source is None:
        raise EngineError("InvalidModel", "The model was deleted before it could be copied.")
    storage.copy_files(source.pk, row.result_id)
    crashpoint("localspeech.copy.before_commit")
    with transaction.atomic():
        made, is_new = CustomModel.objects.get_or_create(
            pk=row.result_id,
            defaults={
                "resource": row.authorization.resource,
                "display_name": source.display_name,
                "description": source.description,
                "locale": source.locale,
                "custom_properties": source.custom_properties,
                "base_model": source.base_model,
                "weight_percent": source.weight_percent,
                "outcome": source.outcome,
                "transcription_ends": source.transcription_ends,
                "status": Status.SUCCEEDED,
            },
        )
        if is_new:
            announce(made, CREATION)
        end(row, Status.SUCCEEDED)
