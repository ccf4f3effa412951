"""What lists can be narrowed by; the words stand in the address."""

from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from training.enums import FINAL, DatasetKind, Status, Submission, TestingKind

_STATES = (
    ("succeeded", _("Succeeded")),
    ("failed", _("Failed")),
    ("unfinished", _("Under way")),
)


def _in_state(rows: "QuerySet[Any]", _name: str, state: str) -> "QuerySet[Any]":
    failed = Q(status=Status.FAILED) | Q(submission=Submission.REFUSED)
    match state:
        case "succeeded":
            return rows.filter(status=Status.SUCCEEDED)
        case "failed":
            return rows.filter(failed)
    return rows.exclude(failed).exclude(status__in=FINAL)


class NamedFilter(django_filters.FilterSet):
    """By words of the name, which stands in the column `searched`."""

    searched: ClassVar[str] = "display_name"

    q = django_filters.CharFilter(
        method="search",
        label=_("Search"),
        widget=forms.TextInput(
            attrs={"type": "search", "placeholder": _("Search by name"), "autocomplete": "off"}
        ),
    )

    def search(self, rows: "QuerySet[Any]", _name: str, text: str) -> "QuerySet[Any]":
        """Each word must stand in the name; an index holds the names of a project."""
        for word in text.split()[:8]:
            rows = rows.filter(**{f"{self.searched}__icontains": word})
        return rows


class RemoteFilter(NamedFilter):
    """By words of the name, state, and who made it."""

    state = django_filters.ChoiceFilter(
        choices=_STATES, method=_in_state, label=_("Status"), empty_label=_("Any status")
    )
    owner = django_filters.ChoiceFilter(
        choices=(("me", _("Mine")),),
        method="of_owner",
        label=_("Owner"),
        empty_label=_("Anyone's"),
    )

    def of_owner(self, rows: "QuerySet[Any]", _name: str, _who: str) -> "QuerySet[Any]":
        """Rows that this person made."""
        return rows.filter(created_by=getattr(self.request, "user", None))


class DatasetFilter(RemoteFilter):
    """Also by kind."""

    kind = django_filters.ChoiceFilter(
        choices=DatasetKind.choices, label=_("Kind"), empty_label=_("Any kind")
    )


class EvaluationFilter(RemoteFilter):
    """Also by what the test is for."""

    kind = django_filters.ChoiceFilter(
        field_name="testing_kind",
        choices=TestingKind.choices,
        label=_("Kind"),
        empty_label=_("Any kind"),
    )
