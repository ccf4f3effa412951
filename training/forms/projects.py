"""Creating a project."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from training.enums import Role
from training.forms.submission import OnceForm, description_field, needed_later
from training.models import Resource
from training.models.project import OPEN_TO


class ProjectForm(OnceForm):
    """Name, description, resource and locale; the resource decides which locales exist."""

    display_name = forms.CharField(
        label=_("Name"), max_length=200, help_text=_("For example the product or the team.")
    )
    description = description_field()
    resource = forms.ModelChoiceField(
        Resource.objects.all(),
        label=_("Resource"),
        empty_label=None,
        help_text=_("Where the models are trained. It cannot be changed later."),
    )
    locale = forms.ChoiceField(
        label=_("Locale"), help_text=_("The language of the project. It cannot be changed later.")
    )

    open_to = forms.ChoiceField(
        label=_("Everybody else"),
        required=False,
        choices=OPEN_TO,
        initial=Role.TRAINER,
        help_text=_("You own the project, and can name people in it later."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        needed_later(self.fields["open_to"])
        known = {
            code for found in Resource.objects.values_list("locales", flat=True) for code in found
        }
        self.fields["locale"].choices = [(code, code) for code in sorted(known or {"en-US"})]  # type: ignore[attr-defined]
        self.fields["locale"].initial = "en-US"

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        resource, locale = values.get("resource"), values.get("locale")
        if resource and resource.locales and locale not in resource.locales:
            self.add_error(
                "locale",
                _("%(resource)s does not offer this locale.") % {"resource": resource},
            )
        return values
