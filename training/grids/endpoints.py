"""The list under Deploy models."""

from django.utils.translation import gettext_lazy as _

from training.display import parts, texts
from training.grids import cells
from training.grids.base import Column, Grid
from training.grids.filters import RemoteFilter
from training.models import Endpoint


def _model(row: Endpoint) -> str:
    return str(row.model or texts.NOTHING)


def _expiration(row: Endpoint) -> str:
    return parts.deadline(row.model.transcription_expires_at) if row.model else texts.NOTHING


def _logging(row: Endpoint) -> str:
    return str(_("On") if row.logging_enabled else _("Off"))


ENDPOINTS = Grid(
    name="endpoints",
    label=_("Endpoints"),
    filters=RemoteFilter,
    empty="endpoints/empty.html",
    columns=(
        Column("name", _("Name"), cells.name, "display_name"),
        Column("status", _("Status"), cells.status, "status"),
        Column("model", _("Model"), _model),
        Column("expiration", _("Expiration"), _expiration),
        Column("logging", _("Content logging"), _logging, shown=False),
        Column("created", _("Created"), cells.created, "created_at"),
        Column("owner", _("Owner"), cells.owner, "created_by__username"),
        Column("description", _("Description"), cells.description),
    ),
)
