"""The pages of "Create new test"."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from training.display import commands
from training.enums import TestStep
from training.forms.testing import FORMS, KindForm
from training.models import TestDraft, User
from training.services import drafts
from training.services import testing as kept
from training.views.addresses import number, numbers
from training.views.found import project_or_404
from training.views.steps import Wizard, form_step, step_page
from training.wizards import testing
from training.wizards.steps import NotReady, resume

WIZARD = Wizard(
    title=gettext_lazy("Create new test"),
    address="testing",
    parent="tests",
    parent_title=gettext_lazy("Test models"),
    folder="testing",
    steps=testing.steps,
    forms=FORMS,
)
_PARTS = ("project__resource", "dataset", "custom_model1__base_model", "base_model1")


@require_http_methods(["GET", "POST"])
def new_test(request: HttpRequest, project_id: int) -> HttpResponse:
    """The first step; the draft begins when it is answered.

    `model` (or `pk`, from a selection of models; at most two) and `dataset` in the address are
    chosen at their steps.
    """
    project = project_or_404(project_id)
    models = numbers(request.GET.getlist("model") + request.GET.getlist("pk"))
    draft = kept.proposed(project, models, number(request.GET.get("dataset")))
    form = KindForm(request.POST if request.method == "POST" else None, instance=draft)
    if request.method == "POST" and form.is_valid() and isinstance(request.user, User):
        key = form.cleaned_data["submission_key"] or draft.submission_key
        draft = kept.start(draft, request.user, key)
        return redirect("testing", project.pk, draft.pk, TestStep.DATA)
    return step_page(request, WIZARD, "testing/kind.html", draft, TestStep.KIND, {"form": form})


@require_http_methods(["GET", "POST"])
def step_of_test(request: HttpRequest, project_id: int, pk: int, step: str) -> HttpResponse:
    """Show or save one step. A draft that was submitted leads to its test."""
    draft = _draft(project_id, pk)
    if draft.submitted_at is not None:
        return redirect(draft.result) if draft.result else redirect("tests", project_id)
    if step not in TestStep.values:
        raise Http404
    if step == TestStep.REVIEW:
        return _review(request, draft)
    return form_step(request, WIZARD, draft, TestStep(step), {})


@require_GET
def resume_test(request: HttpRequest, project_id: int, pk: int) -> HttpResponse:
    """Open a draft where it was left."""
    draft = _draft(project_id, pk)
    return redirect("testing", project_id, pk, resume(testing.steps(draft), draft.visited))


@require_POST
def discard_test(request: HttpRequest, project_id: int, pk: int) -> HttpResponse:
    """Throw a draft away."""
    drafts.discard(_draft(project_id, pk))
    messages.success(request, _("The draft was discarded."))
    return redirect("tests", project_id)


def _review(request: HttpRequest, draft: TestDraft) -> HttpResponse:
    problems = testing.review(draft)
    if request.method == "POST" and isinstance(request.user, User):
        try:
            test = kept.submit(draft, request.user)
        except NotReady as error:
            problems = list(error.problems)
        else:
            messages.success(request, _("%(name)s was submitted.") % {"name": test})
            return redirect("tests", draft.project_id)
    drafts.visit(draft, TestStep.REVIEW, request.user)
    context: dict[str, Any] = {
        "problems": problems,
        "warnings": testing.warnings(draft),
        "lines": testing.lines(draft),
        "commands": [] if problems else commands.testing(draft),
    }
    return step_page(request, WIZARD, "testing/review.html", draft, TestStep.REVIEW, context)


def _draft(project_id: int, pk: int) -> TestDraft:
    rows = TestDraft.objects.select_related(*_PARTS, "custom_model2", "base_model2", "result")
    return get_object_or_404(rows, pk=pk, project_id=project_id)
