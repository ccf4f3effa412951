"""Keeps the team's channels, and tries them."""

import uuid
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from training.models import Channel, User
from training.outlets.news import Message, News
from training.permissions import projects_of
from training.services import dispatching


def seen_by(user: User) -> "QuerySet[Channel]":
    """Channels of everything, and of the projects that a person sees."""
    rows = Channel.objects.select_related("project")
    return rows.filter(Q(project=None) | Q(project__in=projects_of(user)))


@transaction.atomic
def keep(channel: Channel, address: str, secret: str | None, user: User) -> None:
    """Save a channel; an empty address or secret stays as it was, None removes the secret."""
    if address:
        channel.address = address
    if secret or secret is None:
        channel.secret = secret or ""
    if channel.pk is None:
        channel.created_by = user
    channel.save()


def remove(pk: int) -> None:
    """Forget a channel with what waits for it; safe to repeat."""
    Channel.objects.filter(pk=pk).delete()


def try_channel(channel: Channel) -> str:
    """Send a test now; what went wrong, or ""."""
    try:
        dispatching.post(channel, _test_message())
    except dispatching.NotSent as error:
        return error.message
    return ""


def try_mail(user: User) -> str:
    """Send a person a test now; what went wrong, or ""."""
    if not settings.MAIL_ENABLED:
        return _("This server sends no mail; EMAIL_HOST is not set.")
    if not user.email:
        return _("Your account has no mail address; an administrator can add one.")
    try:
        dispatching.mail(user, _test_message())
    except dispatching.NotSent as error:
        return error.message
    return ""


def _test_message() -> Message:
    news = News(
        event="test",
        at=timezone.now(),
        title=_("Test of Custom Speech Studio"),
        text=_("News of models and their last days arrive here."),
        url=settings.PUBLIC_URL,
        project="",
        name="",
        is_urgent=False,
    )
    return Message(str(uuid.uuid4()), [news], settings.PUBLIC_URL)


def recent(channel: Channel) -> Any:
    """The latest messages to a channel, newest first."""
    return channel.dispatches.order_by("-pk")[:5]
