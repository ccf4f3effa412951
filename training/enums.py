"""Statuses and kinds, in the words of the Speech to text REST API."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person may do; each includes those before it."""

    VIEWER = "viewer", _("Viewer")
    TRAINER = "trainer", _("Trainer")
    OWNER = "owner", _("Owner")

    @property
    def rank(self) -> int:
        """Higher ones may do more."""
        return list(Role).index(self)


class Submission(models.TextChoices):
    """How far one of our rows is on its way to the speech service."""

    CHECKING = "checking", _("Checking")
    HELD = "held", _("Needs attention")
    WAITING = "waiting", _("Waiting")
    SUBMITTING = "submitting", _("Submitting")
    SUBMITTED = "submitted", _("Submitted")
    REFUSED = "refused", _("Refused")


class Status(models.TextChoices):
    """What the service says of an object."""

    NOT_STARTED = "NotStarted", _("Queued")
    RUNNING = "Running", _("Processing")
    SUCCEEDED = "Succeeded", _("Succeeded")
    FAILED = "Failed", _("Failed")


FINAL = frozenset({Status.SUCCEEDED, Status.FAILED})


class DatasetKind(models.TextChoices):
    """Kinds of dataset by the API's names, with Speech Studio's labels."""

    LANGUAGE = "Language", _("Plain text")
    LANGUAGE_MARKDOWN = "LanguageMarkdown", _("Structured text")
    PRONUNCIATION = "Pronunciation", _("Pronunciation")
    ACOUSTIC = "Acoustic", _("Audio + human-labeled transcript")
    AUDIO_FILES = "AudioFiles", _("Audio")
    OUTPUT_FORMATTING = "OutputFormatting", _("Display format")


ENDINGS: dict[str, tuple[str, ...]] = {
    DatasetKind.LANGUAGE: (".txt",),
    DatasetKind.LANGUAGE_MARKDOWN: (".md",),
    DatasetKind.PRONUNCIATION: (".txt", ".tsv"),
    DatasetKind.ACOUSTIC: (".zip",),
    DatasetKind.AUDIO_FILES: (".zip",),
    DatasetKind.OUTPUT_FORMATTING: (".md", ".txt"),
}
TRAINING_KINDS = frozenset(DatasetKind) - {DatasetKind.AUDIO_FILES}


class TestingKind(models.TextChoices):
    """What a test is for, by the API's name of it in `customProperties.testingKind`."""

    __test__ = False

    EVALUATION = "Evaluation", _("Evaluate accuracy")
    INSPECTION = "Inspection", _("Inspect quality")


TESTED_WITH: dict[str, frozenset[DatasetKind]] = {
    TestingKind.EVALUATION: frozenset({DatasetKind.ACOUSTIC}),
    TestingKind.INSPECTION: frozenset({DatasetKind.AUDIO_FILES, DatasetKind.ACOUSTIC}),
}


class SecondModel(models.TextChoices):
    """Which model the first one is held against."""

    BASELINE = "baseline", _("The first model's own baseline")
    NONE = "none", _("No second model")
    CHOSEN = "chosen", _("Another model")


class TrainingStep(models.TextChoices):
    """Steps of "Train a new model", in their order; the value is the last part of the address."""

    BASE_MODEL = "baseline", _("Select a baseline model")
    DATA = "data", _("Choose data")
    NAME = "name", _("Name and description")
    TEST = "test", _("Add test")
    REVIEW = "review", _("Review")


class UploadStep(models.TextChoices):
    """Steps of "Upload data", in their order; the value is the last part of the address."""

    KIND = "kind", _("Select the kind of data")
    FILES = "files", _("Choose files")
    NAME = "name", _("Name and description")
    REVIEW = "review", _("Review")


class TestStep(models.TextChoices):
    """Steps of "Create new test", in their order; the value is the last part of the address."""

    __test__ = False

    KIND = "kind", _("Select the kind of test")
    DATA = "data", _("Choose data")
    MODELS = "models", _("Choose models")
    NAME = "name", _("Name and description")
    REVIEW = "review", _("Review")
