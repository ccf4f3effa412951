"""What is said in the clips of a dataset: from our copy of its file, or from the service's."""

import zipfile

from training.details import Said, key, lines
from training.models import Dataset
from training.speechapi.client import SpeechClient
from training.validation.archives import audio_names, transcript_names
from training.validation.textfiles import read_somehow

_LARGEST = 64 * 1024**2
_KIND = "AcousticDataTranscriptionV2"


def said(client: SpeechClient, dataset: Dataset) -> dict[str, Said]:
    """Clips by `key` in the dataset's order; empty when nobody knows. Raises a SpeechApiError."""
    if dataset.file:
        return _of_archive(dataset)
    for file in client.files(dataset.remote_self, dataset.link("files")):
        if file.kind == _KIND and (file.size or 0) <= _LARGEST:
            found = lines(client.content(file).content)
            return {key(name): Said(name, text) for name, text in found.items()}
    return {}


def _of_archive(dataset: Dataset) -> dict[str, Said]:
    try:
        with dataset.file.open("rb") as file, zipfile.ZipFile(file) as archive:
            members = {key(name): name for name in audio_names(archive)}
            names = transcript_names(archive)[:1]
            small = [name for name in names if archive.getinfo(name).file_size <= _LARGEST]
            text = "".join(read_somehow(archive.read(name)) for name in small)
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return {}
    written = {key(name): one for name, one in lines(text.encode()).items()}
    order = [*(one for one in written if one in members), *members]
    return {one: Said(members[one], written.get(one, "")) for one in order}
