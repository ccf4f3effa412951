"""Makes our rows of what a service has already, each once.

Their last days are kept by whoever calls: for one row, or for all of a look together.
"""

from collections.abc import Iterable
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from training.enums import Role, Submission, TestingKind
from training.models import (
    BaseModel,
    CustomModel,
    Dataset,
    Deadline,
    Endpoint,
    Evaluation,
    FoundObject,
    Membership,
    Project,
    RemoteObject,
    Resource,
    User,
)
from training.services import sync
from training.speechapi import types
from training.speechapi.versions import spellings

_TABLES: dict[type[types.Entity], type[RemoteObject]] = {
    types.Dataset: Dataset,
    types.Evaluation: Evaluation,
    types.Endpoint: Endpoint,
}


class Unknown(Exception):
    """The object names something that has no row here; the text says what to do."""


def check(remote: types.Entity, project: Project) -> None:
    """Raise Unknown when the object cannot be in the project yet."""
    _own(remote, project)


def adopt(remote: types.Entity, project: Project, owner: User | None = None) -> Any:
    """The row of an object that lies in a project of ours. Raises Unknown."""
    if isinstance(remote, types.CustomModel):
        return model(remote, project, None, owner)
    return _row(_TABLES[type(remote)], remote, project, owner, _own(remote, project))


def project(remote: types.Project, resource: Resource, owner: User | None) -> Project:
    """The row of a project that was made elsewhere."""
    row, made = Project.objects.get_or_create(
        submission_key=key_of(resource, remote.self_link),
        defaults={
            **_common(remote, owner),
            "resource": resource,
            "locale": remote.locale,
        },
    )
    if made and owner is not None:
        Membership.objects.create(project=row, person=owner, role=Role.OWNER)
    forget(resource, remote)
    return row


def model(
    remote: types.CustomModel, project: Project, key: UUID | None, owner: User | None
) -> CustomModel:
    """The row of a custom model; `key` is its own where we made it, as by a copy."""
    found = _custom_model(project, remote.self_link)
    if found is not None:
        return found
    row: CustomModel = _row(CustomModel, remote, project, owner, _own(remote, project), key)
    complete(row, remote)
    return row


def complete(row: CustomModel, remote: types.CustomModel) -> None:
    """Give a model the data and base model that it names, as far as they are known here."""
    row.datasets.add(*_datasets(row.project, remote.datasets))
    if row.base_model is None:
        base = _base_model(row.project, remote.base_model)
        if base is not None:
            CustomModel.objects.filter(pk=row.pk).update(base_model=base, changed_at=timezone.now())


def key_of(resource: Resource, link: str) -> UUID:
    """The key of the row of an object that we did not make: two that look make one row."""
    return uuid5(NAMESPACE_URL, f"{resource.pk} {types.last_segment(link)}")


@transaction.atomic
def _row(
    table: type[RemoteObject],
    remote: types.Entity,
    project: Project,
    owner: User | None,
    own: dict[str, Any],
    key: UUID | None = None,
) -> Any:
    rows: Any = table._default_manager
    row, made = rows.get_or_create(
        submission_key=key or key_of(project.resource, remote.self_link),
        defaults={**_common(remote, owner), "project": project, **own},
    )
    if made and isinstance(row, CustomModel):
        _take_deadline(row)
    forget(project.resource, remote)
    return row


def _common(remote: types.Entity, owner: User | None) -> dict[str, Any]:
    return {
        "display_name": remote.display_name[:200] or remote.id,
        "description": remote.description,
        "created_by": owner,
        "created_at": remote.created or timezone.now(),
        "submission": Submission.SUBMITTED,
        **sync.seen(remote),
    }


def _take_deadline(row: CustomModel) -> None:
    """What people said of its last day, while it was in no project, holds on."""
    rows = FoundObject.objects.filter(resource=row.project.resource_id)
    found = by_link(rows, row.remote_self)
    if found is not None:
        Deadline.objects.filter(found=found).update(found=None, custom_model=row)


def forget(resource: Resource, remote: types.Entity) -> None:
    """It is in a project now."""
    row = by_link(FoundObject.objects.filter(resource=resource), remote.self_link)
    if row is not None:
        row.delete()


def _own(remote: types.Entity, project: Project) -> dict[str, Any]:
    """What the row of its kind has besides. Raises Unknown."""
    match remote:
        case types.Dataset():
            return {"kind": remote.kind}
        case types.CustomModel():
            return {"base_model": _base_model(project, remote.base_model)}
        case types.Evaluation():
            return _of_evaluation(remote, project)
        case types.Endpoint():
            return _of_endpoint(remote, project)
    raise TypeError(f"{type(remote).__name__} lies in no project")


def _of_evaluation(remote: types.Evaluation, project: Project) -> dict[str, Any]:
    dataset = next(iter(_datasets(project, [remote.dataset])), None)
    if dataset is None:
        raise Unknown(_("Its dataset is in no project here; connect that first."))
    own: dict[str, Any] = {"dataset": dataset}
    for number, link in ((1, remote.model1), (2, remote.model2)):
        custom, base = _custom_model(project, link), _base_model(project, link)
        if custom is None and base is None:
            raise Unknown(_("One of its models is in no project here; connect that first."))
        own[f"custom_model{number}"] = custom
        own[f"base_model{number}"] = None if custom else base
    if remote.testing_kind in TestingKind.values:
        own["testing_kind"] = remote.testing_kind
    return own


def _of_endpoint(remote: types.Endpoint, project: Project) -> dict[str, Any]:
    custom = _custom_model(project, remote.model)
    found = FoundObject.objects.filter(resource=project.resource_id)
    if custom is None and by_link(found, remote.model):
        raise Unknown(_("Its model is in no project here; connect that first."))
    base = None if custom else _base_model(project, remote.model)
    return {"custom_model": custom, "base_model": base}


def custom_or_base(project: Project, link: str) -> CustomModel | BaseModel | None:
    """The row of a model that an object of the project's resource names."""
    return _custom_model(project, link) or _base_model(project, link)


def _custom_model(project: Project, link: str) -> CustomModel | None:
    return by_link(CustomModel.objects.filter(project__resource=project.resource_id), link)


def _base_model(project: Project, link: str) -> BaseModel | None:
    return by_link(BaseModel.objects.filter(resource=project.resource_id), link)


def _datasets(project: Project, links: Iterable[str]) -> list[Dataset]:
    mine = Dataset.objects.filter(project__resource=project.resource_id)
    found = (by_link(mine, link) for link in links)
    return [row for row in found if row is not None]


def by_link(rows: "QuerySet[Any]", link: str) -> Any:
    """The row of an object, however the version of the API writes its link."""
    return rows.filter(remote_self__in=spellings(link)).first() if link else None
