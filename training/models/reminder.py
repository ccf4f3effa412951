"""That the team was told of a deadline."""

from django.db import models
from django.utils import timezone

from training.models.deadline import Deadline
from training.models.event import Event


class Reminder(models.Model):
    """One stage of one last day, told once: days left, "expired", or the end of a snooze."""

    deadline = models.ForeignKey(Deadline, on_delete=models.CASCADE, related_name="reminders")
    for_date = models.DateField()
    stage = models.CharField(max_length=20)
    event = models.ForeignKey(Event, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["deadline", "for_date", "stage"], name="one_reminder_a_stage"
            )
        ]

    def __str__(self) -> str:
        return f"{self.deadline}: {self.stage}"
