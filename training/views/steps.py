"""What the pages of all wizards share: one address a step, saved while people type."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise

from training.forms.steps import StepForm
from training.services import drafts
from training.wizards import steps as places


@dataclass(frozen=True)
class Wizard:
    """One wizard: `address` names the URL of a step, `parent` the page that it was opened from.

    `folder` holds a template for each step; `steps` are those of one draft, the review last.
    """

    title: "str | Promise"
    address: str
    parent: str
    parent_title: "str | Promise"
    folder: str
    steps: Callable[[Any], list[Any]]
    forms: Mapping[str, type[StepForm]]


def form_step(
    request: HttpRequest, wizard: Wizard, draft: Any, step: TextChoices, more: dict[str, Any]
) -> HttpResponse:
    """Show or save a step; what is valid is kept, also when something else on it is not."""
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = wizard.forms[step](data, files, instance=draft)
    if request.method == "POST":
        _keep_valid(draft, form)
        drafts.visit(draft, step, request.user)
        if request.headers.get("HX-Request") == "true":
            return render(request, "wizard/saved.html", {"draft": draft})
        if form.is_valid():
            return redirect(
                wizard.address, draft.project_id, draft.pk, _next(request, wizard, draft, step)
            )
    template = f"{wizard.folder}/{step.value}.html"
    return step_page(request, wizard, template, draft, step, {"form": form, **more})


def step_page(
    request: HttpRequest,
    wizard: Wizard,
    template: str,
    draft: Any,
    step: TextChoices,
    more: dict[str, Any],
) -> HttpResponse:
    """A step inside the wizard's frame."""
    order = wizard.steps(draft)
    context = {
        "wizard": wizard,
        "project": draft.project,
        "part": wizard.parent,
        "draft": draft,
        "step": step,
        "number": order.index(step) + 1,
        "total": len(order),
        "rail": places.rail(order, draft.visited, step),
        "previous": places.before(order, step),
        "cancel": reverse(wizard.parent, args=[draft.project_id]),
        **more,
    }
    return render(request, template, context)


def _keep_valid(draft: Any, form: StepForm) -> None:
    form.is_valid()
    drafts.keep(draft, form.kept())
    form.keep_beside()


def _next(request: HttpRequest, wizard: Wizard, draft: Any, step: TextChoices) -> TextChoices:
    order = wizard.steps(draft)
    found: TextChoices = places.following(order, step)
    return order[-1] if request.GET.get("back") == order[-1] else found
