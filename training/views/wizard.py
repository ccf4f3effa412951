"""The wizard's pages: one address a step."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from training import wizard
from training.enums import Step
from training.forms.wizard import FORMS
from training.models import Project, TrainingDraft, User
from training.services import drafts, estimates, presence
from training.services.submission import NotReady, submit


@require_POST
def start_training(request: HttpRequest, project_id: int) -> HttpResponse:
    """A new draft, opened at its first step."""
    project = get_object_or_404(Project, pk=project_id)
    if not isinstance(request.user, User):
        return redirect("account_login")
    draft = drafts.start(project, request.user)
    return redirect("wizard", project.pk, draft.pk, Step.BASE_MODEL)


@require_http_methods(["GET", "POST"])
def wizard_step(request: HttpRequest, project_id: int, pk: int, step: str) -> HttpResponse:
    """Show or save one step. A draft that was submitted leads to its model."""
    draft = _draft(project_id, pk)
    if draft.submitted_at is not None:
        return redirect(draft.result or draft.project)
    if step not in wizard.steps(draft):
        raise Http404
    if step == Step.REVIEW:
        return _review(request, draft)
    form = FORMS[step](request.POST or None, instance=draft)
    if request.method == "POST":
        _keep_valid(request, draft, form)
        drafts.visit(draft, step, request.user)
        if request.headers.get("HX-Request") == "true":
            return render(request, "wizard/saved.html", {"draft": _draft(project_id, pk)})
        if form.is_valid():
            return redirect("wizard", project_id, pk, _following(request, draft, Step(step)))
    return _page(request, f"wizard/{step}.html", draft, Step(step), {"form": form})


@require_GET
def resume_draft(request: HttpRequest, project_id: int, pk: int) -> HttpResponse:
    """Open a draft where it was left."""
    draft = _draft(project_id, pk)
    return redirect("wizard", project_id, pk, wizard.resume(draft))


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
    draft = _draft(project_id, pk)
    if isinstance(request.user, User):
        drafts.discard(draft, request.user)
        messages.success(request, _("The draft was discarded."))
    return redirect("models", project_id)


def _draft(project_id: int, pk: int) -> TrainingDraft:
    rows = TrainingDraft.objects.select_related(
        "project__resource", "base_model", "test_dataset", "test_base_model", "test_custom_model"
    )
    return get_object_or_404(rows, pk=pk, project_id=project_id)


def _keep_valid(request: HttpRequest, draft: TrainingDraft, form: Any) -> None:
    """Save what is valid, also when something else on the page is not."""
    if form.is_valid():
        form.save()
        return
    values = {name: value for name, value in form.cleaned_data.items() if name in form._meta.fields}
    drafts.keep(draft, values)


def _following(request: HttpRequest, draft: TrainingDraft, step: Step) -> Step:
    if request.GET.get("back") == Step.REVIEW:
        return Step.REVIEW
    return wizard.next_step(draft, step)


def _review(request: HttpRequest, draft: TrainingDraft) -> HttpResponse:
    problems = wizard.review(draft)
    if request.method == "POST" and isinstance(request.user, User):
        try:
            model = submit(draft, request.user)
        except NotReady as error:
            problems = list(error.problems)
        else:
            messages.success(request, _("%(name)s was submitted.") % {"name": model})
            return redirect("models", draft.project_id)
    drafts.visit(draft, Step.REVIEW, request.user)
    context = {
        "problems": problems,
        "warnings": wizard.warnings(draft),
        "estimate": estimates.training(draft),
        "lines": wizard.lines(draft),
    }
    return _page(request, "wizard/review.html", draft, Step.REVIEW, context)


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


def _page(
    request: HttpRequest, template: str, draft: TrainingDraft, step: Step, more: dict[str, Any]
) -> HttpResponse:
    order = wizard.steps(draft)
    context = {
        "project": draft.project,
        "part": "models",
        "draft": draft,
        "step": step,
        "number": order.index(step) + 1,
        "total": len(order),
        "rail": wizard.rail(draft, step),
        "previous": wizard.previous_step(draft, step),
        **_present(request, draft),
        **more,
    }
    return render(request, template, context)
