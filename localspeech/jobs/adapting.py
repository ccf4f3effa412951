"""Adapting the acoustic model: recordings are learned from and compared in shards.

First every piece is aligned and added up. Then each fold of the recordings is heard by the base
and by what the other folds taught. The better of the two is kept.
"""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from localspeech import storage
from localspeech.doorbell import shards_soon
from localspeech.engine.acoustic import comparing, corpus, delta, learning, statistics, verdict
from localspeech.engine.acoustic.comparing import Comparison
from localspeech.engine.acoustic.corpus import Clip
from localspeech.engine.acoustic.model import AcousticModel, base
from localspeech.engine.acoustic.statistics import Statistics
from localspeech.engine.errors import EngineError
from localspeech.engine.releases import release
from localspeech.engine.training import Sound
from localspeech.jobs.lifecycle import MOST_ATTEMPTS
from localspeech.models import CustomModel, TrainingShard
from localspeech.models.entity import NOT_RUNG
from studio.crashpoints import crashpoint

_COMPARED_CLIPS = 6
Stage = TrainingShard.Stage


def archives(row: CustomModel) -> list[Path]:
    """Recordings that the model's base can adapt its acoustic model to."""
    if not release(row.base_model).adapts_acoustics:
        return []
    found = row.datasets.filter(kind="Acoustic").order_by("created", "id")
    return [storage.data_of(one.pk) for one in found]


def adapt(row: CustomModel, paths: Sequence[Path]) -> Sound | None:
    """Go one stage further; None while pieces are being worked on. Raises EngineError."""
    clips = corpus.clips(paths)
    if not _is_done(row, Stage.ALIGN, lambda: _to_align(row, clips)):
        return None
    faults = faults_of(row)
    verdict.check_any(clips, faults)
    chosen = comparing.chosen(clips, faults)
    if not chosen:
        return Sound(verdict.conclude(clips, faults, None), None)
    if not _is_done(row, Stage.COMPARE, lambda: _to_compare(row, clips, chosen)):
        return None
    report = verdict.conclude(clips, faults, _compared(row, clips))
    is_better = report.kept == verdict.ADAPTED
    return Sound(report, _learned(row, _folds(row)) if is_better else None)


def forget(row: CustomModel) -> None:
    """Delete what a finished training needs no more."""
    row.shards.all().delete()
    storage.forget_scratch(row.pk)


def _is_done(
    row: CustomModel, stage: Stage, planned: Callable[[], Iterable[TrainingShard]]
) -> bool:
    """Whether a stage's pieces are all done; they are made and rung for as needed."""
    shards = row.shards.filter(stage=stage)
    if not shards.exists():
        TrainingShard.objects.bulk_create(planned(), ignore_conflicts=True)
    pending = shards.filter(result__isnull=True)
    if pending.filter(attempts__gte=MOST_ATTEMPTS).exists():
        raise EngineError(
            "InternalServerError",
            f"The engine stopped {MOST_ATTEMPTS} times on one piece of the audio data.",
        )
    shards_soon(pending)
    return not pending.exists()


def _to_align(row: CustomModel, clips: Sequence[Clip]) -> list[TrainingShard]:
    return [
        TrainingShard(
            model=row,
            stage=Stage.ALIGN,
            fold=one.fold,
            start=one.start,
            stop=one.stop,
            seconds=sum(clip.seconds for clip in clips[one.start : one.stop]),
            rung_at=NOT_RUNG,
        )
        for one in corpus.pieces(clips)
    ]


def _to_compare(
    row: CustomModel, clips: Sequence[Clip], chosen: Sequence[int]
) -> list[TrainingShard]:
    """Runs of chosen clips, and the models of the folds that they lie in."""
    made: list[TrainingShard] = []
    for fold in sorted({clips[place].fold for place in chosen}):
        others = [one for one in _folds(row) if one != fold]
        delta.unfold(_learned(row, others), trial(row, fold))
        places = [place for place in chosen if clips[place].fold == fold]
        for start in range(0, len(places), _COMPARED_CLIPS):
            run = places[start : start + _COMPARED_CLIPS]
            made.append(
                TrainingShard(
                    model=row,
                    stage=Stage.COMPARE,
                    fold=fold,
                    start=run[0],
                    stop=run[-1] + 1,
                    seconds=sum(clips[place].seconds for place in run),
                    rung_at=NOT_RUNG,
                )
            )
    crashpoint("localspeech.adapt.before_compare")
    return made


def trial(row: CustomModel, fold: int) -> Path:
    """Where the model lies that was taught by all folds but one."""
    return storage.scratch(row.pk) / f"without-{fold}"


def sums_file(row: CustomModel, shard: TrainingShard) -> Path:
    """Where a piece's sums lie."""
    return storage.scratch(row.pk) / f"sums-{shard.start}.npz"


def faults_of(row: CustomModel) -> dict[int, str]:
    """Why which recordings could not be aligned, by their places."""
    return {
        shard.start + int(place): reason
        for shard in row.shards.filter(stage=Stage.ALIGN)
        for place, reason in (shard.result or {}).items()
    }


def _folds(row: CustomModel) -> list[int]:
    aligned = row.shards.filter(stage=Stage.ALIGN)
    return sorted(set(aligned.values_list("fold", flat=True)))


def _learned(row: CustomModel, folds: Sequence[int]) -> AcousticModel:
    total: Statistics = statistics.zero(base())
    for shard in row.shards.filter(stage=Stage.ALIGN, fold__in=folds):
        total.merge(statistics.read(base(), sums_file(row, shard)))
    return learning.adapted(total)


def _compared(row: CustomModel, clips: Sequence[Clip]) -> Comparison:
    heard: dict[str, dict[int, str]] = {"base": {}, "adapted": {}}
    for shard in row.shards.filter(stage=Stage.COMPARE):
        for name, texts in heard.items():
            texts |= {int(place): text for place, text in (shard.result or {})[name].items()}
    return comparing.compared(clips, heard["base"], heard["adapted"])
