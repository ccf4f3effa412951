"""Hears of rows that are saved and deleted one by one, and of people who sign in."""

import getpass
from typing import Any

from allauth.account.signals import password_reset
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.db.models.signals import post_delete, post_save, pre_save

from training.acting import actor
from training.models.audit import AuditEntry
from training.models.audited import Values, audited, note, values

_OLD = "_audited_before"
_OF_VERB = {
    "create": AuditEntry.Action.CREATED,
    "upload": AuditEntry.Action.CREATED,
    "copy": AuditEntry.Action.CREATED,
    "delete": AuditEntry.Action.DELETED,
}


def connect() -> None:
    """Begin to listen."""
    pre_save.connect(_before_save, dispatch_uid="audit")
    post_save.connect(_after_save, dispatch_uid="audit")
    post_delete.connect(_after_delete, dispatch_uid="audit")
    user_logged_in.connect(_signed_in, dispatch_uid="audit")
    user_login_failed.connect(_sign_in_failed, dispatch_uid="audit")
    password_reset.connect(_password_reset, dispatch_uid="audit")


def _before_save(sender: Any, instance: Any, **_: Any) -> None:
    if actor() is None or not audited(sender):
        return
    old = sender._base_manager.filter(pk=instance.pk).first() if instance.pk else None
    setattr(instance, _OLD, values(old) if old else {})


def _after_save(sender: Any, instance: Any, **_: Any) -> None:
    before: Values | None = instance.__dict__.pop(_OLD, None)
    if before is not None:
        note(instance, before, values(instance))


def _after_delete(sender: Any, instance: Any, **_: Any) -> None:
    if audited(sender):
        note(instance, values(instance), {})


def _signed_in(request: Any, user: Any, **_: Any) -> None:
    _note_sign_in(AuditEntry.Action.SIGNED_IN, request, user, user.username)


def _sign_in_failed(credentials: Any, request: Any = None, **_: Any) -> None:
    name = str(credentials.get("username") or credentials.get("login") or "?")
    _note_sign_in(AuditEntry.Action.SIGN_IN_FAILED, request, None, name)


def _password_reset(request: Any, user: Any, **_: Any) -> None:
    """By the link in a mail, so by nobody who is signed in."""
    changes = {"before": {"password": "(secret)"}, "after": {"password": "(secret)"}}
    _note_sign_in(AuditEntry.Action.CHANGED, request, user, user.username, **changes)


def _note_sign_in(
    action: AuditEntry.Action, request: Any, user: Any, name: str, **changes: Values
) -> None:
    AuditEntry.objects.create(
        action=action,
        source=AuditEntry.Source.PAGE,
        person=user,
        who=name[:200],
        address=request.META.get("REMOTE_ADDR", "") if request else "",
        kind="user",
        object_id=str(user.pk) if user else "",
        name=name[:200],
        **changes,
    )


def note_command(verb: str, kind: str, object_id: str, name: str, resource: str) -> None:
    """A change made at the command line, straight on a service."""
    AuditEntry.objects.create(
        action=_OF_VERB.get(verb, AuditEntry.Action.CHANGED),
        source=AuditEntry.Source.COMMAND,
        who=getpass.getuser()[:200],
        kind=kind[:20],
        object_id=object_id[:40],
        name=name[:200],
        after={"command": f"csr {kind} {verb}", "resource": resource},
    )
