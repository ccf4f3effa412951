"""Evaluating: the test set is cut into shards, so that every engine process takes part.

Audio with transcripts is scored. Audio alone gives texts and no figures.
"""

import json
from functools import lru_cache, partial
from pathlib import Path

from django.db.models import F

from localspeech import storage
from localspeech.doorbell import shards_soon, work_soon
from localspeech.engine import recordings
from localspeech.engine.errors import EngineError
from localspeech.engine.families import Recogniser
from localspeech.engine.segments import cut
from localspeech.engine.transcripts import Utterance, read_all_pcm, test_set
from localspeech.jobs.conclusions import inspected, scored
from localspeech.jobs.lifecycle import MOST_ATTEMPTS, failing, succeed
from localspeech.jobs.recognisers import recogniser
from localspeech.models import CustomModel, Dataset, Evaluation, EvaluationShard
from localspeech.models.entity import NOT_RUNG, Status
from studio import claims
from studio.crashpoints import crashpoint

_SHARD_UTTERANCES = 6


def evaluate(row: Evaluation) -> None:
    """Cut into shards at first, and gather when all are done. Raises EngineError."""
    utterances = _utterances(row.dataset)
    if not row.shards.exists():
        _cut(row, len(utterances))
    pending = row.shards.filter(texts__isnull=True)
    if row.shards.filter(texts__isnull=True, attempts__gte=MOST_ATTEMPTS).exists():
        raise EngineError(
            "InternalServerError", f"The engine stopped {MOST_ATTEMPTS} times on one utterance."
        )
    shards_soon(pending)
    if not pending.exists():
        _finish(row, utterances)


def _utterances(dataset: Dataset) -> tuple[Utterance, ...]:
    return _listed(storage.data_of(dataset.pk), dataset.is_audio_alone)


@lru_cache(maxsize=2)  # every shard asks for them, and a dataset's file never changes
def _listed(archive: Path, is_audio_alone: bool) -> tuple[Utterance, ...]:
    return recordings.clips(archive) if is_audio_alone else test_set(archive)


def _cut(row: Evaluation, count: int) -> None:
    same = (row.custom_model1_id, row.base_model1) == (row.custom_model2_id, row.base_model2)
    EvaluationShard.objects.bulk_create(
        [
            EvaluationShard(
                evaluation=row,
                model_number=number,
                start=start,
                stop=min(start + _SHARD_UTTERANCES, count),
                rung_at=NOT_RUNG,
            )
            for number in ((1,) if same else (1, 2))
            for start in range(0, count, _SHARD_UTTERANCES)
        ],
        ignore_conflicts=True,
    )


def recognise(pk: int) -> None:
    """Recognise the utterances of one shard, if it is free."""
    waiting = EvaluationShard.objects.filter(texts__isnull=True, evaluation__status=Status.RUNNING)
    if not claims.claim(waiting.filter(attempts__lt=MOST_ATTEMPTS), pk, attempts=F("attempts") + 1):
        return
    crashpoint("localspeech.shard.claimed")
    with claims.held(EvaluationShard, pk):
        shard = (
            EvaluationShard.objects.select_related(
                "evaluation__custom_model1", "evaluation__custom_model2", "evaluation__dataset"
            )
            .filter(pk=pk)
            .first()
        )
        if shard is None:
            return
        with failing(shard.evaluation):
            texts = _texts(shard)
            crashpoint("localspeech.shard.before_commit")
            EvaluationShard.objects.filter(pk=pk, texts__isnull=True).update(texts=texts)
    left = shard.evaluation.shards.filter(texts__isnull=True)
    shards_soon(left)
    if not left.exists():
        work_soon(shard.evaluation)


def _texts(shard: EvaluationShard) -> list[str]:
    evaluation = shard.evaluation
    custom: CustomModel | None = getattr(evaluation, f"custom_model{shard.model_number}")
    base = custom.base_model if custom else getattr(evaluation, f"base_model{shard.model_number}")
    folder = storage.local_path(storage.model_folder(custom.pk)) if custom else None
    decoder = recogniser(base, folder)
    dataset = evaluation.dataset
    archive = storage.data_of(dataset.pk)
    clips = [one.file for one in _utterances(dataset)[shard.start : shard.stop]]
    hear = partial(_heard_in_pieces, decoder) if dataset.is_audio_alone else decoder.recognise
    return [hear(pcm) for pcm in read_all_pcm(archive, clips)]


def _heard_in_pieces(decoder: Recogniser, pcm: bytes) -> str:
    """Recordings come as they are, up to two hours long."""
    texts = [decoder.recognise(pcm[2 * start : 2 * stop]) for start, stop in cut(pcm)]
    return " ".join(text for text in texts if text)


def _finish(row: Evaluation, utterances: tuple[Utterance, ...]) -> None:
    texts = {number: _gathered(row, number) for number in (1, 2)}
    texts[2] = texts[2] or texts[1]
    conclude = inspected if row.dataset.is_audio_alone else scored
    details, results = conclude(utterances, texts)
    for number in (1, 2):
        lines = "".join(f"{one['file']}\t{one[f'model{number}']['text']}\n" for one in details)
        storage.keep(row.pk, f"model{number}.txt", "Transcription", lines.encode())
    body = json.dumps(details, indent=1).encode()
    storage.keep(row.pk, "details.json", "EvaluationDetails", body)
    crashpoint("localspeech.evaluation.before_finish")
    succeed(row, results=results)


def _gathered(row: Evaluation, number: int) -> list[str]:
    shards = row.shards.filter(model_number=number).order_by("start")
    return [text for shard in shards for text in shard.texts or ()]
