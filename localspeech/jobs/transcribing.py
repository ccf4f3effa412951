"""Batch transcription: every source becomes a file of recognised phrases, then a report."""

import json
from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from localspeech import storage
from localspeech.engine import archive, wav
from localspeech.engine.errors import EngineError
from localspeech.engine.families import Recogniser, Word
from localspeech.engine.segments import cut
from localspeech.engine.transcripts import read_pcm
from localspeech.jobs.deploying import loaded
from localspeech.jobs.fetching import downloaded
from localspeech.jobs.lifecycle import end
from localspeech.models import StoredFile, Transcription
from localspeech.models.entity import Status
from studio.crashpoints import crashpoint

_TICKS, _LARGEST_SOURCE = 10_000_000, 512 * 1024**2
REPORT = "report.json"


def transcribe(row: Transcription) -> None:
    """Recognise what is not recognised yet. Raises EngineError when no source can be used."""
    decoder, details = loaded(row.custom_model, row.base_model), []
    for name, source in _sources(row):
        details.append(_one(row, decoder, name, source))
        Transcription.objects.filter(pk=row.pk).update(attempts=1)
        crashpoint("localspeech.transcription.after_source")
    failed = [one for one in details if one["status"] == Status.FAILED]
    report = {
        "successfulTranscriptionsCount": len(details) - len(failed),
        "failedTranscriptionsCount": len(failed),
        "details": details,
    }
    body = json.dumps(report, indent=1).encode()
    storage.keep(row.pk, REPORT, "TranscriptionReport", body)
    if len(failed) == len(details):
        reason = failed[0]["errorMessage"] if failed else "The dataset holds no audio."
        raise EngineError("DataImportFailed", f"No source could be transcribed. {reason}")
    end(row, Status.SUCCEEDED, duration_seconds=_seconds(row))


def _sources(row: Transcription) -> Iterator[tuple[str, str]]:
    """Name of the result, and the address or the file in the dataset's archive."""
    if row.dataset_id is None:
        for number, url in enumerate(row.content_urls):
            yield f"contenturl_{number}.json", url
        return
    with archive.opened(storage.data_of(row.dataset_id)) as opened:
        names = archive.audio_names(opened)
    for number, name in enumerate(names):
        yield f"{number:05}_{name.rpartition('/')[2][:200]}.json", name


def _one(row: Transcription, decoder: Recogniser, name: str, source: str) -> dict[str, Any]:
    if StoredFile.objects.filter(owner=row.pk, name=name).exists():
        return {"sourceUrl": source, "status": Status.SUCCEEDED}
    try:
        body = _transcribed(decoder, _pcm(row, source), source)
    except EngineError as error:
        failure = {"errorKind": error.code, "errorMessage": error.message}
        return {"sourceUrl": source, "status": Status.FAILED, **failure}
    if not row.word_level_timestamps:
        for phrase in body["recognizedPhrases"]:
            phrase["nBest"][0].pop("words")
    storage.keep(row.pk, name, "Transcription", json.dumps(body, indent=1).encode())
    return {"sourceUrl": source, "status": Status.SUCCEEDED}


def _pcm(row: Transcription, source: str) -> bytes:
    if row.dataset_id is not None:
        return read_pcm(storage.data_of(row.dataset_id), source)
    with downloaded(source, _LARGEST_SOURCE) as file:
        return wav.samples_of(file, "The audio")


def _transcribed(decoder: Recogniser, pcm: bytes, source: str) -> dict[str, Any]:
    phrases = []
    for start, stop in cut(pcm):
        words = decoder.words(pcm[2 * start : 2 * stop])
        if words:
            phrases.append(_phrase(words, start / wav.RATE))
    whole = " ".join(one["nBest"][0]["lexical"] for one in phrases)
    seconds = len(pcm) / 2 / wav.RATE
    return {
        "source": source,
        "timestamp": timezone.now().strftime("%Y-%m-%dT%H:%M:%SZ"),
        "durationInTicks": round(seconds * _TICKS),
        "duration": f"PT{seconds:.2f}S",
        "combinedRecognizedPhrases": [{"channel": 0, **_forms(whole)}],
        "recognizedPhrases": phrases,
    }


def _phrase(words: list[Word], offset: float) -> dict[str, Any]:
    text = " ".join(word.text for word in words)
    shown = [{"word": word.text, **_place(offset + word.start, word.end - word.start)}
             for word in words]  # fmt: skip
    return {
        "recognitionStatus": "Success",
        "channel": 0,
        **_place(offset + words[0].start, words[-1].end - words[0].start),
        "nBest": [{**_forms(text), "words": shown}],
    }


def _place(offset: float, duration: float) -> dict[str, Any]:
    return {
        "offset": f"PT{offset:.2f}S",
        "duration": f"PT{duration:.2f}S",
        "offsetInTicks": round(offset * _TICKS),
        "durationInTicks": round(duration * _TICKS),
    }


def _forms(text: str) -> dict[str, str]:
    """The engine gives words alone, so all forms of a text are the same."""
    return {"lexical": text, "itn": text, "maskedITN": text, "display": text}


def _seconds(row: Transcription) -> float:
    total = 0.0
    for file in StoredFile.objects.filter(owner=row.pk, kind="Transcription"):
        with storage.storage().open(file.path) as content:
            total += json.load(content)["durationInTicks"] / _TICKS
    return total
