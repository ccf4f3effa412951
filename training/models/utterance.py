"""What two models heard in one clip of a test."""

from django.db import models

from training.models.evaluation import Evaluation


class Utterance(models.Model):
    """One clip: its reference, both texts, and how each differs from the reference.

    `operations1` and `operations2` are lists of [kind, reference word, heard word], the kinds
    being equal, substitute, insert and delete.
    """

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="utterances")
    position = models.PositiveIntegerField()
    file = models.CharField(max_length=300)
    reference = models.TextField()
    text1 = models.TextField(blank=True)
    text2 = models.TextField(blank=True)
    operations1 = models.JSONField(default=list)
    operations2 = models.JSONField(default=list)
    substitutions1 = models.PositiveIntegerField(default=0)
    deletions1 = models.PositiveIntegerField(default=0)
    insertions1 = models.PositiveIntegerField(default=0)
    substitutions2 = models.PositiveIntegerField(default=0)
    deletions2 = models.PositiveIntegerField(default=0)
    insertions2 = models.PositiveIntegerField(default=0)
    errors1 = models.PositiveIntegerField(default=0)
    errors2 = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        indexes = [
            models.Index(fields=["evaluation", "-errors1", "position"]),
            models.Index(fields=["evaluation", "-errors2", "position"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "position"], name="one_utterance_a_position"
            )
        ]

    def __str__(self) -> str:
        return self.file

    @property
    def word_count(self) -> int:
        """Words of the reference."""
        return sum(1 for one in self.operations1 if one[0] != "insert")
