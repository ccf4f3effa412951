"""What a person wants: how lists look, which mail comes, and that older sessions end."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from training.models import User

DEADLINE_MAIL = (
    ("at_once", _("At once")),
    ("daily", _("Once a day")),
    ("weekly", _("Once a week, on Mondays")),
    ("off", _("Never")),
)
RESULT_MAIL = (
    ("mine", _("Of what I started")),
    ("all", _("Of everything")),
    ("off", _("Never")),
)


@dataclass(frozen=True)
class Mail:
    """Which mail a person wants; the defaults miss no deadline."""

    deadlines: str = "at_once"
    results: str = "mine"


def mail(user: User) -> Mail:
    """What this person chose, or the defaults."""
    kept = user.preferences.get("mail", {})
    known = {name: kept[name] for name in ("deadlines", "results") if name in kept}
    return Mail(**known)


def keep_mail(user: User, wishes: Mail) -> None:
    """Remember which mail a person wants."""
    _keep(user, {"mail": asdict(wishes)})


def of_grid(user: Any, grid: str) -> dict[str, Any]:
    """Columns and density of one list; empty when nothing was chosen."""
    kept = getattr(user, "preferences", {})
    found: dict[str, Any] = kept.get("grids", {}).get(grid, {})
    return found


@transaction.atomic
def keep_grid(user: User, name: str, columns: Sequence[str], compact: bool) -> None:
    """Remember columns and density of one list."""
    grids = User.objects.select_for_update().get(pk=user.pk).preferences.get("grids", {})
    _keep(user, {"grids": {**grids, name: {"columns": list(columns), "compact": compact}}})


def end_sessions(user: User) -> None:
    """Sign a person out in every browser."""
    _keep(user, {"sessions_ended": time.time()})


def ended(user: Any) -> float:
    """Sessions that began before that moment have ended, in seconds since 1970."""
    found: float = getattr(user, "preferences", {}).get("sessions_ended", 0.0)
    return found


@transaction.atomic
def _keep(user: User, changes: Mapping[str, Any]) -> None:
    row = User.objects.select_for_update().get(pk=user.pk)
    row.preferences = {**row.preferences, **changes}
    row.save(update_fields=["preferences"])
