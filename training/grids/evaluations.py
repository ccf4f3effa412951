"""The list under Test models."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from training.display import texts
from training.grids import cells
from training.grids.base import Column, Grid
from training.grids.filters import EvaluationFilter
from training.models import Evaluation


def _dataset(row: Evaluation) -> str:
    return str(row.dataset)


def _model1(row: Evaluation) -> str:
    return str(row.model1)


def _model2(row: Evaluation) -> str:
    return texts.NOTHING if row.has_one_model else str(row.model2)


def _rate1(row: Evaluation) -> str:
    return texts.percent(row.figures(1).get("word_error_rate"))


def _rate2(row: Evaluation) -> str:
    figures = {} if row.has_one_model else row.figures(2)
    return texts.percent(figures.get("word_error_rate"))


def _kind(row: Evaluation) -> str:
    return gettext("Inspection") if row.is_inspection else gettext("Accuracy")


EVALUATIONS = Grid(
    name="tests",
    label=_("Tests"),
    filters=EvaluationFilter,
    empty="tests/empty.html",
    columns=(
        Column("name", _("Name"), cells.name, "display_name"),
        Column("status", _("Status"), cells.status, "status"),
        Column("kind", _("Kind"), _kind, "testing_kind"),
        Column("dataset", _("Dataset"), _dataset, "dataset__display_name"),
        Column("model1", _("Model 1"), _model1),
        Column("wer1", _("Word error rate 1"), _rate1, "results1__word_error_rate", numeric=True),
        Column("model2", _("Model 2"), _model2),
        Column("wer2", _("Word error rate 2"), _rate2, "results2__word_error_rate", numeric=True),
        Column("created", _("Created"), cells.created, "created_at"),
        Column("owner", _("Owner"), cells.owner, "created_by__username", shown=False),
        Column("description", _("Description"), cells.description, shown=False),
    ),
)
