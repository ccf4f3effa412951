"""Short audio that a client waits for."""

from django.db import models

from localspeech.models.endpoint import Endpoint
from localspeech.models.entity import Errand


class Recognition(Errand):
    """One clip, recognised by an engine worker; deleted when the client has its answer.

    `text` is what was heard; `seconds` how long the clip is.
    """

    endpoint = models.ForeignKey(Endpoint, on_delete=models.CASCADE, related_name="+")
    seconds = models.FloatField(default=0.0)
    text = models.TextField(default="", blank=True)
