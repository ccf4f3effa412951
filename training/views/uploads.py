"""Upload data: the wizard's pages, and the files that arrive beside them in blocks."""

import errno
import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from studio.bodies import BodyTooLarge, spooled
from training.display import commands
from training.enums import UploadStep
from training.forms.uploads import FORMS, KindForm
from training.models import Upload, UploadDraft, User
from training.services import drafts
from training.services import uploads as kept
from training.views.addresses import number
from training.views.found import project_or_404
from training.views.steps import Wizard, form_step, step_page
from training.wizards import uploading
from training.wizards.steps import NotReady, resume

_MOST_DIGITS = 10**15

WIZARD = Wizard(
    title=gettext_lazy("Upload data"),
    address="upload",
    parent="datasets",
    parent_title=gettext_lazy("Speech datasets"),
    folder="uploads",
    steps=uploading.steps,
    forms=FORMS,
)


@require_http_methods(["GET", "POST"])
def new_dataset(request: HttpRequest, project_id: int) -> HttpResponse:
    """The first step; the draft begins when it is answered."""
    project = project_or_404(project_id)
    training = project.drafts.filter(pk=number(request.GET.get("draft")), submitted_at=None).first()
    draft = UploadDraft(project=project, training_draft=training)
    form = KindForm(request.POST if request.method == "POST" else None, instance=draft)
    if request.method == "POST" and form.is_valid() and isinstance(request.user, User):
        kind, key = form.cleaned_data["kind"], form.cleaned_data["submission_key"]
        draft = kept.start(project, request.user, kind, key, training)
        return redirect("upload", project.pk, draft.pk, UploadStep.FILES)
    more = {"form": form, **_surroundings(draft)}
    return step_page(request, WIZARD, "uploads/kind.html", draft, UploadStep.KIND, more)


@require_http_methods(["GET", "POST"])
def upload_step(request: HttpRequest, project_id: int, pk: int, step: str) -> HttpResponse:
    """Show or save one step. A draft that was submitted leads to the datasets."""
    draft = _draft(project_id, pk)
    if draft.submitted_at is not None:
        return redirect("datasets", project_id)
    if step not in UploadStep.values:
        raise Http404
    if step == UploadStep.REVIEW:
        return _review(request, draft)
    more = {"files": kept.files_of(draft), **_surroundings(draft)}
    return form_step(request, WIZARD, draft, UploadStep(step), more)


@require_GET
def resume_upload(request: HttpRequest, project_id: int, pk: int) -> HttpResponse:
    """Open a draft where it was left."""
    draft = _draft(project_id, pk)
    step = resume(uploading.steps(draft), draft.visited)
    if any(not one.is_whole for one in draft.uploads.all()):
        step = UploadStep.FILES
    return redirect("upload", project_id, pk, step)


@require_POST
def discard_upload(request: HttpRequest, project_id: int, pk: int) -> HttpResponse:
    """Throw a draft away with its files."""
    kept.discard(_draft(project_id, pk))
    messages.success(request, _("The draft was discarded."))
    return redirect("datasets", project_id)


@require_POST
def add_file(request: HttpRequest, project_id: int, pk: int) -> JsonResponse:
    """Announce a file as JSON: name, size, modified. The answer says which blocks are here."""
    draft = _open_draft(project_id, pk)
    try:
        asked = json.loads(request.body)
        name, size, modified = str(asked["name"]), int(asked["size"]), int(asked["modified"])
        if "\0" in name or max(abs(size), abs(modified)) >= _MOST_DIGITS:
            raise ValueError
    except (ValueError, KeyError, TypeError, OverflowError):
        return _refused(_("The request names no file."), 400)
    try:
        upload = kept.add(draft, name[-255:], size, modified)
    except kept.Refusal as refusal:
        return _refused(str(refusal), 422)
    address = [project_id, pk, upload.key]
    return JsonResponse(
        {
            "key": str(upload.key),
            "remove": reverse("remove_file", args=address),
            "blocks": reverse("put_block", args=[*address, 0]).removesuffix("0/"),
            "blockSize": kept.BLOCK_SIZE,
            "there": list(upload.blocks.values_list("number", flat=True)),
        }
    )


@require_http_methods(["PUT"])
def put_block(
    request: HttpRequest, project_id: int, pk: int, key: UUID, block: int
) -> HttpResponse:
    """Keep one block of a file; safe to repeat."""
    upload = _upload(_open_draft(project_id, pk), key)
    try:
        with spooled(request, kept.BLOCK_SIZE) as content:
            kept.put(upload, block, content)
    except BodyTooLarge:
        return _refused(_("The block is too large; reload the page."), 413)
    except kept.Refusal as refusal:
        return _refused(str(refusal), 422)
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        return _refused(_("This server's disk is full; tell your administrator."), 507)
    return HttpResponse(status=204)


@require_POST
def remove_file(request: HttpRequest, project_id: int, pk: int, key: UUID) -> HttpResponse:
    """Take a file out of the draft."""
    draft = _open_draft(project_id, pk)
    upload = draft.uploads.filter(key=key).first()
    if upload is not None:
        kept.remove(upload)
    return redirect("upload", project_id, pk, UploadStep.FILES)


def _review(request: HttpRequest, draft: UploadDraft) -> HttpResponse:
    problems = uploading.review(draft)
    if request.method == "POST" and isinstance(request.user, User):
        try:
            made = kept.submit(draft, request.user)
        except NotReady as error:
            problems = list(error.problems)
        else:
            return _submitted(request, draft, made)
    drafts.visit(draft, UploadStep.REVIEW, request.user)
    context = {
        "problems": problems,
        "warnings": uploading.warnings(draft),
        "lines": uploading.lines(draft),
        "commands": [] if problems else commands.uploading(draft),
        **_surroundings(draft),
    }
    return step_page(request, WIZARD, "uploads/review.html", draft, UploadStep.REVIEW, context)


def _submitted(request: HttpRequest, draft: UploadDraft, made: list[Any]) -> HttpResponse:
    text = ngettext("%(name)s is being imported.", "%(n)d datasets are being imported.", len(made))
    messages.success(request, text % {"name": made[0] if made else "", "n": len(made)})
    return redirect(
        _surroundings(draft).get("cancel") or reverse("datasets", args=[draft.project_id])
    )


def _surroundings(draft: UploadDraft) -> dict[str, Any]:
    """Back to the training that the data was asked for, where there is one."""
    training = draft.training_draft
    if training is None or training.submitted_at is not None:
        return {}
    return {"cancel": reverse("wizard", args=[draft.project_id, training.pk, "data"])}


def _refused(text: str, status: int) -> JsonResponse:
    return JsonResponse({"message": text}, status=status)


def _draft(project_id: int, pk: int) -> UploadDraft:
    rows = UploadDraft.objects.select_related("project__resource", "training_draft")
    return get_object_or_404(rows, pk=pk, project_id=project_id)


def _open_draft(project_id: int, pk: int) -> UploadDraft:
    return get_object_or_404(UploadDraft, pk=pk, project_id=project_id, submitted_at=None)


def _upload(draft: UploadDraft, key: UUID) -> Upload:
    return get_object_or_404(draft.uploads, key=key)
