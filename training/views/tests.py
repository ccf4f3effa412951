"""Test models: the list, a new test, its result."""

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from training.charts import rate_chart
from training.enums import Status
from training.forms.tests import EvaluationForm, model_value
from training.grids import EVALUATIONS
from training.models import CustomModel, Project, User
from training.results import Comparison
from training.services import evaluation as kept
from training.services.drafts import newest_base_model
from training.views.addresses import number, numbers
from training.views.files import service_files
from training.views.found import project_or_404
from training.views.lists import list_page
from training.views.live import live_page
from training.views.utterances import utterances_of

_MOST = 40
_MODELS = ("custom_model1", "base_model1", "custom_model2", "base_model2", "dataset")


@require_GET
def tests(request: HttpRequest, project_id: int) -> HttpResponse:
    """The project's tests."""
    project = project_or_404(project_id)
    rows = project.evaluations.select_related(*_MODELS, "created_by")
    context = {"project": project, "part": "tests"}
    return list_page(request, "tests/list.html", EVALUATIONS, rows, context)


@require_http_methods(["GET", "POST"])
def new_test(request: HttpRequest, project_id: int) -> HttpResponse:
    """Create new test; the baseline is proposed as the second model."""
    project = project_or_404(project_id)
    form = EvaluationForm(
        request.POST or None, project=project, initial=_proposed(request, project)
    )
    if request.method == "POST" and form.is_valid() and isinstance(request.user, User):
        row = kept.create(project=project, user=request.user, **form.cleaned_data)
        messages.success(request, _("%(name)s was submitted.") % {"name": row})
        return redirect("tests", project.pk)
    context = {"project": project, "part": "tests", "form": form}
    return render(request, "tests/new.html", context)


def _proposed(request: HttpRequest, project: Project) -> dict[str, Any]:
    wanted = numbers(request.GET.getlist("model")[:2])
    models = project.models.filter(status="Succeeded").select_related("base_model")
    found = list(models.filter(pk__in=wanted) if wanted else models[:1])
    model, more = (found[0], found[1:]) if found else (None, [])
    base = model.base_model if isinstance(model, CustomModel) else newest_base_model(project)
    name = _("Test of %(model)s") % {"model": model} if model else ""
    second = more[0] if more else base
    return {
        "model1": model_value(model),
        "model2": model_value(second),
        "display_name": name,
    }


@require_GET
def compare(request: HttpRequest, project_id: int) -> HttpResponse:
    """Word error rates of the tests of one dataset, in the order of their making."""
    project = project_or_404(project_id)
    done = project.evaluations.filter(status=Status.SUCCEEDED)
    datasets = project.datasets.filter(evaluations__in=done).annotate(n=Count("evaluations"))
    listed = list(datasets.order_by("-n", "display_name"))
    asked = number(request.GET.get("dataset"))
    chosen = next((one for one in listed if one.pk == asked), listed[0] if listed else None)
    shown = done.filter(dataset=chosen).select_related(*_MODELS).order_by("-created_at")[:_MOST]
    context = {
        "project": project,
        "part": "tests",
        "datasets": listed,
        "chosen": chosen,
        "chart": rate_chart([one for one in reversed(shown) if one.results1]),
    }
    return render(request, "tests/compare.html", context)


@require_GET
def test(request: HttpRequest, project_id: int, pk: int) -> HttpResponse:
    """One test: both word error rates, and every utterance."""
    project = project_or_404(project_id)
    row = get_object_or_404(project.evaluations.select_related(*_MODELS, "created_by"), pk=pk)

    def context() -> dict[str, Any]:
        return {
            "project": project,
            "part": "tests",
            "row": row,
            "comparison": Comparison(row.results1, row.results2, row.analysis),
            **utterances_of(request, row),
            **service_files(row),
        }

    return live_page(request, "tests/detail.html", context, [row])


test.__test__ = False  # type: ignore[attr-defined]  # a view, not a test of pytest's
