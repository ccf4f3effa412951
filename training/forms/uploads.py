"""One form a step of "Upload data"."""

import uuid
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from training.enums import ENDINGS, DatasetKind, UploadStep
from training.forms.steps import StepForm
from training.models import Project, UploadDraft
from training.services import uploads

_HINTS: dict[str, Any] = {
    DatasetKind.LANGUAGE: _("Sentences as people say them in your domain, one a line."),
    DatasetKind.LANGUAGE_MARKDOWN: _(
        "Sentence patterns with lists of what can stand in them, and sounds of words, in Markdown."
    ),
    DatasetKind.PRONUNCIATION: _("How unusual words are spoken: the word, a tab, and its sounds."),
    DatasetKind.ACOUSTIC: _(
        "WAV files and one transcript: each line a file name, a tab and the text. For training "
        "and for tests of accuracy."
    ),
    DatasetKind.AUDIO_FILES: _("WAV files without transcripts, to inspect what models hear."),
    DatasetKind.OUTPUT_FORMATTING: _("Rules for how numbers, names and the like are written."),
}


@dataclass(frozen=True)
class Kind:
    """One kind of data as the first step offers it."""

    value: str
    label: "str | Promise"
    hint: "str | Promise"
    endings: str


class KindForm(StepForm):
    """Which kind of data."""

    submission_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    class Meta:
        model = UploadDraft
        fields = ["kind"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = _known_kinds(self.instance.project)
        field: Any = self.fields["kind"]
        field.choices = [(kind.value, kind.label) for kind in known]
        field.required = True
        field.error_messages["required"] = _("Select the kind of data.")
        self.offered = [
            Kind(kind.value, kind.label, _HINTS[kind], ", ".join(ENDINGS[kind])) for kind in known
        ]


def _known_kinds(project: Project) -> list[DatasetKind]:
    """What the locale's base models take, and what tests take; all while that is unknown."""
    taken = {kind for base in project.base_models for kind in base.adaptation_kinds}
    known = taken | {DatasetKind.ACOUSTIC, DatasetKind.AUDIO_FILES} if taken else set(DatasetKind)
    return [kind for kind in DatasetKind if kind in known]


class ManyFiles(forms.ClearableFileInput):
    """A file field that takes several files."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class ManyFilesField(forms.FileField):
    """The clean value is a list of files."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> Any:
        return [super(ManyFilesField, self).clean(one, initial) for one in data or [] if one]


class FilesForm(StepForm):
    """Files from disk, or an address. With scripts the files come by themselves, in blocks."""

    file = ManyFilesField(label=_("Files"), required=False)
    content_url = forms.URLField(
        label=_("Or a URL"),
        required=False,
        assume_scheme="https",
        max_length=2000,
        help_text=_("The service fetches it; it must answer without signing in."),
    )

    class Meta:
        model = UploadDraft
        fields = ["content_url"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ",".join(ENDINGS.get(self.instance.kind, ()))

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        self._take(values.get("file") or [])
        if self.errors:
            return values
        has_files, url = self.instance.uploads.exists(), values.get("content_url")
        if has_files and url:
            self.add_error("content_url", _("Remove the files, or leave the URL empty."))
        elif not has_files and not url and "file" not in self.errors:
            self.add_error("file", _("Choose at least one file, or enter a URL."))
        return values

    def _take(self, files: list[Any]) -> None:
        """Keep what came, whatever else is wrong: nobody sends two gigabytes twice."""
        for file in files:
            try:
                uploads.take(self.instance, file.name, file.size, file)
            except uploads.Refusal as refusal:
                self.add_error("file", str(refusal))


class NamesForm(StepForm):
    """A name for each dataset, and what they are about."""

    class Meta:
        model = UploadDraft
        fields = ["address_name", "description"]
        widgets = {"description": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.uploads = list(self.instance.uploads.all())
        if not self.instance.content_url:
            del self.fields["address_name"]
        for upload in self.uploads:
            label = str(_("Name of %(file)s") % {"file": upload.file_name})
            if len(self.uploads) == 1:
                label = str(_("Name"))
            field = forms.CharField(label=label, max_length=200, initial=upload.display_name)
            self.fields[f"name_{upload.pk}"] = field
        self.order_fields([name for name in self.fields if name != "description"])
        if "address_name" in self.fields:
            self.fields["address_name"].required = True

    def keep_beside(self) -> None:
        names = {one.pk: self.cleaned_data.get(f"name_{one.pk}") for one in self.uploads}
        uploads.rename(self.instance, {pk: name for pk, name in names.items() if name})


FORMS: dict[str, type[StepForm]] = {
    UploadStep.KIND: KindForm,
    UploadStep.FILES: FilesForm,
    UploadStep.NAME: NamesForm,
}
