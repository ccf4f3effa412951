"""Statuses and kinds, in the words of the Speech to text REST API."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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


TRAINING_KINDS = frozenset(DatasetKind) - {DatasetKind.AUDIO_FILES}


class Step(models.TextChoices):
    """Steps of the wizard, in their order; the value is the last part of the address."""

    BASE_MODEL = "baseline", _("Select a baseline model")
    DATA = "data", _("Choose data")
    NAME = "name", _("Name and description")
    TEST = "test", _("Add test")
    REVIEW = "review", _("Review")
