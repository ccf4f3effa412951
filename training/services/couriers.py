"""How each kind of row is looked up and posted on its service."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any, Protocol, TypeVar

from django.utils.translation import gettext as _

from studio.crashpoints import crashpoint
from training.enums import FINAL
from training.models import (
    BaseModel,
    CustomModel,
    Dataset,
    Endpoint,
    Evaluation,
    Project,
    RemoteObject,
)
from training.speechapi import types
from training.speechapi.client import SpeechClient, created_since
from training.speechapi.datasets import BLOCK_SIZE

E = TypeVar("E", bound=types.Entity)
KEY_PROPERTY = "studioSubmission"
CLOCK_SKEW = timedelta(minutes=10)


class NotYet(Exception):
    """The row waits for something else of ours; the text says for what."""


class Courier(Protocol):
    """Carries rows of one kind."""

    def check_ready(self, row: Any) -> None:
        """Raise NotYet while the row cannot be posted."""

    def find(self, client: SpeechClient, row: Any) -> types.Entity | None:
        """The object that an earlier attempt made, or None."""

    def post(self, client: SpeechClient, row: Any) -> types.Entity:
        """Create the object."""


def properties(row: RemoteObject) -> dict[str, str]:
    """The custom properties by which we recognise the row's object."""
    return {KEY_PROPERTY: str(row.submission_key)}


def since(row: RemoteObject) -> str:
    """A filter that includes the row's object, were there one."""
    return created_since(row.created_at - CLOCK_SKEW)


def _having_key(found: Iterable[E], row: RemoteObject) -> Iterator[E]:
    key = str(row.submission_key)
    return (one for one in found if one.custom_properties.get(KEY_PROPERTY) == key)


def _with_key(found: Iterable[types.Entity], row: RemoteObject) -> types.Entity | None:
    return next(_having_key(found, row), None)


def _check_project(project: Project) -> None:
    if project.has_failed:
        raise NotYet(_("The project could not be created on the service."))
    if not project.is_ready:
        raise NotYet(_("Waiting until the service knows the project."))


class ProjectCourier:
    """Projects need nothing else."""

    def check_ready(self, row: Project) -> None:
        """Always ready."""

    def find(self, client: SpeechClient, row: Project) -> types.Entity | None:
        """Look the key up in the list."""
        return _with_key(client.projects(since(row)), row)

    def post(self, client: SpeechClient, row: Project) -> types.Entity:
        """Create the project."""
        return client.create_project(row.display_name, row.locale, row.description, properties(row))


class DatasetCourier:
    """Datasets go as a URL, a form, or in blocks, which go on where they broke off."""

    def check_ready(self, row: Dataset) -> None:
        """Needs its project on the service."""
        _check_project(row.project)

    def find(self, client: SpeechClient, row: Dataset) -> types.Entity | None:
        """Look the key up in the list; what had not been sent of its file is sent now."""
        found = next(_having_key(client.datasets(since(row)), row), None)
        if found is None or not row.file or not found.upload_blocks or found.status in FINAL:
            return found
        with row.file.open("rb") as file:
            return client.send_in_blocks(found, file)

    def post(self, client: SpeechClient, row: Dataset) -> types.Entity:
        """Upload the file, or name the URL."""
        common = (
            row.kind,
            row.display_name,
            row.project.locale,
            row.description,
            row.project.remote_self,
        )
        if not row.file:
            return client.create_dataset(*common, row.content_url, properties(row))
        with row.file.open("rb") as file:
            if client.takes_forms and row.file.size <= BLOCK_SIZE:
                return client.upload_dataset(*common, row.file_name, file, properties(row))
            made = client.create_dataset(*common, "", properties(row))
            crashpoint("training.submit.between_blocks")
            return client.send_in_blocks(made, file)


class ModelCourier:
    """Models need their datasets on the service; the wizard saw to it."""

    def check_ready(self, row: CustomModel) -> None:
        """Needs its project on the service."""
        _check_project(row.project)

    def find(self, client: SpeechClient, row: CustomModel) -> types.Entity | None:
        """Look the key up in the list."""
        return _with_key(client.models(since(row)), row)

    def post(self, client: SpeechClient, row: CustomModel) -> types.Entity:
        """Start the training."""
        return client.create_model(
            row.display_name,
            row.project.locale,
            row.description,
            row.project.remote_self,
            row.base_model.remote_self if row.base_model else "",
            list(row.datasets.order_by("pk").values_list("remote_self", flat=True)),
            row.weight_percent,
            properties(row),
        )


class EvaluationCourier:
    """Tests need both models to be usable."""

    def check_ready(self, row: Evaluation) -> None:
        """Needs its custom models to have succeeded."""
        for model in (row.model1, row.model2):
            if isinstance(model, CustomModel) and not model.succeeded:
                raise NotYet(_("Waiting until the model has been trained."))

    def find(self, client: SpeechClient, row: Evaluation) -> types.Entity | None:
        """Look the key up in the list."""
        return _with_key(client.evaluations(since(row)), row)

    def post(self, client: SpeechClient, row: Evaluation) -> types.Entity:
        """Start the test."""
        model1: CustomModel | BaseModel = row.model1
        return client.create_evaluation(
            row.display_name,
            row.project.locale,
            row.description,
            row.project.remote_self,
            row.dataset.remote_self,
            model1.remote_self,
            row.model2.remote_self,
            row.testing_kind,
            properties(row),
        )


class EndpointCourier:
    """Endpoints need their model on the service; the form saw to it."""

    def check_ready(self, row: Endpoint) -> None:
        """Needs its project on the service."""
        _check_project(row.project)

    def find(self, client: SpeechClient, row: Endpoint) -> types.Entity | None:
        """Look the key up in the list."""
        return _with_key(client.endpoints(since(row)), row)

    def post(self, client: SpeechClient, row: Endpoint) -> types.Entity:
        """Deploy the model."""
        return client.create_endpoint(
            row.display_name,
            row.project.locale,
            row.description,
            row.project.remote_self,
            row.model.remote_self if row.model else "",
            row.logging_enabled,
            properties(row),
        )


COURIERS: dict[str, Courier] = {
    "project": ProjectCourier(),
    "dataset": DatasetCourier(),
    "custommodel": ModelCourier(),
    "evaluation": EvaluationCourier(),
    "endpoint": EndpointCourier(),
}
