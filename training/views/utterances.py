"""The utterances of a test: on its page, as a file, and to be heard."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from training.forms.utterances import UtterancesForm
from training.models import Evaluation, Utterance
from training.services import utterances as kept
from training.views.addresses import number
from training.views.exports import csv_answer

_PAGE = 25
_KINDS = ("confused", "missed", "inserted")


def utterances_of(request: HttpRequest, test: Evaluation) -> dict[str, Any]:
    """Context of the list; `at` in the address leads to the page of one utterance."""
    if test.analysed_at is None:
        return {}
    form = UtterancesForm(request.GET)
    form.is_valid()
    chosen = form.cleaned_data
    rows = kept.narrowed(
        test, chosen.get("show", []), chosen.get("differences", False), chosen.get("order", "")
    )
    query = request.GET.copy()
    for name in ("page", "at", "since"):
        query.pop(name, None)
    return {
        "filters": form,
        "utterances": _page(request, rows),
        "query": query.urlencode(),
        "has_audio": bool(test.dataset.file),
        "has_utterances": bool(test.analysis),
        "mistakes": [_mistakes(test, number) for number in (1, 2)],
    }


def _mistakes(test: Evaluation, which: int) -> list[Any]:
    label = f"{_('Model')} {which}: {test.model1 if which == 1 else test.model2}"
    return [label, *(test.analysis.get(f"{kind}{which}", []) for kind in _KINDS)]


def _page(request: HttpRequest, rows: Any) -> "Page[Utterance]":
    pages = Paginator(rows, _PAGE)
    if "at" not in request.GET:
        return pages.get_page(request.GET.get("page"))
    asked = number(request.GET["at"])
    places = list(rows.values_list("position", flat=True))
    place = places.index(asked) if asked in places else 0
    return pages.get_page(place // _PAGE + 1)


@require_GET
def clip(request: HttpRequest, project_id: int, pk: int, position: int) -> HttpResponse:
    """The audio of one utterance."""
    rows = Utterance.objects.select_related("evaluation__dataset")
    row = get_object_or_404(
        rows, evaluation__project_id=project_id, evaluation_id=pk, position=position
    )
    found = kept.clip(row)
    if found is None:
        raise Http404
    headers = {"Cache-Control": "private, max-age=3600"}
    return HttpResponse(found, content_type="audio/wav", headers=headers)


@require_GET
def export(
    request: HttpRequest, project_id: int, pk: int, form: str
) -> HttpResponse | StreamingHttpResponse:
    """Every utterance as CSV, or with the alignments as JSON."""
    test = get_object_or_404(Evaluation, project_id=project_id, pk=pk)
    name = f"{test.display_name}.{form}"
    if form == "json":
        headers = {"Content-Disposition": content_disposition_header(True, name) or "attachment"}
        return JsonResponse(_whole(test), headers=headers, json_dumps_params={"indent": 1})
    if form != "csv":
        raise Http404
    return csv_answer(name, kept.table(test))


def _whole(test: Evaluation) -> dict[str, Any]:
    columns = [*kept.COLUMNS, "operations1", "operations2"]
    return {
        "test": test.display_name,
        "models": [str(test.model1), str(test.model2)],
        "results": [test.results1, test.results2],
        "analysis": test.analysis,
        "utterances": list(test.utterances.order_by("position").values(*columns)),
    }
