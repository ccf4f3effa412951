"""The wizard "Upload data": its steps, and the strict review."""

from collections.abc import Iterator

from django.conf import settings
from django.db.models import Sum
from django.db.models.functions import Coalesce
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from training.enums import ENDINGS, DatasetKind, UploadStep
from training.models import Dataset, UploadDraft
from training.wizards.steps import Line, Problem


def steps(_draft: UploadDraft) -> list[UploadStep]:
    """The same for every draft."""
    return list(UploadStep)


def file_fault(kind: str, name: str, size: int) -> str:
    """Why a file cannot be data of a kind; "" when it can, as far as its name and size tell."""
    endings = ENDINGS.get(kind, ())
    if endings and not name.lower().endswith(endings):
        return _("%(name)s: a file of this kind ends with %(endings)s.") % {
            "name": name,
            "endings": _(" or ").join(endings),
        }
    if size <= 0:
        return _("%(name)s is empty.") % {"name": name}
    if size > settings.LARGEST_UPLOAD:
        return _("%(name)s is larger than 2 GB; split it.") % {"name": name}
    return ""


def review(draft: UploadDraft) -> list[Problem]:
    """Everything that stands between the draft and its datasets."""
    return [*_kind_problems(draft), *_file_problems(draft), *_name_problems(draft)]


def lines(draft: UploadDraft) -> list[Line]:
    """The review: what was chosen at each step, in words."""
    nothing = _("Not provided")
    found = [Line(UploadStep.KIND, _("Kind of data"), draft.get_kind_display() or nothing)]
    if draft.content_url:
        found.append(Line(UploadStep.FILES, _("URL"), draft.content_url))
        found.append(Line(UploadStep.NAME, _("Name"), draft.address_name or nothing))
    for one in draft.uploads.all():
        text = f"{one.file_name} ({filesizeformat(one.size)})"
        found.append(Line(UploadStep.FILES, _("File"), text))
        found.append(Line(UploadStep.NAME, _("Name"), one.display_name or nothing))
    return [*found, Line(UploadStep.NAME, _("Description"), draft.description or nothing)]


def warnings(draft: UploadDraft) -> list[str]:
    """What is allowed but worth a second thought."""
    names = [one.display_name for one in draft.uploads.all()] + [draft.address_name]
    taken = Dataset.objects.filter(project=draft.project, display_name__in=filter(None, names))
    same = sorted(set(taken.values_list("display_name", flat=True)))
    if not same:
        return []
    text = ngettext(
        "A dataset of this name exists already: %(names)s.",
        "Datasets of these names exist already: %(names)s.",
        len(same),
    )
    return [text % {"names": ", ".join(same)}]


def _kind_problems(draft: UploadDraft) -> Iterator[Problem]:
    if draft.kind not in DatasetKind.values:
        yield Problem(UploadStep.KIND, "kind", _("Select the kind of data."))


def _file_problems(draft: UploadDraft) -> Iterator[Problem]:
    uploads = list(draft.uploads.annotate(here=Coalesce(Sum("blocks__size"), 0)))
    if not uploads and not draft.content_url:
        message = _("Choose at least one file, or enter a URL.")
        yield Problem(UploadStep.FILES, "file", message)
    for one in uploads:
        fault = file_fault(draft.kind, one.file_name, one.size)
        if not fault and not one.is_whole:
            fault = _("%(name)s has not arrived whole; choose it again, and it goes on.") % {
                "name": one.file_name
            }
        if fault:
            yield Problem(UploadStep.FILES, "file", fault)


def _name_problems(draft: UploadDraft) -> Iterator[Problem]:
    for one in draft.uploads.all():
        if not one.display_name.strip():
            message = _("Enter a name for %(file)s.") % {"file": one.file_name}
            yield Problem(UploadStep.NAME, f"name_{one.pk}", message)
    if draft.content_url and not draft.address_name.strip():
        yield Problem(UploadStep.NAME, "address_name", _("Enter a name."))
