"""A speech resource: an address, a key, and what its polls found."""

from typing import ClassVar, Self
from urllib.parse import urlsplit

from django.db import models
from django.utils.translation import gettext_lazy as _

from training.models.audited import AuditedManager
from training.models.encrypted import EncryptedTextField

_REGIONAL = ("api.cognitive.microsoft.", "api.cognitive.azure.")


class Resource(models.Model):
    """A Speech resource of the team, in Azure or on this server.

    `service_id` is the whole ID by which the service knows it, which copies from it must name.
    """

    name = models.CharField(_("name"), max_length=100, unique=True)
    address = models.URLField(
        _("address"),
        help_text=_("For example https://westeurope.api.cognitive.microsoft.com"),
    )
    key = EncryptedTextField(_("key"))
    api_version = models.CharField(_("API version"), max_length=20, default="3.2")
    service_id = models.CharField(_("resource ID"), max_length=400, default="", blank=True)
    is_local = models.BooleanField(default=False, editable=False)
    locales = models.JSONField(default=list, editable=False)

    poll_due_at = models.DateTimeField(null=True, editable=False)
    catalogue_due_at = models.DateTimeField(null=True, editable=False)
    look_due_at = models.DateTimeField(null=True, editable=False)
    looked_at = models.DateTimeField(null=True, editable=False)
    claimed_until = models.DateTimeField(null=True, editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)
    failures = models.PositiveIntegerField(default=0, editable=False)
    trouble = models.TextField(default="", blank=True, editable=False)

    objects: ClassVar[AuditedManager[Self]] = AuditedManager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def region(self) -> str:
        """The region that its address names; "" for an address of its own."""
        host = (urlsplit(self.address).hostname or "").lower()
        first, _dot, rest = host.partition(".")
        return first if rest.startswith(_REGIONAL) else ""
