"""What expires, and when. The dates are the service's own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from django.db.models import Count, Q
from django.utils import timezone

from training.enums import Status
from training.models import BaseModel, CustomModel, Project, Resource

Kind = Literal["adaptation", "transcription"]
State = Literal["expired", "30", "90", "later"]


@dataclass(frozen=True)
class Deadline:
    """One last day of one model."""

    kind: Kind
    name: str
    at: datetime
    project: Project | None
    resource: Resource
    url: str
    in_use: bool

    @property
    def concerns_us(self) -> bool:
        """A model of our own, or a base model that something of ours depends on."""
        return self.project is not None or self.in_use

    @property
    def state(self) -> State:
        """How near it is."""
        return state(self.at, timezone.now())


def state(at: datetime, now: datetime) -> State:
    """Past, within 30 days, within 90 days, or later."""
    if at <= now:
        return "expired"
    if at <= now + timedelta(days=30):
        return "30"
    return "90" if at <= now + timedelta(days=90) else "later"


def all_deadlines() -> list[Deadline]:
    """Over all projects and resources, soonest first."""
    return sorted([*_custom_models(), *_base_models()], key=lambda deadline: deadline.at)


def _custom_models() -> Iterator[Deadline]:
    rows = (
        CustomModel.objects.exclude(transcription_expires_at=None)
        .filter(status=Status.SUCCEEDED)
        .select_related("project__resource")
        .annotate(endpoint_count=Count("endpoints"))
    )
    for row in rows:
        if row.transcription_expires_at:
            yield Deadline(
                "transcription",
                row.display_name,
                row.transcription_expires_at,
                row.project,
                row.resource,
                row.get_absolute_url(),
                row.endpoint_count > 0,
            )


def _base_models() -> Iterator[Deadline]:
    locales = set(Project.objects.values_list("resource_id", "locale"))
    rows = BaseModel.objects.select_related("resource").annotate(
        used=Count("custom_models"),
        deployed=Count("endpoints", filter=Q(endpoints__isnull=False)),
    )
    for row in rows:
        if (row.resource_id, row.locale) not in locales and not row.used:
            continue
        for kind, at in (
            ("adaptation", row.adaptation_expires_at),
            ("transcription", row.transcription_expires_at),
        ):
            if at:
                yield Deadline(
                    "adaptation" if kind == "adaptation" else "transcription",
                    row.display_name,
                    at,
                    None,
                    row.resource,
                    "",
                    bool(row.used if kind == "adaptation" else row.deployed),
                )
