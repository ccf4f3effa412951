"""Invitations: a secret link makes one account, within a week."""

import hashlib
import secrets
from smtplib import SMTPException

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from training.models import Invitation, User
from training.services import people

log = structlog.get_logger(__name__)


class Closed(Exception):
    """The invitation was accepted, revoked or is too old."""


@transaction.atomic
def invite(email: str, role: str, by: User) -> str:
    """A new invitation in place of older ones for the same address; the path of its link."""
    unanswered().filter(email__iexact=email).delete()
    token = secrets.token_urlsafe(32)
    Invitation.objects.create(email=email, role=role, digest=_digest(token), created_by=by)
    return reverse("invitation", args=[token])


def unanswered() -> "QuerySet[Invitation]":
    """Invitations that nobody accepted, too old ones among them."""
    return Invitation.objects.filter(accepted_at=None).select_related("created_by")


def find(token: str) -> Invitation | None:
    """The invitation of a link, while it can be accepted."""
    now = timezone.now()
    return unanswered().filter(digest=_digest(token), expires_at__gt=now).first()


@transaction.atomic
def accept(invitation: Invitation, username: str, password: str) -> User:
    """Make the account. Raises Closed; of two at once, one makes it."""
    now = timezone.now()
    mine = unanswered().filter(pk=invitation.pk, expires_at__gt=now)
    if not mine.update(accepted_at=now):
        raise Closed
    user = people.add(username, invitation.email, password)
    people.set_rights(user, invitation.role)
    Invitation.objects.filter(pk=invitation.pk).update(accepted_by=user)
    user.refresh_from_db()
    return user


def revoke(key: int) -> bool:
    """Forget an invitation that nobody accepted; whether there was one."""
    return bool(unanswered().filter(pk=key).delete()[0])


def send(email: str, link: str, by: User) -> str:
    """Mail the link; why that failed, or ""."""
    text = render_to_string("mail/invitation.txt", {"link": link, "by": by})
    subject = _("%(person)s invites you to Custom Speech Studio") % {"person": by}
    try:
        EmailMessage(" ".join(subject.split()), text, to=[email]).send()
    except (OSError, SMTPException) as error:
        log.warning("invitation_unsent", reason=str(error))
        return _("The mail server did not take it: %(reason)s.") % {"reason": error}
    return ""


def mails() -> bool:
    """Whether this server sends mail."""
    return bool(settings.MAIL_ENABLED)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
