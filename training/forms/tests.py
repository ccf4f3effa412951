"""Choosing models and data for a test or an endpoint."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from training.enums import DatasetKind, Status
from training.models import BaseModel, CustomModel, Dataset, Project

Model = CustomModel | BaseModel


def test_datasets(project: Project) -> "QuerySet[Dataset]":
    """Datasets of the project that a test can use."""
    return project.datasets.filter(kind=DatasetKind.ACOUSTIC, status=Status.SUCCEEDED)


class ModelField(forms.ChoiceField):
    """A custom or a base model of a project; the clean value is the object, or None."""

    def offer(self, project: Project) -> None:
        """Fill in the project's models."""
        custom = project.models.filter(status=Status.SUCCEEDED)
        base = project.base_models
        self.models: dict[str, Model] = {f"base-{one.pk}": one for one in base}
        self.models |= {f"custom-{one.pk}": one for one in custom}
        self.choices = [
            (_("Baseline models"), [(f"base-{one.pk}", one.display_name) for one in base]),
            (_("Custom models"), [(f"custom-{one.pk}", one.display_name) for one in custom]),
        ]

    def clean(self, value: Any) -> Any:
        return self.models.get(super().clean(value))


def offer_models(form: forms.Form, project: Project) -> None:
    """Fill in the project's models wherever the form asks for one."""
    for field in form.fields.values():
        if isinstance(field, ModelField):
            field.offer(project)


def model_value(model: Model | None) -> str:
    """The choice that stands for a model."""
    if model is None:
        return ""
    return f"{'custom' if isinstance(model, CustomModel) else 'base'}-{model.pk}"
