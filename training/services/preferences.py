"""How a person wants lists shown."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from training.models import User


def of_grid(user: Any, grid: str) -> dict[str, Any]:
    """Columns and density of one list; empty when nothing was chosen."""
    kept = getattr(user, "preferences", {})
    found: dict[str, Any] = kept.get("grids", {}).get(grid, {})
    return found


@transaction.atomic
def keep_grid(user: User, grid: str, columns: Sequence[str], compact: bool) -> None:
    """Remember columns and density of one list."""
    row = User.objects.get(pk=user.pk)
    grids = row.preferences.get("grids", {})
    row.preferences["grids"] = {**grids, grid: {"columns": list(columns), "compact": compact}}
    row.save(update_fields=["preferences"])
