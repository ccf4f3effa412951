"""What people say of deadlines."""

from django import forms
from django.utils.translation import gettext_lazy as _

_DAYS = ((7, _("For a week")), (30, _("For 30 days")), (90, _("For 90 days")))


class DecisionForm(forms.Form):
    """Handled, snoozed for some days, or reopened."""

    action = forms.ChoiceField(
        choices=(("handle", _("Handled")), ("snooze", _("Snooze")), ("reopen", _("Reopen"))),
        widget=forms.HiddenInput,
    )
    days = forms.ChoiceField(label=_("Snooze"), choices=_DAYS, required=False)
