"""What belongs to no project, as the API shows it: copies and web hooks."""

from localspeech.links import link
from localspeech.models import CopyAuthorization, CopyOperation, SpeechResource, WebHook
from localspeech.models.entity import Status
from localspeech.models.resource import REGION
from localspeech.representation import Shown, moment
from localspeech.versions import PATH_VERSION, Site


def copy_authorization(request: Site, row: CopyAuthorization) -> Shown:
    """A permission, in the words that the source's service needs."""
    target: SpeechResource = row.resource
    return {
        "id": str(row.pk),
        "targetResourceRegion": REGION,
        "targetResourceId": target.resource_id,
        "targetResourceEndpoint": link(request, "models"),
        "sourceResourceId": row.source_resource_id,
        "expirationDateTime": moment(row.expires),
    }


def copy_operation(request: Site, row: CopyOperation) -> Shown:
    """How far a copy is; its result's address once it is there."""
    shown: Shown = {
        "id": str(row.pk),
        "self": link(request, "operations", "models", "copy", row.pk),
        "status": row.status,
        "createdDateTime": moment(row.created),
        "lastActionDateTime": moment(row.last_action),
    }
    if row.status == Status.SUCCEEDED:
        shown["result"] = {"link": link(request, "models", row.result_id)}
    if row.error_code:
        shown["error"] = {"code": row.error_code, "message": row.error_message}
    return shown


def web_hook(request: Site, row: WebHook) -> Shown:
    """A web hook; its secret is never shown again."""
    is_old = row.api_version == PATH_VERSION
    properties: Shown = {"apiVersion": f"v{row.api_version}" if is_old else row.api_version}
    if row.error_code:
        properties["error"] = {"code": row.error_code, "message": row.error_message}
    return {
        "self": link(request, "webhooks", row.pk),
        "displayName": row.display_name,
        "description": row.description,
        "customProperties": row.custom_properties,
        "webUrl": row.web_url,
        "events": row.events,
        "links": {
            action: link(request, "webhooks", row.pk, action=action) for action in ("ping", "test")
        },
        "properties": properties,
        "status": row.status,
        "createdDateTime": moment(row.created),
        "lastActionDateTime": moment(row.last_action),
    }
