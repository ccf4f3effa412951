"""The utterances of a finished test, from whatever files the service offers."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor

from training import details
from training.details import Detail
from training.models import Evaluation
from training.services import connection
from training.services.transcripts import said
from training.speechapi.client import SpeechClient
from training.speechapi.errors import Refused
from training.speechapi.types import Evaluation as Remote
from training.speechapi.types import File

_LARGEST = 50 * 1024**2
_AT_ONCE, _BATCH = 8, 200
Heard = dict[str, str]


def read(row: Evaluation) -> list[Detail]:
    """Every utterance; [] when no file is in a form that is understood. Raises a SpeechApiError.

    In order: details in the local service's form, a file for each clip and model, a text file for
    each model, the transcriptions that the evaluation names.
    """
    with connection.client(row.resource) as client:
        listed = [one for one in client.files(row.remote_self, row.link("files")) if _is_small(one)]
        if found := _own(client, listed):
            return found
        first, second = (
            _of_clips(client, listed)
            or _of_models(client, listed)
            or _of_transcriptions(client, row)
        )
        if not first and not second:
            return []
        if not second and row.has_one_model:
            second = first
        return details.assembled(first, second, said(client, row.dataset))


def _is_small(file: File) -> bool:
    return (file.size or 0) <= _LARGEST


def _own(client: SpeechClient, listed: list[File]) -> list[Detail]:
    found = [one for one in listed if one.kind == "EvaluationDetails"]
    if len(found) != 1:
        return []
    return details.own(client.content(found[0]).content)


def _of_clips(client: SpeechClient, listed: list[File]) -> tuple[Heard, Heard] | None:
    named = {file: place for file in listed if (place := details.clip_and_model(file.name))}
    heard: tuple[Heard, Heard] = ({}, {})
    for file, content in _contents(client, named):
        clip, number = named[file]
        if (found := details.transcription(content)) is not None:
            heard[number - 1][clip] = found[1]
    return heard if any(heard) else None


def _of_models(client: SpeechClient, listed: list[File]) -> tuple[Heard, Heard] | None:
    texts = [one for one in listed if one.name.lower().endswith((".txt", ".tsv"))]
    named = {file: number for file in texts if (number := details.model_of(file.name))}
    heard: tuple[Heard, Heard] = ({}, {})
    for file, content in _contents(client, named):
        heard[named[file] - 1].update(details.lines(content))
    return heard if any(heard) else None


def _of_transcriptions(client: SpeechClient, row: Evaluation) -> tuple[Heard, Heard]:
    remote = Remote.parse({"self": row.remote_self, **row.raw})
    return (
        _of_transcription(client, remote.transcription1),
        _of_transcription(client, remote.transcription2),
    )


def _of_transcription(client: SpeechClient, self_link: str) -> Heard:
    try:
        listed = client.files(self_link) if self_link else []
    except Refused:
        return {}  # the service may have thrown it away, or name it without giving it
    found: Heard = {}
    for file, content in _contents(client, [one for one in listed if one.kind == "Transcription"]):
        if (heard := details.transcription(content)) is not None:
            found[heard[0].partition("?")[0] or file.name.removesuffix(".json")] = heard[1]
    return found


def _contents(client: SpeechClient, files: Iterable[File]) -> Iterator[tuple[File, bytes]]:
    """Files with their contents, a batch at a time; those that are gone are left out.

    A test has up to 20,000 files. Their links lead to the service's storage, so they cost no calls
    of the resource.
    """

    def fetched(file: File) -> tuple[File, bytes] | None:
        try:
            return file, client.content(file).content
        except Refused:
            return None

    listed = list(files)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for start in range(0, len(listed), _BATCH):
            yield from filter(None, pool.map(fetched, listed[start : start + _BATCH]))
