"""A speech resource: an address, a key, and what its polls found."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from training.models.encrypted import EncryptedTextField


class Resource(models.Model):
    """A Speech resource of the team, in Azure or on this server."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    address = models.URLField(
        _("address"),
        help_text=_("For example https://westeurope.api.cognitive.microsoft.com"),
    )
    key = EncryptedTextField(_("key"))
    api_version = models.CharField(_("API version"), max_length=20, default="3.2")
    is_local = models.BooleanField(default=False, editable=False)
    locales = models.JSONField(default=list, editable=False)

    poll_due_at = models.DateTimeField(null=True, editable=False)
    catalogue_due_at = models.DateTimeField(null=True, editable=False)
    claimed_until = models.DateTimeField(null=True, editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)
    failures = models.PositiveIntegerField(default=0, editable=False)
    trouble = models.TextField(default="", blank=True, editable=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
