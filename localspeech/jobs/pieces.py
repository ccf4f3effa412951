"""Doing one piece of a training: learning from recordings, or comparing two models on them."""

from collections.abc import Sequence
from pathlib import Path

from django.db.models import F
from django.utils import timezone

from localspeech import storage
from localspeech.doorbell import shards_soon, work_soon
from localspeech.engine.acoustic import comparing, corpus, learning
from localspeech.engine.acoustic.corpus import Clip
from localspeech.engine.releases import release
from localspeech.engine.training import given_pronunciations
from localspeech.jobs import adapting, lifecycle
from localspeech.jobs.recognisers import recogniser, trial
from localspeech.jobs.sources import sources_of
from localspeech.models import CustomModel, TrainingShard
from localspeech.models.entity import Status
from studio import claims
from studio.crashpoints import crashpoint

Stage = TrainingShard.Stage


def do(pk: int) -> None:
    """Do one piece, if it is free and its model still wanted."""
    waiting = TrainingShard.objects.filter(
        result__isnull=True, model__status=Status.RUNNING, attempts__lt=lifecycle.MOST_ATTEMPTS
    )
    if not claims.claim(waiting, pk, attempts=F("attempts") + 1):
        return
    crashpoint("localspeech.learn.claimed")
    with claims.held(TrainingShard, pk):
        shard = TrainingShard.objects.select_related("model").filter(pk=pk).first()
        if shard is None:
            return
        with lifecycle.failing(shard.model):
            result = _done(shard)
            crashpoint("localspeech.learn.before_commit")
            open_still = TrainingShard.objects.filter(pk=pk, result__isnull=True)
            open_still.update(result=result, done_at=timezone.now())
    left = shard.model.shards.filter(stage=shard.stage, result__isnull=True)
    shards_soon(left)
    if not left.exists():
        work_soon(shard.model)


def _done(shard: TrainingShard) -> dict[str, object]:
    row = shard.model
    paths = adapting.archives(row)
    clips = corpus.clips(paths)
    if shard.stage == Stage.COMPARE:
        return _compare(shard, clips, paths)
    return _align(row, shard, clips[shard.start : shard.stop], paths)


def _align(
    row: CustomModel, shard: TrainingShard, clips: Sequence[Clip], paths: Sequence[Path]
) -> dict[str, object]:
    given = given_pronunciations(sources_of(row))
    guess = release(row.base_model).guesses_pronunciations
    lesson = learning.learn(clips, paths, corpus.pronunciations(clips, given, guess))
    file = adapting.sums_file(row, shard)
    storage.write_whole(file, lesson.sums.packed())
    return {str(place): reason for place, reason in lesson.faults.items()}


def _compare(
    shard: TrainingShard, clips: Sequence[Clip], paths: Sequence[Path]
) -> dict[str, object]:
    faults = adapting.faults_of(shard.model)
    places = [
        place for place in comparing.chosen(clips, faults) if shard.start <= place < shard.stop
    ]
    decoders = {
        "base": recogniser(shard.model.base_model, None).recognise,
        "adapted": trial(adapting.trial(shard.model, shard.fold)).recognise,
    }
    return {
        name: {str(place): text for place, text in heard.items()}
        for name, heard in comparing.heard(clips, places, paths, decoders).items()
    }
