"""What expires, and when, and what people said of it. The dates are the services' own."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, Literal

from django.db import transaction
from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from training.enums import Role
from training.models import (
    BaseModel,
    CustomModel,
    Deadline,
    Endpoint,
    Event,
    Project,
    User,
)
from training.models.base_model import family_of
from training.models.renewal import replacements
from training.permissions import projects_of
from training.services import events

State = Literal["expired", "30", "90", "later"]
LONG_AGO = timedelta(days=30)
Standing = Literal["replaced", "handled", "snoozed", "expired", "30", "90", "later"]


def state(at: datetime, now: datetime) -> State:
    """Past, within 30 days, within 90 days, or later."""
    if at <= now:
        return "expired"
    if at <= now + timedelta(days=30):
        return "30"
    return "90" if at <= now + timedelta(days=90) else "later"


def last_day(at: datetime) -> date:
    """The last day on which there is still time: what ends at midnight ends with the day before."""
    return timezone.localtime(at - timedelta(microseconds=1)).date()


def standing(row: Any) -> Standing:
    """The state of a row of `listed`, unless somebody or something has seen to it."""
    if row.is_replaced:
        return "replaced"
    if row.handled_at:
        return "handled"
    if row.snoozed_until and row.snoozed_until > timezone.localdate():
        return "snoozed"
    return state(row.at, timezone.now())


def listed() -> "QuerySet[Any]":
    """Deadlines of what the team has, soonest first.

    Each with `name`, `project_name`, `use_count` (endpoints that answer with it, and for a base
    model's adaptation the models trained from it) and `is_replaced`: something newer has taken
    its place. Base models are in it where a project or model of ours depends on them,
    and models that are in no project here.
    """
    rows = Deadline.objects.alias(base_kin=family_of("base_model__")).annotate(
        name=Coalesce(
            "custom_model__display_name",
            "base_model__display_name",
            "endpoint__display_name",
            "found__display_name",
        ),
        project_name=Coalesce(
            "custom_model__project__display_name", "endpoint__project__display_name"
        ),
        use_count=_use_count(),
        is_replaced=_is_replaced(),
    )
    put_aside = Q(custom_model__project__archived_at__isnull=False) | Q(
        endpoint__project__archived_at__isnull=False
    )
    rows = rows.exclude(put_aside).filter(Q(base_model=None) | _concerns_a_project())
    return rows.select_related(
        "resource",
        "custom_model__project",
        "custom_model__created_by",
        "custom_model__plan",
        "base_model",
        "found",
        "endpoint__project",
        "endpoint__created_by",
        "endpoint__custom_model__plan",
        "endpoint__base_model",
        "decided_by",
    )


def seen_by(rows: "QuerySet[Any]", user: User, least: Role = Role.VIEWER) -> "QuerySet[Any]":
    """Those of base models, of what is in no project, and of projects where a person is this."""
    seen = projects_of(user, least)
    mine = Q(custom_model__project__in=seen) | Q(endpoint__project__in=seen)
    return rows.filter(mine | Q(base_model__isnull=False) | Q(found__isnull=False))


def waiting(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """Those of `listed` that somebody has to see to."""
    today = timezone.localdate()
    open_ones = rows.filter(is_replaced=False, handled_at=None)
    return open_ones.filter(Q(snoozed_until=None) | Q(snoozed_until__lte=today))


def pressing(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """Those of `waiting` by which something of ours would be lost; endpoints by their model."""
    ours = Q(custom_model__isnull=False) | Q(base_model__isnull=False, use_count__gt=0)
    return waiting(rows).filter(ours)


def _number(rows: "QuerySet[Any]", field: str, outer: str) -> Coalesce:
    found = rows.filter(**{field: OuterRef(outer)}).order_by().values(field)
    return Coalesce(Subquery(found.annotate(n=Count("pk")).values("n")), 0)


def _use_count() -> Case:
    live = Endpoint.live()
    trained = CustomModel.objects.all()
    return Case(
        When(endpoint__isnull=False, then=Value(1)),
        When(found__isnull=False, then=Value(0)),
        When(
            custom_model__isnull=False,
            then=_number(live, "custom_model", "custom_model"),
        ),
        When(kind=Deadline.Kind.ADAPTATION, then=_number(trained, "base_model", "base_model")),
        default=_number(live, "base_model", "base_model"),
        output_field=IntegerField(),
    )


def _is_replaced() -> Case:
    newer = replacements().filter(renews=OuterRef("custom_model"))
    in_use = Endpoint.live().filter(custom_model=OuterRef("custom_model"))
    release = (
        BaseModel.objects.alias(kin=family_of())
        .filter(
            Q(adaptation_expires_at=None) | Q(adaptation_expires_at__gt=OuterRef("at")),
            resource=OuterRef("base_model__resource"),
            locale=OuterRef("base_model__locale"),
            kin=OuterRef("base_kin"),
            remote_created_at__gt=OuterRef("base_model__remote_created_at"),
        )
        .exclude(adaptation_kinds=[])
    )
    return Case(
        When(custom_model__isnull=False, then=Exists(newer) & ~Exists(in_use)),
        When(kind=Deadline.Kind.ADAPTATION, then=Exists(release)),
        default=Value(False),
        output_field=BooleanField(),
    )


def _concerns_a_project() -> Q:
    projects = Project.objects.filter(
        resource=OuterRef("base_model__resource"),
        locale=OuterRef("base_model__locale"),
        archived_at=None,
    )
    return Q(Exists(projects)) | Q(
        Exists(CustomModel.objects.filter(base_model=OuterRef("base_model")))
    )


@transaction.atomic
def handle(rows: Iterable[Deadline], user: User) -> int:
    """Note that somebody has seen to these; how many were not seen to before."""
    changes = {"handled_at": timezone.now(), "snoozed_until": None}
    return _decide(rows, user, Event.Verb.HANDLED, Q(handled_at=None), changes)


@transaction.atomic
def snooze(rows: Iterable[Deadline], user: User, until: date) -> int:
    """Stay quiet about these until a day, at most until their last; how many were changed by it."""
    today, count = timezone.localdate(), 0
    for row in rows:
        last = last_day(row.at)
        awake = min(until, last) if last > today else until
        changes = {"snoozed_until": awake, "handled_at": None}
        other = ~Q(snoozed_until=awake) | Q(snoozed_until=None)
        count += _decide([row], user, Event.Verb.SNOOZED, other, changes, str(awake))
    return count


@transaction.atomic
def reopen(rows: Iterable[Deadline], user: User) -> int:
    """Take back what was said of these; how many were changed by it."""
    changes = {"snoozed_until": None, "handled_at": None}
    decided = Q(handled_at__isnull=False) | Q(snoozed_until__isnull=False)
    return _decide(rows, user, Event.Verb.REOPENED, decided, changes)


def _decide(
    rows: Iterable[Deadline],
    user: User,
    verb: Event.Verb,
    where: Q,
    changes: dict[str, Any],
    text: str = "",
) -> int:
    now, count = timezone.now(), 0
    for row in rows:
        mine = Deadline.objects.filter(where, pk=row.pk)
        if mine.update(**changes, decided_by=user, changed_at=now):
            events.record_deadline(verb, row, user, text)
            count += 1
    return count
