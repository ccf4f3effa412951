"""Sends the news that are due, each message once."""

import smtplib
from datetime import timedelta

import structlog
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from studio import claims
from studio.crashpoints import crashpoint
from training.models import Channel, Dispatch, Event, User
from training.outlets import posting, teams, webhook
from training.outlets.news import Message, News
from training.services import letters
from training.services.notifying import DEADLINES

_MOST_ATTEMPTS = 80  # some three days, at once an hour
_LONGEST_WAIT = timedelta(hours=1)
_AT_ONCE, _WITHOUT_SERVER = 20, timedelta(minutes=1)

_URGENT = (
    Event.Verb.FAILED, Event.Verb.EXPIRED, Event.Verb.NOT_RENEWED, Event.Verb.NOT_COPIED,
    Event.Verb.VANISHED,
)  # fmt: skip

log = structlog.get_logger(__name__)


class NotSent(Exception):
    """The message did not go out; `is_final` when it never will."""

    def __init__(self, message: str, is_final: bool, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.message, self.is_final, self.retry_after = message, is_final, retry_after


class ServerAway(NotSent):
    """The mail server cannot be reached at all: the other mail need not try."""


def due() -> list[int]:
    """Messages whose time has come and that nobody holds."""
    return list(claims.due(_waiting()).order_by("due_at").values_list("pk", flat=True)[:_AT_ONCE])


def _waiting() -> "QuerySet[Dispatch]":
    return Dispatch.objects.filter(sent_at=None, failed_at=None)


def send(pk: int) -> None:
    """Send one message, if it is due and free; what fails for now is tried again later."""
    if not claims.claim_due(_waiting(), pk):
        return
    with claims.held(Dispatch, pk):
        row = Dispatch.objects.select_related("person", "channel__project").get(pk=pk)
        crashpoint("training.dispatch.claimed")
        try:
            _send(row)
        except ServerAway as reason:
            _postpone(row, reason)
            _hold_mail()
        except NotSent as reason:
            _postpone(row, reason)
        except Exception:
            _postpone(row, NotSent("", is_final=False))
            raise
        else:
            Dispatch.objects.filter(pk=pk).update(sent_at=timezone.now(), trouble="")
        crashpoint("training.dispatch.recorded")


def _send(row: Dispatch) -> None:
    events = [one.event for one in row.items.select_related("event__project", "event__person")]
    message = Message(str(row.key), [news_of(one) for one in events], settings.PUBLIC_URL)
    if not message.news:
        return
    if row.channel is not None:
        post(row.channel, message)
    elif row.person is not None and row.person.is_active and row.person.email:
        mail(row.person, message)


def _hold_mail() -> None:
    """A server that hangs would take a thread for each mail, and the speech services wait."""
    waiting = _waiting().filter(person__isnull=False, due_at__lte=timezone.now())
    waiting.update(due_at=timezone.now() + _WITHOUT_SERVER)


def _postpone(row: Dispatch, reason: NotSent) -> None:
    now = timezone.now()
    changes: dict[str, object] = {"trouble": reason.message}
    if reason.is_final or row.attempts >= _MOST_ATTEMPTS:
        changes["failed_at"] = now
        log.warning("news_not_sent", dispatch=row.pk, reason=reason.message)
    else:
        wait = timedelta(seconds=max(15.0 * 2 ** min(row.attempts, 12), reason.retry_after or 0))
        changes["due_at"] = now + min(wait, _LONGEST_WAIT)
    Dispatch.objects.filter(pk=row.pk).update(**changes)


def news_of(event: Event) -> News:
    """An event in words, with an address that leads here."""
    return News(
        event=f"{'deadline' if event.verb in DEADLINES else event.kind}.{event.verb}",
        at=event.at,
        title=_("%(kind)s %(name)s %(verb)s") % {
            "kind": event.kind_label.capitalize(),
            "name": event.name,
            "verb": event.get_verb_display(),
        },
        text=event.text,
        url=f"{settings.SITE.origin}{event.url}" if event.url else "",
        project=str(event.project or ""),
        name=event.name,
        is_urgent=event.verb in _URGENT,
    )  # fmt: skip


def post(channel: Channel, message: Message) -> None:
    """Send a message to a channel. Raises NotSent."""
    now = timezone.now()
    if channel.kind == Channel.Kind.TEAMS:
        content, headers = teams.body(message), {"Content-Type": "application/json"}
    else:
        content = webhook.body(message)
        headers = dict(webhook.headers(message, content, channel.secret, now))
    try:
        posting.post(channel.address, content, headers, settings.ALLOW_PRIVATE_ADDRESSES)
    except posting.NotPosted as error:
        raise NotSent(error.message, error.is_final, error.retry_after) from None


def mail(person: User, message: Message) -> None:
    """Send a message as mail. Raises NotSent, final when the server refuses address or text."""
    try:
        letters.letter(person, message).send()
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _text in error.recipients.values()]
        is_final = all(code >= 500 for code in codes)
        raise NotSent(_answered(codes[0] if codes else 0), is_final) from None
    except smtplib.SMTPDataError as error:
        raise NotSent(_answered(error.smtp_code), error.smtp_code >= 500) from None
    except smtplib.SMTPResponseException as error:
        raise NotSent(_answered(error.smtp_code), is_final=False) from None
    except (smtplib.SMTPException, OSError) as error:
        text = _("The mail server does not answer (%(error)s).") % {"error": type(error).__name__}
        raise ServerAway(text, is_final=False) from None


def _answered(code: int) -> str:
    return _("The mail server answered with %(code)s.") % {"code": code}


def send_again(person: User) -> int:
    """Try a person's failed messages once more; how many."""
    failed = Dispatch.objects.filter(person=person, failed_at__isnull=False)
    return failed.update(failed_at=None, attempts=0, due_at=timezone.now())
