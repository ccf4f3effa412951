"""How a deadline stands, in words with an icon."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from training.display.parts import icon
from training.models import Deadline
from training.services.deadlines import standing

_WORDS: dict[str, tuple[Any, str, str]] = {
    "later": (_("In time"), "neutral", "calendar"),
    "90": (_("Within 90 days"), "info", "clock"),
    "30": (_("Within 30 days"), "warning", "warning"),
    "expired": (_("Expired"), "danger", "error"),
    "replaced": (_("Replaced"), "success", "check"),
    "handled": (_("Handled"), "success", "check"),
    "snoozed": (_("Snoozed"), "neutral", "bell"),
}


def badge(row: Any) -> SafeString:
    """The standing of a row of `deadlines.listed`, and who decided it."""
    found = standing(row)
    label, tone, name = _WORDS[found]
    who = row.decided_by if found in {"handled", "snoozed"} else None
    until = row.snoozed_until if found == "snoozed" else None
    more = ", ".join(str(one) for one in (until, who, _planned(row, found)) if one)
    return format_html(
        '<span class="badge {}">{}{}</span>{}',
        tone,
        icon(name),
        label,
        format_html(' <span class="muted nowrap">{}</span>', more) if more else "",
    )


def _planned(row: Any, found: str) -> str:
    """That a plan renews the model in time."""
    model = row.custom_model or (row.endpoint and row.endpoint.custom_model)
    plan = getattr(model, "plan", None)
    is_ahead = found in {"later", "90", "30"}
    return _t("renewal planned") if is_ahead and plan is not None and plan.is_active else ""


def word(row: Any) -> str:
    """The standing in words alone."""
    return str(_WORDS[standing(row)][0])


def use(row: Any) -> str:
    """How many endpoints answer with it, or how many models were trained from it."""
    if row.kind == Deadline.Kind.ADAPTATION:
        text = ngettext("%(n)d model", "%(n)d models", row.use_count)
    else:
        text = ngettext("%(n)d endpoint", "%(n)d endpoints", row.use_count)
    return text % {"n": row.use_count}
