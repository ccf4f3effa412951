"""Addresses of signing in and out; the names are django-allauth's, which looks for them."""

from django.urls import path, re_path

from training.company import cancelled
from training.views import accounts

urlpatterns = [
    path("login/", accounts.login, name="account_login"),
    path("logout/", accounts.logout, name="account_logout"),
    path("logout/everywhere/", accounts.logout_everywhere, name="logout_everywhere"),
    path("inactive/", accounts.inactive, name="account_inactive"),
    path("password/change/", accounts.change_password, name="account_change_password"),
    path("password/reset/", accounts.forgotten, name="account_reset_password"),
    path("password/reset/done/", accounts.forgotten_sent, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        accounts.new_password,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        accounts.new_password_kept,
        name="account_reset_password_from_key_done",
    ),
    path("oidc/<slug:provider_id>/login/", accounts.company_login, name="openid_connect_login"),
    path(
        "oidc/<slug:provider_id>/login/callback/",
        accounts.company_callback,
        name="openid_connect_callback",
    ),
    path("cancelled/", cancelled, name="socialaccount_login_cancelled"),
]
