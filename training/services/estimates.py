"""How long a training will take: from earlier ones where there are any, else from what is known
of the service."""

import math
import statistics
from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from training.enums import DatasetKind, Status
from training.models import CustomModel, TrainingDraft

_SOUND = (DatasetKind.ACOUSTIC, DatasetKind.AUDIO_FILES)
_ENOUGH = 3
_LATEST = 20
_HOURS_A_DAY = 10
_MOST_HOURS = 100


def training(draft: TrainingDraft) -> str:
    """A sentence for the review."""
    hours = _hours_of_audio(draft)
    if hours and not draft.project.resource.is_local:
        days = math.ceil(min(hours, _MOST_HOURS) / _HOURS_A_DAY)
        return _(
            "About %(days)d days: %(hours).1f hours of audio, of which at most 100 are used, at "
            "about 10 hours a day."
        ) % {"days": days, "hours": hours}
    earlier = _earlier_seconds(draft, bool(hours))
    if len(earlier) >= _ENOUGH:
        middle = statistics.median(earlier)
        return _("About %(time)s, as the last %(n)d trainings with such data here.") % {
            "time": _span(middle),
            "n": len(earlier),
        }
    is_quick = draft.project.resource.is_local and not hours
    return _("Usually less than a minute.") if is_quick else _("Usually minutes.")


def _hours_of_audio(draft: TrainingDraft) -> float:
    rows = draft.datasets.filter(kind__in=_SOUND).exclude(duration=None)
    total = sum((row.duration for row in rows if row.duration), timedelta())
    return total.total_seconds() / 3600


def _earlier_seconds(draft: TrainingDraft, with_audio: bool) -> list[float]:
    """Seconds from creation to the last action of models on the same resource."""
    sound = Q(datasets__kind__in=_SOUND)
    rows = CustomModel.objects.filter(
        project__resource=draft.project.resource, status=Status.SUCCEEDED
    ).exclude(last_action_at=None)
    rows = rows.filter(sound) if with_audio else rows.exclude(sound)
    pairs = rows.distinct().values_list("created_at", "last_action_at")[:_LATEST]
    return [(end - start).total_seconds() for start, end in pairs if end and end > start]


def _span(seconds: float) -> str:
    if seconds < 90:
        return _("%(n)d seconds") % {"n": max(round(seconds), 1)}
    if seconds < 5400:
        return _("%(n)d minutes") % {"n": round(seconds / 60)}
    return _("%(n)d hours") % {"n": round(seconds / 3600)}
