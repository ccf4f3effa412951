"""By what datasets are recognised, and what two of a project have in common."""

from django.db import models

from training.models.dataset import Dataset


class Fingerprint(models.Model):
    """Of our copy of a dataset's file: its digest, and sorted marks of clips and sentences.

    A mark is 64 bits, little-endian; see `training/validation/contents.py`. What stands twice in
    the file has two marks.
    """

    dataset = models.OneToOneField(Dataset, on_delete=models.CASCADE, related_name="fingerprint")
    file_digest = models.CharField(max_length=64)
    clips = models.BinaryField()
    sentences = models.BinaryField()

    def __str__(self) -> str:
        return str(self.dataset)


class Overlap(models.Model):
    """How many clips and sentences of `dataset` also stand in `other`, and of how many.

    Each pair that has something in common has two rows, one for each direction.
    """

    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="overlaps")
    other = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="+")
    is_same_file = models.BooleanField()
    shared_clips = models.PositiveIntegerField()
    clips = models.PositiveIntegerField()
    shared_sentences = models.PositiveIntegerField()
    sentences = models.PositiveIntegerField()

    class Meta:
        ordering = ["-is_same_file", "-shared_clips", "-shared_sentences", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["dataset", "other"], name="one_overlap_a_pair")
        ]

    def __str__(self) -> str:
        return f"{self.dataset} / {self.other}"
