"""Copying models between resources: the target allows it, the source does it."""

from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from ninja import Router

from localspeech import showing
from localspeech.api import RETRY_SECONDS, answered
from localspeech.doorbell import work_soon
from localspeech.errors import conflict, invalid
from localspeech.links import owned
from localspeech.models import CopyAuthorization, CopyOperation, CustomModel, SpeechResource
from localspeech.models.entity import Status
from localspeech.routes.common import resource_of
from localspeech.schemas import CopyDefinition, CopyOrder

router = Router()


@router.post("models:authorizecopy")
def authorize_copy(request: HttpRequest, body: CopyDefinition) -> JsonResponse:
    """Allow one resource to put one model here."""
    if not body.source_resource_id.startswith("/"):
        raise _foreign("sourceResourceId must be the full ID of a resource, beginning with /.")
    row = CopyAuthorization.objects.create(
        resource=resource_of(request), source_resource_id=body.source_resource_id
    )
    return JsonResponse(showing.copy_authorization(request, row))


@router.post("models/{uuid:model_id}:copy")
def copy_model(request: HttpRequest, model_id: UUID, body: CopyOrder) -> HttpResponse:
    """Begin a copy; with the same authorization again it is the same copy."""
    resource = resource_of(request)
    model = owned(CustomModel, resource, model_id)
    if model.status != Status.SUCCEEDED:
        raise invalid(f"The model {model.display_name} is not trained.", "InvalidModel", "id")
    authorization = _authorization(resource, body)
    with transaction.atomic():
        row, is_new = CopyOperation.objects.get_or_create(
            authorization=authorization, defaults={"resource": resource, "model": model}
        )
        if row.model_id != model.pk:
            raise conflict("The authorization was used for another model.", "InvalidModel")
        if is_new:
            work_soon(row)
    shown = showing.copy_operation(request, row)
    headers = {"Operation-Location": shown["self"], "Retry-After": RETRY_SECONDS}
    return JsonResponse(shown, status=202, headers=headers)


def _authorization(resource: SpeechResource, body: CopyOrder) -> CopyAuthorization:
    row = CopyAuthorization.objects.filter(pk=body.id).select_related("resource").first()
    if row is None or row.resource.resource_id != body.target_resource_id:
        raise invalid(
            "The target did not give this authorization. Copies go between resources of one "
            "server.",
            "InvalidPermissions",
            "id",
        )
    if row.source_resource_id != resource.resource_id:
        raise _foreign("The authorization names another source than this resource.")
    if row.expires <= timezone.now():
        message = f"The authorization ended at {row.expires:%Y-%m-%d %H:%M} UTC."
        raise invalid(message, "ModelCopyAuthorizationExpired", "id")
    return row


def _foreign(message: str) -> Exception:
    return invalid(message, "InvalidSourceAzureResourceId", "sourceResourceId")


@router.get("operations/models/copy/{uuid:operation_id}")
def get_copy(request: HttpRequest, operation_id: UUID) -> HttpResponse:
    """How far a copy is."""
    row = owned(CopyOperation, resource_of(request), operation_id)
    return answered(showing.copy_operation(request, row))
