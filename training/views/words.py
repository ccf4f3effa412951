"""The words of a dataset that are new to the base model, and pronunciation data made of them."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from training.enums import DatasetKind, Role
from training.forms.words import PronunciationsForm, WordSearchForm
from training.models import Dataset, User
from training.services import pronouncing
from training.views.addresses import numbers

_PAGE = 25
_WORDED = frozenset(DatasetKind) - {DatasetKind.AUDIO_FILES, DatasetKind.OUTPUT_FORMATTING}


def words_of(request: HttpRequest, row: Dataset) -> dict[str, Any]:
    """Context of the list; `check` in the address tells what is wrong with chosen words."""
    if row.kind not in _WORDED or row.new_word_count is None:
        return {"has_words": row.kind in _WORDED}
    text = _searched(request.GET)
    page = Paginator(pronouncing.narrowed(row, text), _PAGE).get_page(request.GET.get("page"))
    given, faults = pronouncing.given(row, page), _faults(request, row)
    told = {one.pk: fault for one, fault in faults}
    return {
        "has_words": True,
        "is_editable": row.kind != DatasetKind.PRONUNCIATION and _may_train(request),
        "words": page,
        "word_rows": [(one, given.get(one.word), told.get(one.pk, "")) for one in page],
        "word_faults": [(one, fault, one.position // _PAGE + 1) for one, fault in faults],
        "kept_words": row.new_words.count(),
        "chosen_count": row.new_words.filter(is_chosen=True).count(),
        "q": text,
        "words_form": PronunciationsForm(initial={"display_name": _default_name(row)}),
    }


def _may_train(request: HttpRequest) -> bool:
    role: Role = request.project_role  # type: ignore[attr-defined]
    return role.rank >= Role.TRAINER.rank


def _faults(request: HttpRequest, row: Dataset) -> list[Any]:
    return pronouncing.faults(row) if "check" in request.GET else []


def _searched(query: QueryDict) -> str:
    form = WordSearchForm(query)
    return form.cleaned_data["q"] if form.is_valid() else ""


def _default_name(row: Dataset) -> str:
    return (_("Pronunciations of %(name)s") % {"name": row})[:200]


@require_POST
def choose_words(request: HttpRequest, project_id: int, pk: int) -> HttpResponse:
    """Keep what stands in the list, then do what the button says."""
    rows = Dataset.objects.select_related("project")
    row = get_object_or_404(rows, project_id=project_id, pk=pk)
    _save(request, row)
    action, text = request.POST.get("action", ""), _searched(request.POST)
    if action == "make":
        return _make(request, row)
    if action in ("all", "none"):
        pronouncing.choose(row, text, action == "all")
    if action == "keep" and request.headers.get("HX-Request") == "true":
        count = row.new_words.filter(is_chosen=True).count()
        return render(request, "datasets/chosen.html", {"chosen_count": count, "swap": True})
    same = request.POST.get("shown_page", "") if text == request.POST.get("shown_q") else ""
    return redirect(_address(row, q=text, page=request.POST.get("page", same)))


def _save(request: HttpRequest, row: Dataset) -> None:
    shown = numbers(request.POST.getlist("shown"))
    chosen = set(numbers(request.POST.getlist("chosen")))
    spoken = {key: request.POST.get(f"spoken-{key}", "") for key in shown}
    pronouncing.save(row, shown, chosen, spoken)


def _make(request: HttpRequest, row: Dataset) -> HttpResponse:
    form = PronunciationsForm({"display_name": _default_name(row), **_given(request)})
    faults = pronouncing.faults(row)
    if faults:
        page = faults[0][0].position // _PAGE + 1
        return redirect(_address(row, page=str(page), check="1"))
    made = None
    if form.is_valid() and isinstance(request.user, User):
        made = pronouncing.make(row, user=request.user, **form.cleaned_data)
    if made is None:
        wrong = [str(text) for errors in form.errors.values() for text in errors]
        messages.error(request, " ".join(wrong) or _("Select at least one word."))
        return redirect(_address(row, page=request.POST.get("shown_page", "")))
    messages.success(request, _("%(name)s is being imported.") % {"name": made})
    return redirect(made)


def _given(request: HttpRequest) -> dict[str, str]:
    names = ("submission_key", "display_name")
    return {name: value for name in names if (value := request.POST.get(name, "").strip())}


def _address(row: Dataset, **query: str) -> str:
    given = urlencode({name: value for name, value in query.items() if value})
    page = reverse("dataset", args=[row.project_id, row.pk])
    place = "errors" if "check" in query else "words"
    return f"{page}?{given}#{place}" if given else f"{page}#{place}"
