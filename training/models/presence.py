"""Who has a draft open."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from training.models.draft import TrainingDraft


class DraftPresence(models.Model):
    """When a person was last seen in a draft."""

    draft = models.ForeignKey(TrainingDraft, on_delete=models.CASCADE, related_name="presences")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draft", "person"], name="one_presence_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.person} in {self.draft}"
