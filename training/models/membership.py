"""Who works in a project, and as what."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from training.enums import Role
from training.models.audited import AuditedManager
from training.models.project import Project


class Membership(models.Model):
    """A person named in a project; there it counts before the account's own role."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=10, choices=Role)

    objects: ClassVar[AuditedManager[Self]] = AuditedManager()

    class Meta:
        ordering = ["person__username"]
        constraints = [
            models.UniqueConstraint(fields=["project", "person"], name="one_role_in_a_project")
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()}"
