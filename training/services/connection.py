"""Opens a client for a resource, within the calls that a resource may take."""

from django.conf import settings
from django.utils.translation import gettext as _

from studio import quota
from training.models import Resource
from training.speechapi.client import SpeechClient
from training.speechapi.errors import Throttled

# Azure allows 100 in 10 seconds; ten are left for people and programs beside us.
_CALLS = 90
_SECONDS = 10.0
_LONGEST_WAIT_SECONDS = 20.0


def client(resource: Resource) -> SpeechClient:
    """A client bound to the resource's address and key; close it, or use it as a context."""

    def before_each_call() -> None:
        budget = quota.shared(settings.CELERY_BROKER_URL, _CALLS, _SECONDS)
        if budget and not budget.wait(f"resource:{resource.pk}", _LONGEST_WAIT_SECONDS):
            raise Throttled(
                _("Too many requests are waiting for this resource; trying again soon."),
                retry_after=_SECONDS,
            )

    return SpeechClient(
        resource.address,
        resource.key,
        api_version=resource.api_version,
        before_each_call=None if resource.is_local else before_each_call,
    )
