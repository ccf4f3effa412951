"""A word of a dataset that the base model does not know."""

from django.db import models

from training.models.dataset import Dataset


class NewWord(models.Model):
    """Told by the service, most frequent first; `pronunciation` is in its phones.

    `is_guessed`: the service works the pronunciation out from the spelling. `suggestion` are
    ordinary words that sound like it, "" when there are none. `spoken_form` is what people
    wrote instead, None while nobody did; `is_chosen` marks it for pronunciation data.
    """

    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="new_words")
    position = models.PositiveIntegerField()
    word = models.CharField(max_length=200)
    times = models.PositiveIntegerField()
    pronunciation = models.CharField(max_length=400, blank=True)
    is_guessed = models.BooleanField(default=False)
    suggestion = models.CharField(max_length=400, blank=True)
    spoken_form = models.CharField(max_length=400, null=True)  # noqa: DJ001  # None: untouched
    is_chosen = models.BooleanField(default=False)

    class Meta:
        ordering = ["position"]
        indexes = [models.Index(fields=["word"])]
        constraints = [
            models.UniqueConstraint(fields=["dataset", "position"], name="one_new_word_a_position")
        ]

    def __str__(self) -> str:
        return self.word

    @property
    def spoken(self) -> str:
        """How it is spoken: what people wrote, else the suggestion."""
        return self.suggestion if self.spoken_form is None else self.spoken_form
