"""The address of short-audio recognition, outside the REST API's root as on Azure."""

from django.urls import path

from localspeech.api import in_words
from localspeech.routes.recognition import recognition

urlpatterns = [
    path("recognition/<str:mode>/cognitiveservices/v1", in_words(recognition)),
]
