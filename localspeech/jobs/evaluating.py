"""Evaluating: the test set is cut into shards, so that every engine process takes part."""

import json
from typing import Any

from django.conf import settings
from django.db.models import F

from localspeech import storage
from localspeech.doorbell import shard_soon, work_soon
from localspeech.engine.errors import EngineError
from localspeech.engine.scoring import Score, UtteranceScore, score
from localspeech.engine.transcripts import Utterance, read_pcm, test_set
from localspeech.jobs.lifecycle import MOST_ATTEMPTS, end
from localspeech.jobs.recognisers import recogniser
from localspeech.models import CustomModel, Evaluation, EvaluationShard
from localspeech.models.entity import Status
from studio import claims
from studio.crashpoints import crashpoint

_SHARD_UTTERANCES = 6


def evaluate(row: Evaluation) -> None:
    """Cut into shards at first, and gather when all are done. Raises EngineError."""
    utterances = test_set(storage.data_of(row.dataset_id))
    if not row.shards.exists():
        _cut(row, len(utterances))
    pending = row.shards.filter(texts__isnull=True)
    if row.shards.filter(texts__isnull=True, attempts__gte=MOST_ATTEMPTS).exists():
        raise EngineError(
            "InternalServerError", f"The engine stopped {MOST_ATTEMPTS} times on one utterance."
        )
    for shard in pending:
        shard_soon(shard)
    if not pending:
        _finish(row, utterances)


def _cut(row: Evaluation, count: int) -> None:
    same = (row.custom_model1_id, row.base_model1) == (row.custom_model2_id, row.base_model2)
    EvaluationShard.objects.bulk_create(
        [
            EvaluationShard(
                evaluation=row,
                model_number=number,
                start=start,
                stop=min(start + _SHARD_UTTERANCES, count),
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
        shard = EvaluationShard.objects.select_related(
            "evaluation__custom_model1", "evaluation__custom_model2"
        ).get(pk=pk)
        evaluation = shard.evaluation
        try:
            texts = _texts(shard)
        except EngineError as error:
            end(evaluation, Status.FAILED, error_code=error.code, error_message=error.message)
            return
        crashpoint("localspeech.shard.before_commit")
        EvaluationShard.objects.filter(pk=pk, texts__isnull=True).update(texts=texts)
    if not evaluation.shards.filter(texts__isnull=True).exists():
        work_soon(evaluation)


def _texts(shard: EvaluationShard) -> list[str]:
    evaluation = shard.evaluation
    custom: CustomModel | None = getattr(evaluation, f"custom_model{shard.model_number}")
    folder = storage.local_path(storage.model_folder(custom.pk)) if custom else None
    decoder = recogniser(folder, settings.LOCALSPEECH_CACHE)
    archive = storage.data_of(evaluation.dataset_id)
    utterances = test_set(archive)[shard.start : shard.stop]
    return [decoder.recognise(read_pcm(archive, one.file)) for one in utterances]


def _finish(row: Evaluation, utterances: tuple[Utterance, ...]) -> None:
    texts = {number: _gathered(row, number) for number in (1, 2)}
    texts[2] = texts[2] or texts[1]
    scored = {
        number: score([(u.file, u.transcript, t) for u, t in zip(utterances, found, strict=True)])
        for number, found in texts.items()
    }
    for number, (_, rows) in scored.items():
        lines = "".join(f"{one.file}\t{one.hypothesis}\n" for one in rows)
        storage.keep(row.pk, f"model{number}.txt", "Transcription", lines.encode())
    details = json.dumps(_details(scored[1][1], scored[2][1]), indent=1).encode()
    storage.keep(row.pk, "details.json", "EvaluationDetails", details)
    crashpoint("localspeech.evaluation.before_finish")
    results = _figures(scored[1][0], "1") | _figures(scored[2][0], "2")
    end(row, Status.SUCCEEDED, results=results)


def _gathered(row: Evaluation, number: int) -> list[str]:
    shards = row.shards.filter(model_number=number).order_by("start")
    return [text for shard in shards for text in shard.texts or ()]


def _figures(total: Score, number: str) -> dict[str, Any]:
    figures = {
        "wordErrorRate": total.word_error_rate,
        "sentenceErrorRate": total.sentence_error_rate,
        "sentenceCount": total.sentence_count,
        "wordCount": total.word_count,
        "correctWordCount": total.correct,
        "wordSubstitutionCount": total.substitutions,
        "wordDeletionCount": total.deletions,
        "wordInsertionCount": total.insertions,
    }
    return {name + number: value for name, value in figures.items()}


def _details(first: list[UtteranceScore], second: list[UtteranceScore]) -> list[dict[str, Any]]:
    return [
        {"file": a.file, "reference": a.reference, "model1": _side(a), "model2": _side(b)}
        for a, b in zip(first, second, strict=True)
    ]


def _side(one: UtteranceScore) -> dict[str, Any]:
    return {
        "text": one.hypothesis,
        "wordCount": one.word_count,
        "substitutions": one.substitutions,
        "deletions": one.deletions,
        "insertions": one.insertions,
        "operations": [list(operation) for operation in one.operations],
    }
