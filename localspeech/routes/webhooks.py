"""Web hooks: who is told when something happens."""

from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router

from localspeech import events, showing
from localspeech.api import RETRY_SECONDS, answered, created
from localspeech.doorbell import work_soon
from localspeech.engine.errors import EngineError
from localspeech.engine.releases import LOCALE
from localspeech.errors import invalid
from localspeech.filters import HOOK_FIELDS
from localspeech.jobs import outside
from localspeech.links import owned
from localspeech.lists import page
from localspeech.models import WebHook
from localspeech.models.entity import Status
from localspeech.routes.common import delete, resource_of
from localspeech.schemas import HookIn, HookPatch
from localspeech.versions import version_of

router = Router()


@router.get("webhooks")
def list_web_hooks(request: HttpRequest) -> HttpResponse:
    """Web hooks of the resource."""
    rows = WebHook.objects.filter(resource=resource_of(request))
    return answered(page(request, rows, HOOK_FIELDS, showing.web_hook))


@router.post("webhooks")
def create_web_hook(request: HttpRequest, body: HookIn) -> HttpResponse:
    """A new web hook; it is used once its address has met the challenge."""
    _check(body.web_url, body.events)
    with transaction.atomic():
        row = WebHook.objects.create(
            resource=resource_of(request),
            display_name=body.display_name,
            description=body.description,
            locale=LOCALE,
            custom_properties=body.custom_properties,
            web_url=body.web_url,
            events=body.events,
            secret=body.properties.secret,
            api_version=version_of(request),
            base_url=request.build_absolute_uri("/").rstrip("/"),
        )
        work_soon(row)
    return created(showing.web_hook(request, row))


def _check(web_url: str | None, wanted: dict[str, bool] | None) -> None:
    if web_url is not None:
        try:
            outside.check(web_url, "InvalidCallbackUri")
        except EngineError as error:
            raise invalid(f"webUrl: {error.message}", error.code, "webUrl") from None
    for name in wanted or {}:
        if name not in events.NAMES:
            message = f"events: there is no event '{name[:40]}'."
            raise invalid(message, "InvalidWebHookEventKind", "events")


@router.get("webhooks/{uuid:hook_id}")
def get_web_hook(request: HttpRequest, hook_id: UUID) -> HttpResponse:
    """One web hook."""
    return answered(showing.web_hook(request, owned(WebHook, resource_of(request), hook_id)))


@router.patch("webhooks/{uuid:hook_id}")
def patch_web_hook(request: HttpRequest, hook_id: UUID, body: HookPatch) -> HttpResponse:
    """Change a web hook; another address must meet the challenge again."""
    row = owned(WebHook, resource_of(request), hook_id)
    _check(body.web_url, body.events)
    changed = {"secret"}
    for name in ("display_name", "description", "custom_properties", "events"):
        value = getattr(body, name)
        if value is not None:
            setattr(row, name, value)
            changed.add(name)
    row.secret = body.properties.secret
    moved = body.web_url is not None and body.web_url != row.web_url
    if moved and body.web_url:
        row.web_url, row.attempts = body.web_url, 0
        row.status, row.last_action = Status.NOT_STARTED, timezone.now()
        row.error_code = row.error_message = ""
        changed |= {"web_url", "attempts", "status", "last_action", "error_code", "error_message"}
    with transaction.atomic():
        row.save(update_fields=changed)
        if moved:
            work_soon(row)
    return answered(showing.web_hook(request, row))


@router.delete("webhooks/{uuid:hook_id}")
def delete_web_hook(request: HttpRequest, hook_id: UUID) -> HttpResponse:
    """Delete a web hook and what was still to be sent to it."""
    return delete(WebHook, resource_of(request), hook_id, lambda row: False)


@router.post("webhooks/{uuid:hook_id}:ping")
def ping_web_hook(request: HttpRequest, hook_id: UUID) -> HttpResponse:
    """Call the address once with the event ping."""
    events.ping(owned(WebHook, resource_of(request), hook_id))
    return HttpResponse(status=202, headers={"Retry-After": RETRY_SECONDS})


@router.post("webhooks/{uuid:hook_id}:test")
def test_web_hook(request: HttpRequest, hook_id: UUID) -> HttpResponse:
    """Send its events with the newest objects; 204 when there is none to send."""
    if not events.rehearse(owned(WebHook, resource_of(request), hook_id)):
        return HttpResponse(status=204)
    return HttpResponse(status=202, headers={"Retry-After": RETRY_SECONDS})
