"""Training a model anew: the same data on the newest base model, tested against the old one."""

import re
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from training.enums import DatasetKind, Status, TrainingStep
from training.models import BaseModel, CustomModel, Dataset, TrainingDraft, User
from training.models.base_model import family_of
from training.models.evaluation import evaluations_of
from training.services.drafts import newest_base_model

_RELEASE = re.compile(r"\s*\(?\b\d{8}\b\)?$")


class NoBaseModel(Exception):
    """No base model of the locale can be adapted any more."""


def draft_of(model: CustomModel, user: User) -> TrainingDraft:
    """A person's draft that would renew the model; the open one when there is one.

    Raises NoBaseModel.
    """
    opened = TrainingDraft.objects.filter(renews=model, submitted_at=None, created_by=user)
    return opened.first() or new_draft(model, user, usual_test_dataset(model))


@transaction.atomic
def new_draft(model: CustomModel, user: User, test_dataset: Dataset | None) -> TrainingDraft:
    """A draft that would renew the model, filled in to the review. Raises NoBaseModel."""
    base = newest_base_model(model.project, model.base_model)
    if base is None:
        raise NoBaseModel
    draft = TrainingDraft.objects.create(
        project=model.project,
        renews=model,
        base_model=base,
        display_name=renewed_name(model, base),
        description=model.description,
        weight_percent=_asked_weight(model),
        add_test=test_dataset is not None,
        test_dataset=test_dataset,
        test_custom_model=model,
        visited=[step.value for step in TrainingStep],
        created_by=user,
        updated_by=user,
    )
    draft.datasets.set(model.datasets.all())
    return draft


def _asked_weight(model: CustomModel) -> int | None:
    """What its maker wanted; a weight that the service chose is chosen anew from the data."""
    draft = getattr(model, "draft", None)
    return draft.weight_percent if draft else model.weight_percent


def renewed_name(model: CustomModel, base: BaseModel) -> str:
    """The model's name with the release that it is trained from now."""
    known = model.display_name.removesuffix(f" {model.base_model}")
    name = _RELEASE.sub("", known) or model.display_name
    release = base.display_name[:40]
    return _("%(name)s %(release)s") % {"name": name[:150], "release": release}


def usual_test_dataset(model: CustomModel) -> Dataset | None:
    """What it was tested with last, else the newest recordings; none that it was trained with."""
    tests = evaluations_of(model).filter(
        status=Status.SUCCEEDED, dataset__kind=DatasetKind.ACOUSTIC
    )
    latest = tests.exclude(dataset__models=model).select_related("dataset").first()
    if latest is not None:
        return latest.dataset
    recordings = model.project.datasets.filter(kind=DatasetKind.ACOUSTIC, status=Status.SUCCEEDED)
    return recordings.exclude(models=model).first()


def newer_base_model(model: CustomModel) -> BaseModel | None:
    """A base model that is newer than the model's own and can be adapted, or None."""
    if not model.succeeded:
        return None
    own = model.base_model
    newest = newest_base_model(model.project, own)
    if newest is None or own is None or not newest.remote_created_at:
        return None
    is_newer = not own.remote_created_at or newest.remote_created_at > own.remote_created_at
    return newest if is_newer and newest.pk != own.pk else None


def with_newest_base(rows: "QuerySet[CustomModel]") -> "QuerySet[Any]":
    """Models with `newest_release`: when their family's newest base model was made.

    Of those that can be adapted.
    """
    offered = BaseModel.objects.alias(kin=family_of()).filter(
        resource=OuterRef("project__resource"),
        locale=OuterRef("project__locale"),
        kin=OuterRef("base_kin"),
    )
    usable = offered.filter(
        Q(adaptation_expires_at=None) | Q(adaptation_expires_at__gt=timezone.now())
    ).exclude(adaptation_kinds=[])
    newest = usable.order_by("-remote_created_at").values("remote_created_at")[:1]
    families = rows.alias(base_kin=family_of("base_model__"))
    return families.annotate(newest_release=Subquery(newest))
