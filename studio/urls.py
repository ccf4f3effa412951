"""Addresses: the dashboard, sign-in, and the local speech service."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.account.urls")),
    path("speechtotext/", include("localspeech.urls")),
    path("", include("training.urls")),
]
