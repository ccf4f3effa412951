"""Tests of one dataset side by side, newest last."""

from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from training.charts import rate_chart
from training.enums import Status, TestingKind
from training.forms.comparing import CompareForm
from training.models import Evaluation, Project
from training.timelines import LABELS, Shown, moments
from training.views.addresses import numbers
from training.views.found import project_or_404

_MOST = 100
_MODELS = ("custom_model1", "base_model1", "custom_model2", "base_model2")


@require_GET
def compare(request: HttpRequest, project_id: int) -> HttpResponse:
    """Word error rates of the tests of a dataset, or of those chosen by `pk`."""
    project = project_or_404(project_id)
    keys = numbers(request.GET.getlist("pk"))[:_MOST]
    done = _finished(project)
    asked = done.filter(pk__in=keys) if keys else done
    datasets = project.datasets.filter(evaluations__in=asked).annotate(n=Count("evaluations"))
    form = CompareForm(request.GET, datasets=datasets.order_by("-n", "display_name"))
    rows = asked.filter(dataset=form.chosen).select_related(*_MODELS)
    shown = moments(list(reversed(rows.order_by("-created_at", "-pk")[:_MOST])), form.series)
    context: dict[str, Any] = {
        "project": project,
        "part": "tests",
        "form": form,
        "keys": keys,
        "left_out": len(set(keys)) - rows.count() if keys else 0,
        "is_cut": not keys and rows.count() > _MOST,
        "most": _MOST,
        "moments": shown,
        "chart": rate_chart(shown, LABELS[Shown(form.series)]),
    }
    return render(request, "tests/compare.html", context)


def _finished(project: Project) -> "QuerySet[Evaluation]":
    return project.evaluations.filter(
        status=Status.SUCCEEDED,
        testing_kind=TestingKind.EVALUATION,
        results1__has_key="word_error_rate",
    )
