"""The list under Speech datasets."""

from django.utils.translation import gettext_lazy as _

from training.display import texts
from training.grids import cells
from training.grids.base import Column, Grid
from training.grids.filters import DatasetFilter
from training.models import Dataset


def _kind(row: Dataset) -> str:
    return row.get_kind_display()


def _accepted(row: Dataset) -> str:
    return texts.count(row.accepted_line_count)


def _rejected(row: Dataset) -> str:
    return texts.count(row.rejected_line_count)


def _duration(row: Dataset) -> str:
    return texts.duration(row.duration)


def _words(row: Dataset) -> str:
    return texts.count(row.word_count)


def _vocabulary(row: Dataset) -> str:
    return texts.count(row.vocabulary_size)


def _new_words(row: Dataset) -> str:
    return texts.count(row.new_word_count)


def _file(row: Dataset) -> str:
    return row.file_name or row.content_url or texts.NOTHING


DATASETS = Grid(
    name="datasets",
    label=_("Speech datasets"),
    filters=DatasetFilter,
    empty="datasets/empty.html",
    columns=(
        Column("name", _("Name"), cells.name, "display_name"),
        Column("kind", _("Kind"), _kind, "kind"),
        Column("status", _("Status"), cells.status, "status"),
        Column("accepted", _("Accepted lines"), _accepted, "accepted_line_count", numeric=True),
        Column("rejected", _("Rejected lines"), _rejected, "rejected_line_count", numeric=True),
        Column("duration", _("Duration"), _duration, "duration", numeric=True, shown=False),
        Column("words", _("Words"), _words, "word_count", numeric=True, shown=False),
        Column(
            "vocabulary",
            _("Vocabulary size"),
            _vocabulary,
            "vocabulary_size",
            numeric=True,
            shown=False,
        ),
        Column(
            "new-words", _("New words"), _new_words, "new_word_count", numeric=True, shown=False
        ),
        Column("created", _("Created"), cells.created, "created_at"),
        Column("owner", _("Owner"), cells.owner, "created_by__username"),
        Column("file", _("File"), _file, "file_name", shown=False),
        Column("description", _("Description"), cells.description, shown=False),
    ),
)
