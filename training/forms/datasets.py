"""Uploading data."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from training.enums import DatasetKind
from training.forms.submission import OnceForm, description_field, needed_later
from training.models import Project

_ENDINGS = {
    DatasetKind.LANGUAGE: (".txt",),
    DatasetKind.LANGUAGE_MARKDOWN: (".md",),
    DatasetKind.PRONUNCIATION: (".txt", ".tsv"),
    DatasetKind.ACOUSTIC: (".zip",),
    DatasetKind.AUDIO_FILES: (".zip",),
    DatasetKind.OUTPUT_FORMATTING: (".md", ".txt"),
}


class DatasetForm(OnceForm):
    """A file from disk or a URL, with its kind and name."""

    kind = forms.ChoiceField(label=_("Kind of data"), choices=DatasetKind.choices)
    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_(
            "Text: UTF-8, one sentence a line. Audio: a zip of 16 kHz mono WAV files with a "
            "transcript. At most 2 GB."
        ),
    )
    content_url = forms.URLField(
        label=_("Or a URL"),
        required=False,
        assume_scheme="https",
        help_text=_("The service fetches it; it must answer without signing in."),
    )
    display_name = forms.CharField(label=_("Name"), max_length=200)
    description = description_field()

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["kind"].choices = _kinds(project)
        for name in ("file", "content_url"):
            needed_later(fields[name])

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        file, url = values.get("file"), values.get("content_url")
        if (
            "file" not in self.errors
            and "content_url" not in self.errors
            and bool(file) == bool(url)
        ):
            self.add_error("file", _("Choose a file, or enter a URL (one of the two)."))
        if file:
            self._check_file(file, values.get("kind", ""))
        return values

    def _check_file(self, file: Any, kind: str) -> None:
        endings = _ENDINGS.get(DatasetKind(kind), ()) if kind else ()
        if file.size > settings.LARGEST_UPLOAD:
            self.add_error("file", _("The file is larger than 2 GB; split it."))
        elif endings and not file.name.lower().endswith(endings):
            self.add_error(
                "file",
                _("A file of this kind ends with %(endings)s.") % {"endings": " or ".join(endings)},
            )


def _kinds(project: Project) -> list[tuple[str, Any]]:
    """What the locale's base models take, and what tests take; everything while that is unknown."""
    taken = {kind for base in project.base_models for kind in base.adaptation_kinds}
    known = taken | {DatasetKind.ACOUSTIC} if taken else set(DatasetKind)
    return [(kind.value, kind.label) for kind in DatasetKind if kind in known]
