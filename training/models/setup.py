"""The mark that the first administrator exists."""

from django.conf import settings
from django.db import models


class Setup(models.Model):
    """At most one row: its fixed primary key lets one of two racing requests win."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    administrator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    done_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"Set up by {self.administrator}"
