"""Addresses: the dashboard, sign-in, and the local speech service."""

from django.urls import include, path

from studio.health import livez, readyz

urlpatterns = [
    path("livez", livez, name="livez"),
    path("readyz", readyz, name="readyz"),
    path("accounts/", include("allauth.account.urls")),
    path("speechtotext/", include("localspeech.urls")),
    path("speech/", include("localspeech.recognition_urls")),
    path("", include("training.urls")),
]
