"""Ending a training or a test before it has finished: an operation of this service alone."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from localspeech import representation
from localspeech.jobs import lifecycle
from localspeech.links import owned
from localspeech.models import CustomModel, Evaluation
from localspeech.routes.common import resource_of

router = Router()


@router.post("models/{uuid:model_id}:cancel")
def cancel_model(request: HttpRequest, model_id: UUID) -> dict[str, Any]:
    """End a training as Failed; one that has ended already stays as it is."""
    row = owned(CustomModel, resource_of(request), model_id)
    lifecycle.cancel(row)
    return representation.custom_model(request, row)


@router.post("evaluations/{uuid:evaluation_id}:cancel")
def cancel_evaluation(request: HttpRequest, evaluation_id: UUID) -> dict[str, Any]:
    """End a test as Failed; one that has ended already stays as it is."""
    row = owned(Evaluation, resource_of(request), evaluation_id)
    lifecycle.cancel(row)
    return representation.evaluation(request, row)
