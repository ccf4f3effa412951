"""Keeps models fresh by their plans: one step at a time, each safe to repeat."""

from datetime import timedelta
from typing import Any

import structlog
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from studio import claims
from studio.crashpoints import crashpoint
from training.acting import Actor, acting
from training.enums import Status
from training.models import CustomModel, Endpoint, Evaluation, Event, RenewalPlan, User
from training.models.evaluation import evaluations_of
from training.services import endpoints, events, retraining, sync
from training.services.delays import after_failures
from training.services.submission import submit
from training.speechapi.errors import NotFound, SpeechApiError
from training.wizards.steps import NotReady

State = RenewalPlan.State
_AGAIN, _OFTEN = timedelta(seconds=5), timedelta(minutes=5)
_LATER = timedelta(hours=1)
_WISHES = ("days_before", "test_dataset", "gate_percent", "decides", "person")
_EPSILON = 1e-9

log = structlog.get_logger(__name__)


def due() -> list[int]:
    """Plans that may go on and that nobody holds."""
    return list(claims.due(_active()).values_list("pk", flat=True)[:50])


def _active() -> "QuerySet[RenewalPlan]":
    return RenewalPlan.objects.exclude(state__in=(State.DECIDING, State.STOPPED))


def advance(pk: int) -> None:
    """Take the plan's next step, if it is free and its time has come."""
    if not claims.claim_due(_active(), pk):
        return
    with claims.held(RenewalPlan, pk):
        plan = _plan(pk)
        name = _("Renewal plan of %(model)s") % {"model": plan.model}
        crashpoint("training.renewal.claimed")
        try:
            with acting(Actor(None, name, "plan")):
                wait = _STEPS[State(plan.state)](plan)
        except Exception:
            _postpone(plan, after_failures(plan.attempts))
            raise
        RenewalPlan.objects.filter(pk=pk).update(attempts=0)
        _postpone(plan, wait)


def _postpone(plan: RenewalPlan, wait: timedelta) -> None:
    RenewalPlan.objects.filter(pk=plan.pk).update(due_at=timezone.now() + wait)


def _plan(pk: int) -> RenewalPlan:
    rows = RenewalPlan.objects.select_related(
        "model__project__resource", "candidate", "evaluation", "created_by", "test_dataset"
    )
    return rows.get(pk=pk)


def starts_at(plan: RenewalPlan) -> Any:
    """When the plan begins; None while the service has named no last day."""
    ends = plan.model.transcription_expires_at
    return ends - timedelta(days=plan.days_before) if ends else None


def _begin(plan: RenewalPlan) -> timedelta:
    begins = starts_at(plan)
    if begins is None or begins > timezone.now():
        return _LATER
    if plan.created_by is None:
        return _halt(plan, _("Whoever made the plan has no account any more; save it again."))
    try:
        _start(plan, plan.created_by)
    except retraining.NoBaseModel:
        _tell_once(plan, _("No baseline model of the locale can be adapted now."))
        return _LATER
    except NotReady as error:
        _tell_once(plan, str(error))
        return _LATER
    return _AGAIN


@transaction.atomic
def _start(plan: RenewalPlan, user: User) -> None:
    draft = retraining.new_draft(plan.model, user, plan.test_dataset)
    model = submit(draft, user)
    test = evaluations_of(model).first()
    won = _move(plan, State.TRAINING, candidate=model, evaluation=test, trouble="")
    if not won:
        raise RuntimeError("The plan was changed while it began.")
    events.record(Event.Verb.RENEWING, plan.model, text=_("%(new)s is being trained.")
                  % {"new": model})  # fmt: skip
    crashpoint("training.renewal.before_commit")


def _train(plan: RenewalPlan) -> timedelta:
    candidate = plan.candidate
    if candidate is None:
        return _halt(plan, _("The new model was deleted."))
    if candidate.has_failed:
        text = _("The new model could not be trained: %(why)s")
        return _halt(plan, text % {"why": candidate.error_message})
    if candidate.succeeded:
        _move(plan, State.TESTING)
    return _AGAIN


def _test(plan: RenewalPlan) -> timedelta:
    test = plan.evaluation
    if test is not None and not test.is_final:
        return _AGAIN
    if test is not None and test.succeeded and plan.decides == RenewalPlan.Decides.ITSELF:
        if passes(plan, test):
            accept(plan, None)
            return _AGAIN
        _note(plan, _("The gate was not passed, so a person decides."))
    elif test is None or not test.succeeded:
        _note(plan, _("The test could not be done, so a person decides."))
    _ask(plan)
    return _AGAIN


@transaction.atomic
def _ask(plan: RenewalPlan) -> None:
    if _move(plan, State.DECIDING):
        text = _("%(new)s may take its place; somebody has to decide.") % {"new": plan.candidate}
        events.record(Event.Verb.ASKED, plan.model, text=text, concerns=plan.person_id)


def passes(plan: RenewalPlan, test: Evaluation) -> bool:
    """Whether the new model is not worse than the old one by more than the gate, relatively."""
    new, old = rates(test)
    return (
        new is not None
        and old is not None
        and new <= old * (1 + plan.gate_percent / 100) + _EPSILON
    )


def rates(test: Evaluation) -> tuple[float | None, float | None]:
    """Word error rates of the new and the old model, None while there are none."""
    return test.results1.get("word_error_rate"), test.results2.get("word_error_rate")


@transaction.atomic
def accept(plan: RenewalPlan, user: User | None) -> bool:
    """Let the new model take the old one's place; True when it was us who decided."""
    if not plan.candidate or not plan.candidate.succeeded:
        return False
    allowed = (State.DECIDING,) if user else (State.TESTING,)
    if not _move(plan, State.MOVING, allowed, trouble="", accepted_by=user):
        return False
    text = _("%(new)s takes its place.") % {"new": plan.candidate}
    events.record(Event.Verb.ACCEPTED, plan.model, user, text)
    return True


@transaction.atomic
def reject(plan: RenewalPlan, user: User) -> bool:
    """Keep the old model; the plan stops until somebody starts it again."""
    text = _("%(new)s does not take its place.") % {"new": plan.candidate}
    if not _move(plan, State.STOPPED, (State.DECIDING,), trouble=text):
        return False
    _part(plan)
    events.record(Event.Verb.REJECTED, plan.model, user, text)
    return True


@transaction.atomic
def stop(plan: RenewalPlan, user: User) -> bool:
    """Stop at whatever it does. A training that runs goes on, since the API cannot end it."""
    was_accepted = plan.state == State.MOVING
    running = [one for one in State if one != State.STOPPED]
    if not _move(plan, State.STOPPED, running, trouble=""):
        return False
    if not was_accepted:
        _part(plan)
    events.record(Event.Verb.STOPPED, plan.model, user)
    return True


def _part(plan: RenewalPlan) -> None:
    """A model that was not accepted renews nothing: the old one must not count as replaced."""
    if plan.candidate_id is not None:
        CustomModel.objects.filter(pk=plan.candidate_id, renews=plan.model_id).update(renews=None)


@transaction.atomic
def forget(plan: RenewalPlan) -> bool:
    """Delete a stopped plan."""
    return bool(RenewalPlan.objects.filter(pk=plan.pk, state=State.STOPPED).delete()[0])


@transaction.atomic
def keep(plan: RenewalPlan, user: User) -> None:
    """Save a plan, new or changed; a stopped one waits for its day again.

    What a worker writes, the state above all, is left alone.
    """
    now, wishes = timezone.now(), {name: getattr(plan, name) for name in _WISHES}
    kept, is_new = RenewalPlan.objects.get_or_create(
        model=plan.model, defaults={**wishes, "created_by": user}
    )
    mine = RenewalPlan.objects.filter(pk=kept.pk)
    mine.update(**wishes, created_by=user, due_at=now, changed_at=now)
    mine.filter(state=State.STOPPED).update(
        state=State.WAITING, trouble="", candidate=None, evaluation=None, accepted_by=None
    )
    plan.pk = kept.pk
    plan.refresh_from_db()
    if is_new:
        events.record(Event.Verb.PLANNED, plan.model, user)


def _move_endpoints(plan: RenewalPlan) -> timedelta:
    """Give each endpoint of the old model the new one, then go on with the new one.

    One that the service will not change keeps the plan here, and stops no other.
    """
    candidate, troubles = plan.candidate, []
    if candidate is None:
        return _halt(plan, _("The new model was deleted."))
    mine = Endpoint.live().filter(custom_model=plan.model).select_related("project__resource")
    for endpoint in mine.filter(status=Status.SUCCEEDED):
        try:
            endpoints.change_model(endpoint, candidate, plan.accepted_by)
        except NotFound:
            sync.vanished(endpoint)
        except SpeechApiError as error:
            troubles.append(f"{endpoint}: {error.message}")
        crashpoint("training.renewal.endpoint_moved")
    if troubles:
        _tell_once(plan, " ".join(troubles))
        return _OFTEN
    if mine.exists():
        return _AGAIN
    _finish(plan, candidate)
    return _LATER


@transaction.atomic
def _finish(plan: RenewalPlan, candidate: CustomModel) -> None:
    """Go on with the new model, unless that would begin at once again, or somebody planned it."""
    begins = starts_at(RenewalPlan(model=candidate, days_before=plan.days_before))
    if RenewalPlan.objects.filter(model=candidate).exists():
        _move(plan, State.STOPPED, trouble=_("The new model has a plan of its own."))
    elif begins is not None and begins <= timezone.now():
        why = _(
            "The new model's last day is too near for this plan, which would begin again at once. "
            "Choose fewer days."
        )
        _move(plan, State.STOPPED, model=candidate, trouble=why)
        events.record(Event.Verb.NOT_RENEWED, candidate, text=why, concerns=plan.person_id)
    else:
        _move(plan, State.WAITING, model=candidate, candidate=None, evaluation=None, trouble="")


def _halt(plan: RenewalPlan, why: str) -> timedelta:
    with transaction.atomic():
        if _move(plan, State.STOPPED, trouble=why):
            _part(plan)
            events.record(Event.Verb.NOT_RENEWED, plan.model, text=why, concerns=plan.person_id)
    return _LATER


@transaction.atomic
def _tell_once(plan: RenewalPlan, why: str) -> None:
    """Note what is wrong; somebody is told when it is new."""
    if plan.trouble != why:
        _note(plan, why)
        events.record(Event.Verb.NOT_RENEWED, plan.model, text=why, concerns=plan.person_id)


def _note(plan: RenewalPlan, why: str) -> None:
    if plan.trouble != why:
        RenewalPlan.objects.filter(pk=plan.pk).update(trouble=why, changed_at=timezone.now())


def _move(plan: RenewalPlan, state: State, allowed: Any = None, **changes: Any) -> bool:
    """Go to another state from the one that we know of, or from those allowed; False if not so."""
    mine = RenewalPlan.objects.filter(pk=plan.pk, state__in=allowed or (plan.state,))
    now = timezone.now()
    if not mine.update(state=state, changed_at=now, due_at=now, **changes):
        return False
    plan.refresh_from_db()
    log.info("renewal_moved", plan=plan.pk, state=str(state))
    return True


_STEPS: dict[State, Any] = {
    State.WAITING: _begin,
    State.TRAINING: _train,
    State.TESTING: _test,
    State.MOVING: _move_endpoints,
}
