"""Recognising one short clip that a client waits for."""

import json
from uuid import UUID

from localspeech import storage
from localspeech.engine import wav
from localspeech.engine.errors import EngineError
from localspeech.jobs.deploying import loaded
from localspeech.jobs.lifecycle import end
from localspeech.models import Recognition, StoredFile
from localspeech.models.entity import Status

LONGEST_SECONDS = 60


def listen(row: Recognition) -> None:
    """Recognise the clip; log it if the endpoint's owner wants that. Raises EngineError."""
    file = StoredFile.objects.filter(owner=row.pk, name=storage.DATA).first()
    if file is None:
        return
    with storage.storage().open(file.path) as content:
        pcm = wav.samples_of(content, "The audio")
    seconds = len(pcm) / 2 / wav.RATE
    if seconds > LONGEST_SECONDS:
        raise EngineError(
            "InvalidAudioFormat",
            f"The audio is {seconds:.0f} s long; at most {LONGEST_SECONDS} s are recognised at "
            "once. Use a batch transcription.",
        )
    text = loaded(row.endpoint.custom_model, row.endpoint.base_model).recognise(pcm)
    if row.endpoint.logging_enabled:
        _log(row, text, file.pk)
    end(row, Status.SUCCEEDED, text=text, seconds=seconds)


def _log(row: Recognition, text: str, file_id: UUID) -> None:
    name = f"{row.created:%Y-%m-%d/%H%M%S}_{row.pk}".replace("/", "_")
    file = StoredFile.objects.get(pk=file_id)
    with storage.storage().open(file.path) as content:
        storage.keep(row.endpoint_id, f"{name}.wav", "Audio", content)
    body = json.dumps({"lexical": text, "language": row.endpoint.locale}).encode()
    storage.keep(row.endpoint_id, f"{name}.json", "Transcription", body)
