"""Renewing models: by hand through the wizard, and by a plan."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from training.enums import TrainingStep
from training.forms.renewal import RenewalForm
from training.models import CustomModel, Evaluation, RenewalPlan, User
from training.models.renewal import replaced_by
from training.results import Comparison
from training.services import renewal as kept
from training.services import retraining
from training.views.live import live_page


@require_POST
def retrain(request: HttpRequest, project_id: int, pk: int) -> HttpResponse:
    """Open the wizard with a draft that would renew the model."""
    model = _model(project_id, pk)
    if not isinstance(request.user, User):
        return redirect("account_login")
    try:
        draft = retraining.draft_of(model, request.user)
    except retraining.NoBaseModel:
        messages.error(request, _("The service offers no baseline model that can be adapted now."))
        return redirect(model)
    return redirect("wizard", project_id, draft.pk, TrainingStep.REVIEW)


@require_http_methods(["GET", "POST"])
def renewal(request: HttpRequest, project_id: int, pk: int) -> HttpResponse:
    """The plan that keeps a model fresh: what it does now, and its settings."""
    model = _model(project_id, pk)
    plan = RenewalPlan.objects.filter(model=model).first()
    replaced = None if plan else replaced_by(model)
    went_on = getattr(replaced, "plan", None)
    if went_on and request.method == "POST":
        messages.info(request, _("Nothing was changed: the plan has moved on meanwhile."))
        return redirect(went_on)
    row = plan or RenewalPlan(model=model, person=_me(request))
    form = RenewalForm(request.POST if request.method == "POST" else None, instance=row)
    if request.method == "POST" and form.is_valid() and isinstance(request.user, User):
        kept.keep(form.instance, request.user)
        messages.success(request, _("The plan is saved."))
        return redirect("renewal", project_id, pk)
    common = {"project": model.project, "part": "models", "row": model, "form": form}
    known = (plan, plan.candidate, plan.evaluation) if plan else (replaced,)
    return live_page(
        request,
        "models/renewal.html",
        lambda: common | _state(row) | {"plan": plan, "renewed_by": replaced},
        filter(None, known),
    )


def _state(plan: RenewalPlan) -> dict[str, Any]:
    test = plan.evaluation
    return {
        "starts_at": kept.starts_at(plan),
        "test": test,
        "comparison": _comparison(test) if test else None,
        "passes": bool(test and test.succeeded and kept.passes(plan, test)),
    }


@require_POST
def decide_renewal(request: HttpRequest, project_id: int, pk: int) -> HttpResponse:
    """Accept or reject the new model, or stop the plan; a second click changes nothing."""
    plan = get_object_or_404(RenewalPlan, model=_model(project_id, pk))
    if not isinstance(request.user, User):
        return redirect("account_login")
    match request.POST.get("action"):
        case "accept" if kept.accept(plan, request.user):
            text = _("%(new)s takes its place; endpoints are given it now.")
            messages.success(request, text % {"new": plan.candidate})
        case "reject" if kept.reject(plan, request.user):
            messages.success(request, _("The model stays as it is. The plan is stopped."))
        case "stop" if kept.stop(plan, request.user):
            messages.success(request, _("The plan is stopped."))
        case "forget" if kept.forget(plan):
            messages.success(request, _("The plan is deleted."))
            return redirect(plan.model)
        case _:
            messages.info(request, _("Nothing was changed: the plan has moved on meanwhile."))
    return redirect("renewal", project_id, plan.model_id)


def _comparison(test: Evaluation) -> Comparison:
    names = (str(test.model1), str(test.model2))
    return Comparison(test.results1, test.results2, test.analysis, names)


def _me(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def _model(project_id: int, pk: int) -> CustomModel:
    rows = CustomModel.objects.select_related("project__resource", "base_model")
    return get_object_or_404(rows, pk=pk, project_id=project_id)
