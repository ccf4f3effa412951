"""The list under Train custom models."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from training.display import parts, texts
from training.grids import cells
from training.grids.base import Column, Grid
from training.grids.filters import RemoteFilter
from training.models import CustomModel


def _base_model(row: Any) -> SafeString | str:
    """Its name, and whether a newer one can be adapted."""
    base = row.base_model
    if base is None or not base.remote_created_at or not row.newest_release:
        return str(base or texts.NOTHING)
    if row.newest_release <= base.remote_created_at:
        return str(base)
    return format_html('{} <span class="muted">{}</span>', base, _t("newer available"))


def _adaptation(row: CustomModel) -> str:
    return parts.deadline(row.base_model.adaptation_expires_at) if row.base_model else texts.NOTHING


def _word_error_rate(row: Any) -> str:
    """The latest test: its rate as a link, and the second model's rate beside it."""
    if not row.done_tests:
        return texts.NOTHING
    test = row.done_tests[0]
    rates = [texts.percent(test.figures(n).get("word_error_rate")) for n in (1, 2)]
    link = format_html(
        '<a id="wer-link-{}" href="{}">{}</a>', row.pk, test.get_absolute_url(), rates[0]
    )
    if test.has_one_model:
        return link
    return format_html('{} <span class="muted">{}: {}</span>', link, test.model2, rates[1])


def _expiration(row: CustomModel) -> str:
    return texts.NOTHING if row.has_failed else parts.deadline(row.transcription_expires_at)


def _weight(row: CustomModel) -> str:
    return f"{row.weight_percent}%" if row.weight_percent else texts.NOTHING


MODELS = Grid(
    name="models",
    label=_("Custom models"),
    filters=RemoteFilter,
    empty="models/empty.html",
    columns=(
        Column("name", _("Name"), cells.name, "display_name"),
        Column("status", _("Status"), cells.status, "status"),
        Column("base", _("Baseline model"), _base_model, "base_model__display_name"),
        Column("wer", _("Word error rate"), _word_error_rate),
        Column("expiration", _("Expiration"), _expiration, "transcription_expires_at"),
        Column(
            "adaptation",
            _("Baseline expires for adaptation"),
            _adaptation,
            "base_model__adaptation_expires_at",
            shown=False,
        ),
        Column("weight", _("Weight"), _weight, "weight_percent", numeric=True, shown=False),
        Column("created", _("Created"), cells.created, "created_at"),
        Column("action", _("Last action"), cells.last_action, "last_action_at", shown=False),
        Column("owner", _("Owner"), cells.owner, "created_by__username"),
        Column("description", _("Description"), cells.description, shown=False),
    ),
)
