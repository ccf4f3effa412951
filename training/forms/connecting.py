"""Which project objects are connected with."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from training.enums import Role
from training.models import FoundObject, Project, User
from training.permissions import projects_of
from training.services.connecting import projects_for


class ConnectForm(forms.Form):
    """A project of the objects' resource and locale; none is asked for where none is needed."""

    project = forms.ModelChoiceField(
        Project.objects.none(),
        label=_("Project"),
        help_text=_("A project of the same resource and locale."),
    )

    def __init__(self, *args: Any, rows: Sequence[FoundObject], user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if all(row.kind == FoundObject.Kind.PROJECT for row in rows):
            del self.fields["project"]
            return
        field: Any = self.fields["project"]
        mine = projects_of(user, Role.TRAINER).filter(archived_at=None)
        field.queryset = projects_for(rows).filter(pk__in=mine)
        field.initial = field.queryset.first()
