"""How a training goes, in the only place of the API's model that has room: custom properties."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Max, Min, Q, Sum
from django.utils import timezone

from localspeech.models import CustomModel, TrainingShard
from localspeech.models.entity import Status

OUTCOME, PHASE, PERCENT, LEFT = (
    "trainingOutcome",
    "trainingPhase",
    "trainingPercent",
    "trainingSecondsLeft",
)
MOST_PROPERTIES = 10
_PHASES = {
    TrainingShard.Stage.ALIGN: "1 of 3: aligning audio with its transcripts",
    TrainingShard.Stage.COMPARE: "2 of 3: comparing with the baseline on held-back audio",
}
_LAST = "3 of 3: learning words"


def told(row: CustomModel) -> dict[str, str]:
    """The model's own properties, and as many of the engine's as the API has room for."""
    mine = {OUTCOME: row.outcome} if row.outcome else {}
    if row.status == Status.RUNNING:
        mine = _running(row)
    own = {
        name: value
        for name, value in row.custom_properties.items()
        if name not in (OUTCOME, PHASE, PERCENT, LEFT)
    }
    room = max(MOST_PROPERTIES - len(own), 0)
    return own | dict(list(mine.items())[:room])


def _running(row: CustomModel) -> dict[str, str]:
    """Phase, share and time left of the phase, measured on its finished pieces."""
    is_done = Q(result__isnull=False)
    phases = {
        one["stage"]: one
        for one in row.shards.order_by()
        .values("stage")
        .annotate(
            total=Sum("seconds"),
            done=Sum("seconds", filter=is_done, default=0.0),
            begun=Min("created"),
            latest=Max("done_at"),
        )
    }
    for stage in (TrainingShard.Stage.COMPARE, TrainingShard.Stage.ALIGN):
        if stage in phases:
            return _measured(stage, phases[stage])
    return {}


def _measured(stage: TrainingShard.Stage, sums: Mapping[str, Any]) -> dict[str, str]:
    total, done = sums["total"], sums["done"]
    if done >= total:
        return {PHASE: _LAST} if stage == TrainingShard.Stage.COMPARE else {PHASE: _PHASES[stage]}
    shown = {PHASE: _PHASES[stage], PERCENT: str(int(100 * done / total))}
    if done:
        shown[LEFT] = str(_seconds_left(sums["begun"], sums["latest"], done, total))
    return shown


def _seconds_left(begun: datetime, latest: datetime, done: float, total: float) -> int:
    """From the rate until the latest finished piece, less what has gone by since."""
    rate = done / max((latest - begun).total_seconds(), 0.001)
    since = (timezone.now() - latest).total_seconds()
    return max(round((total - done) / rate - since), 0)
