"""The utterances of a test: on its page, as a file, and to be heard."""

import json
from collections.abc import Iterator
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from training.forms.utterances import UtterancesForm
from training.models import Evaluation, Utterance
from training.services import utterances as kept
from training.views.addresses import number
from training.views.exports import csv_answer
from training.views.media import audio_answer

_PAGE = 25
_KINDS = ("confused", "missed", "inserted")


def utterances_of(request: HttpRequest, test: Evaluation) -> dict[str, Any]:
    """Context of the list; `at` in the address leads to the page of one utterance."""
    if test.analysed_at is None or not test.utterances.exists():
        return {}
    form = UtterancesForm(request.GET, test=test)
    form.is_valid()
    query = request.GET.copy()
    for name in ("page", "at", "since"):
        query.pop(name, None)
    return {
        "filters": form,
        "shown_kinds": form.cleaned_data.get("show") or [],
        "utterances": _page(request, test, form.cleaned_data),
        "query": query.urlencode(),
        "address": request.build_absolute_uri(test.get_absolute_url()),
        "has_audio": bool(test.dataset.file),
        "has_utterances": True,
        "mistakes": _mistakes(test),
    }


def _mistakes(test: Evaluation) -> list[Any]:
    """For each model its name, and the words that it confused, missed and inserted."""
    if not test.is_measured:
        return []
    numbers = ((1, test.model1),) if test.has_one_model else ((1, test.model1), (2, test.model2))
    return [
        [model, *(test.analysis.get(f"{kind}{which}", []) for kind in _KINDS)]
        for which, model in numbers
    ]


def _page(request: HttpRequest, test: Evaluation, chosen: dict[str, Any]) -> "Page[Any]":
    rows, order = kept.narrowed(test, chosen), chosen.get("order", "")
    pages = Paginator(kept.ordered(rows, order).values_list("pk", flat=True), _PAGE)
    asked: Any = request.GET.get("page")
    if "at" in request.GET:
        asked = kept.place(rows, order, number(request.GET["at"])) // _PAGE + 1
    page: Page[Any] = pages.get_page(asked)
    page.object_list = kept.loaded(test.utterances.all(), list(page.object_list))
    return page


@require_GET
def clip(request: HttpRequest, project_id: int, pk: int, position: int) -> HttpResponseBase:
    """The audio of one utterance."""
    rows = Utterance.objects.select_related("evaluation__dataset")
    row = get_object_or_404(
        rows, evaluation__project_id=project_id, evaluation_id=pk, position=position
    )
    found = kept.clip(row)
    if found is None:
        raise Http404
    return audio_answer(request, found)


@require_GET
def export(
    request: HttpRequest, project_id: int, pk: int, form: str
) -> HttpResponse | StreamingHttpResponse:
    """Every utterance as CSV, or with the alignments as JSON."""
    test = get_object_or_404(Evaluation, project_id=project_id, pk=pk)
    name = f"{test.display_name}.{form}"
    if form == "json":
        headers = {"Content-Disposition": content_disposition_header(True, name) or "attachment"}
        return StreamingHttpResponse(_whole(test), content_type="application/json", headers=headers)
    if form != "csv":
        raise Http404
    return csv_answer(name, kept.table(test))


def _whole(test: Evaluation) -> Iterator[str]:
    """One JSON object, an utterance a line, so that a large test is never held in memory."""
    head = {
        "test": test.display_name,
        "kind": test.testing_kind,
        "models": [str(test.model1), str(test.model2)],
        "results": [] if test.is_inspection else [test.results1, test.results2],
        "analysis": test.analysis,
    }
    yield json.dumps(head)[:-1] + ', "utterances": ['
    columns = [*kept.columns(test), "operations1", "operations2"]
    rows = test.utterances.order_by("position").values(*columns)
    joint = ""
    for row in rows.iterator(500):
        yield f"{joint}\n{json.dumps(row)}"
        joint = ","
    yield "\n]}\n"
