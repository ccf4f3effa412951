"""Changes to audited rows are written down as they are made, in the same transaction."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.contrib.auth.models import UserManager
from django.db import models

from training.acting import actor
from training.models.audit import AuditEntry

T = TypeVar("T", bound=models.Model)
Values = dict[str, Any]

FIELDS: Mapping[str, tuple[str, ...]] = {
    "project": ("display_name", "description", "resource", "locale", "open_to", "archived_at"),
    "membership": ("project", "person", "role"),
    "user": ("username", "email", "role", "is_staff", "is_active"),
    "invitation": ("email", "role", "accepted_at"),
    "resource": ("name", "address", "api_version"),
    "channel": ("name", "kind", "project", "tells_deadlines", "tells_results"),
    "dataset": ("display_name", "description", "project", "kind", "file_name", "submission"),
    "custommodel": ("display_name", "description", "project", "base_model", "weight_percent"),
    "evaluation": ("display_name", "description", "project", "dataset", "testing_kind"),
    "endpoint": ("display_name", "description", "project", "custom_model", "base_model"),
    "renewalplan": (
        "model", "days_before", "test_dataset", "gate_percent", "decides", "person", "state",
    ),
    "modelcopy": ("source", "project", "display_name"),
    "deadline": ("handled_at", "snoozed_until"),
}  # fmt: skip
SECRETS: Mapping[str, tuple[str, ...]] = {
    "resource": ("key",),
    "channel": ("address", "secret"),
    "user": ("password", "calendar_digest"),
}
_MOST = 500


def audited(model: type[models.Model]) -> bool:
    """Whether changes to such rows are written down."""
    return model._meta.app_label == "training" and (model._meta.model_name or "") in FIELDS


def values(row: Any) -> Values:
    """The audited fields of a row; secrets as they are, to be compared and then left out."""
    kind = row._meta.model_name
    return {
        name: getattr(row, row._meta.get_field(name).attname)
        for name in (*FIELDS[kind], *SECRETS.get(kind, ()))
    }


def note(row: Any, before: Values, after: Values) -> None:
    """Write down a change, if somebody acts and something differs."""
    who = actor()
    differing = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    if who is None or not differing:
        return
    action = AuditEntry.Action.CHANGED
    if not before or not after:
        action = AuditEntry.Action.DELETED if before else AuditEntry.Action.CREATED
    kind = row._meta.model_name
    AuditEntry.objects.create(
        action=action,
        source=who.source,
        person_id=who.person_id,
        who=who.name[:200],
        address=who.address,
        request_id=who.request_id,
        kind=kind,
        object_id=str(row.pk),
        name=str(row)[:200],
        project_name=str(getattr(row, "project", None) or "")[:200],
        before=_told(row, kind, before, differing),
        after=_told(row, kind, after, differing),
    )


def _told(row: Any, kind: str, found: Values, differing: list[str]) -> Values:
    secret = SECRETS.get(kind, ())
    return {
        name: "(secret)" if name in secret else _plain(row, name, found[name])
        for name in differing
        if name in found
    }


def _plain(row: Any, name: str, value: Any) -> Any:
    """What JSON holds; an object by its name and key."""
    field = row._meta.get_field(name)
    if field.is_relation and value is not None:
        found = field.related_model._base_manager.filter(pk=value).first()
        return f"{found or '?'} ({value})"
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


class AuditedQuerySet(models.QuerySet[T]):
    """Rows whose updates are written down."""

    def update(self, **changes: Any) -> int:
        """The same, and a line of the audit for each row that it changes."""
        kind = self.model._meta.model_name or ""
        watched = {*FIELDS.get(kind, ()), *SECRETS.get(kind, ())}
        names = {name.removesuffix("_id") for name in changes}
        if actor() is None or not audited(self.model) or not watched & names:
            return super().update(**changes)
        rows = self.model._base_manager
        old = {row.pk: values(row) for row in rows.filter(pk__in=self._keys())}
        count = super().update(**changes)
        for row in rows.filter(pk__in=list(old)):
            note(row, old[row.pk], values(row))
        return count

    update.alters_data = True  # type: ignore[attr-defined]

    def _keys(self) -> list[Any]:
        return list(self.order_by().values_list("pk", flat=True)[:_MOST])


class AuditedManager(models.Manager[T]):
    """Gives audited rows."""

    def get_queryset(self) -> models.QuerySet[T]:
        """Rows whose updates are written down."""
        return AuditedQuerySet(self.model, using=self._db)


class PeopleManager(UserManager[Any]):
    """Accounts, audited."""

    def get_queryset(self) -> models.QuerySet[Any]:
        """Accounts whose updates are written down."""
        return AuditedQuerySet(self.model, using=self._db)
