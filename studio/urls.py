"""Addresses: the dashboard, sign-in, and the local speech service."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("training.account_urls")),
    path("speechtotext/", include("localspeech.urls")),
    path("speech/", include("localspeech.recognition_urls")),
    path("", include("training.urls")),
]
