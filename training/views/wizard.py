"""The pages of "Train a new model"."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from training.display import commands
from training.enums import TrainingStep
from training.forms.wizard import FORMS
from training.models import Project, TrainingDraft, User
from training.services import drafts, estimates, presence
from training.services.submission import submit
from training.views.steps import Wizard, form_step, step_page
from training.wizards import training
from training.wizards.steps import NotReady, resume

WIZARD = Wizard(
    title=gettext_lazy("Train a new model"),
    address="wizard",
    parent="models",
    parent_title=gettext_lazy("Train custom models"),
    folder="wizard",
    steps=training.steps,
    forms=FORMS,
)


@require_POST
def start_training(request: HttpRequest, project_id: int) -> HttpResponse:
    """A new draft, opened at its first step."""
    project = get_object_or_404(Project, pk=project_id)
    if not isinstance(request.user, User):
        return redirect("account_login")
    draft = drafts.start(project, request.user)
    return redirect("wizard", project.pk, draft.pk, TrainingStep.BASE_MODEL)


@require_http_methods(["GET", "POST"])
def wizard_step(request: HttpRequest, project_id: int, pk: int, step: str) -> HttpResponse:
    """Show or save one step. A draft that was submitted leads to its model."""
    draft = _draft(project_id, pk)
    if draft.submitted_at is not None:
        return redirect(draft.result or draft.project)
    if step not in training.steps(draft):
        raise Http404
    if step == TrainingStep.REVIEW:
        return _review(request, draft)
    return form_step(request, WIZARD, draft, TrainingStep(step), _present(request, draft))


@require_GET
def resume_draft(request: HttpRequest, project_id: int, pk: int) -> HttpResponse:
    """Open a draft where it was left."""
    draft = _draft(project_id, pk)
    return redirect("wizard", project_id, pk, resume(training.steps(draft), draft.visited))


@require_GET
def presence_in_draft(request: HttpRequest, project_id: int, pk: int) -> HttpResponse:
    """Who else is in the draft, as a fragment; 204 when that has not changed."""
    draft = _draft(project_id, pk)
    context = _present(request, draft)
    if request.GET.get("seen") == context["others_token"]:
        return HttpResponse(status=204)
    news = {"announcement": _others_sentence(context["others"])}
    return render(request, "wizard/presence.html", {"draft": draft, **context, **news})


@require_POST
def discard_draft(request: HttpRequest, project_id: int, pk: int) -> HttpResponse:
    """Throw a draft away."""
    drafts.discard(_draft(project_id, pk))
    messages.success(request, _("The draft was discarded."))
    return redirect("models", project_id)


def _draft(project_id: int, pk: int) -> TrainingDraft:
    rows = TrainingDraft.objects.select_related(
        "project__resource", "base_model", "test_dataset", "test_base_model", "test_custom_model"
    )
    return get_object_or_404(rows, pk=pk, project_id=project_id)


def _review(request: HttpRequest, draft: TrainingDraft) -> HttpResponse:
    problems = training.review(draft)
    if request.method == "POST" and isinstance(request.user, User):
        try:
            model = submit(draft, request.user)
        except NotReady as error:
            problems = list(error.problems)
        else:
            messages.success(request, _("%(name)s was submitted.") % {"name": model})
            return redirect("models", draft.project_id)
    drafts.visit(draft, TrainingStep.REVIEW, request.user)
    context = {
        "problems": problems,
        "warnings": training.warnings(draft),
        "estimate": estimates.training(draft),
        "lines": training.lines(draft),
        "commands": [] if problems else commands.training(draft),
        **_present(request, draft),
    }
    template = "wizard/training_review.html"
    return step_page(request, WIZARD, template, draft, TrainingStep.REVIEW, context)


def _present(request: HttpRequest, draft: TrainingDraft) -> dict[str, Any]:
    if not isinstance(request.user, User):
        return {}
    presence.note(draft, request.user)
    others = presence.others(draft, request.user)
    return {"others": others, "others_token": "-".join(str(one.pk) for one in others)}


def _others_sentence(others: list[User]) -> str:
    if not others:
        return _("Nobody else is in this draft now.")
    names = ", ".join(str(one) for one in others)
    return _("Also in this draft: %(names)s") % {"names": names}
