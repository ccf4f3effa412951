"""Opens a client for a resource, within the calls that a resource may take."""

from django.conf import settings
from django.utils.translation import gettext as _

from studio import outside, quota
from training.models import Resource
from training.speechapi.client import SpeechClient
from training.speechapi.errors import Throttled, Unreachable

# Azure allows 100 in 10 seconds; ten are left for people and programs beside us.
_CALLS = 90
_SECONDS = 10.0
_LONGEST_WAIT_SECONDS = 20.0


def check_address(address: str) -> None:
    """Refuse what no resource may have: private networks unless allowed, secrets of clouds.

    A name that cannot be looked up is left to the call itself. Raises Unreachable: nothing that
    waits for the resource is given up for it.
    """
    try:
        outside.check(address, settings.ALLOW_PRIVATE_ADDRESSES)
    except outside.UnknownHost:
        return
    except outside.BadAddress as error:
        raise Unreachable(str(error)) from None


def quota_used(resource: Resource) -> str:
    """Calls of the last seconds of those that the resource may take; "" where none are counted."""
    budget = quota.shared(settings.CELERY_BROKER_URL, _CALLS, _SECONDS)
    used = None if resource.is_local or budget is None else budget.used(_place(resource))
    return "" if used is None else f"{used} / {_CALLS}"


def _place(resource: Resource) -> str:
    return f"resource:{resource.pk}"


def client(resource: Resource) -> SpeechClient:
    """A client bound to the resource's address and key; close it, or use it as a context."""

    if not resource.is_local:
        check_address(resource.address)

    def before_each_call() -> None:
        budget = quota.shared(settings.CELERY_BROKER_URL, _CALLS, _SECONDS)
        if budget and not budget.wait(_place(resource), _LONGEST_WAIT_SECONDS):
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
