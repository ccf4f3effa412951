"""Settings of the whole product, every one of them from the environment."""

import logging
import os
import re
import secrets
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.fernet import Fernet
from csp.constants import NONE, SELF

from studio import broker, env, logs, openid, passwords
from studio.database import database
from studio.secretfiles import fernet_keys, kept_secret
from studio.site import LOOPBACK, allowed_hosts, site

BASE_DIR = Path(__file__).resolve().parent.parent
STUDIO_DATA = env.folder("STUDIO_DATA", BASE_DIR / "var")
SECRETS_DIR = STUDIO_DATA / "secrets"

HOST = env.text("HOST", "127.0.0.1")
PORT = env.integer("PORT", 8000, least=1, most=65535)
CPU_CORES = env.integer(
    "ENGINE_PROCESSES",
    len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
    least=1,
    most=256,
)

CLAIM_SECONDS = env.integer("CLAIM_SECONDS", 20, least=2, most=3600)

DEBUG = False
SECRET_KEY = kept_secret(SECRETS_DIR, "SECRET_KEY", lambda: secrets.token_urlsafe(64))
FIELD_KEYS = fernet_keys(
    "FIELD_KEYS",
    kept_secret(SECRETS_DIR, "FIELD_KEYS", lambda: Fernet.generate_key().decode()),
)

# One address says how people come: its scheme, host and sub-path.
_given_url = env.address("PUBLIC_URL")
SITE = site(_given_url, HOST, PORT, env.optional_boolean("HTTPS"))
PUBLIC_URL = SITE.url
FORCE_SCRIPT_NAME = SITE.sub_path or None
HTTPS = SITE.is_https
TRUSTED_PROXIES = env.networks("TRUSTED_PROXIES")
env.replaced("BEHIND_PROXY", "TRUSTED_PROXIES, which names the proxies' addresses")
METRICS_TOKEN = env.text("METRICS_TOKEN")

LOCALSPEECH_KEY = kept_secret(SECRETS_DIR, "LOCALSPEECH_KEY", lambda: secrets.token_hex(32))
LOCALSPEECH_URL = env.address("LOCALSPEECH_URL", f"http://127.0.0.1:{PORT}")
if not LOCALSPEECH_URL.endswith(SITE.sub_path):
    LOCALSPEECH_URL += SITE.sub_path

ALLOWED_HOSTS = allowed_hosts(env.words("ALLOWED_HOSTS"), SITE, bool(_given_url), HOST in LOOPBACK)
if ALLOWED_HOSTS != ["*"]:
    ALLOWED_HOSTS.append(urlsplit(LOCALSPEECH_URL).hostname or "")
CSRF_TRUSTED_ORIGINS = [SITE.origin, *env.origins("CSRF_TRUSTED_ORIGINS")]
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = f"{SITE.sub_path}/"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
# Under a sub-path the host and its subdomains belong to others too.
SECURE_HSTS_SECONDS = env.integer("HSTS_SECONDS", 31_536_000) * HTTPS
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = env.boolean(
    "HSTS_SUBDOMAINS", default=HTTPS and not SITE.sub_path
)
# Workers on this network ask the local service without TLS.
SECURE_REDIRECT_EXEMPT = [
    rf"^{re.escape(f'{SITE.sub_path}/'.lstrip('/'))}{part}/" for part in ("speechtotext", "speech")
]
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_NAME = f"{SITE.cookie_prefix}sessionid"
CSRF_COOKIE_NAME = f"{SITE.cookie_prefix}csrftoken"
SESSION_COOKIE_AGE = env.integer("SESSION_HOURS", 12, least=1, most=24 * 14) * 60 * 60
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "template_partials",
    "django_filters",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "rules",
    "django_structlog",
    "studio",
    "training",
    "localspeech",
]

MIDDLEWARE = [
    "studio.health.monitoring",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "studio.headers.protective",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "training.sessions.limited",
    "studio.requestlog.RequestLog",
    "training.middleware.session_ended",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "training.middleware.audit",
    "training.middleware.ProjectGuard",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "studio.urls"
WSGI_APPLICATION = "studio.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "training.context.frame",
            ],
        },
    }
]

_database_url = env.service("DATABASE_URL", ("postgresql", "postgres"))
DATABASES = {"default": database(_database_url, STUDIO_DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "training.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = passwords.validators()
PASSWORD_RESET_TIMEOUT = 60 * 60
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "training.accounts.Adapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_FORMS = {"reset_password": "training.forms.accounts.ForgottenForm"}
# Whether an address has an account is told to nobody, and strangers get no mail.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False

OIDC = openid.from_environment()
SOCIALACCOUNT_ADAPTER = "training.company.Adapter"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": openid.provider(OIDC)}
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10

ALLOW_PRIVATE_ADDRESSES = env.boolean("ALLOW_PRIVATE_ADDRESSES")

EMAIL_HOST = env.text("EMAIL_HOST")
MAIL_ENABLED = ACCOUNT_EMAIL_NOTIFICATIONS = bool(EMAIL_HOST)
EMAIL_PORT = env.integer("EMAIL_PORT", 587, least=1, most=65535)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_SSL = EMAIL_PORT == 465
EMAIL_USE_TLS = env.boolean("EMAIL_USE_TLS", default=EMAIL_PORT == 587)
EMAIL_TIMEOUT = 20
MAIL_HOST_NAME = urlsplit(PUBLIC_URL).hostname or "localhost"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("EMAIL_FROM", f"studio@{MAIL_HOST_NAME}")

LANGUAGE_CODE = "en"
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.zone("TIME_ZONE", "UTC")

STATIC_URL = f"{SITE.sub_path}/static/"
STATIC_ROOT = STUDIO_DATA / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = STUDIO_DATA / "uploads"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    "localspeech": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": STUDIO_DATA / "localspeech"},
    },
}
LOCALSPEECH_CACHE = STUDIO_DATA / "cache"
LOCALSPEECH_WHISPER = env.weights("LOCALSPEECH_WHISPER")
LOCALSPEECH_WHISPER_SHA256 = env.sha256("LOCALSPEECH_WHISPER_SHA256")
LOCALSPEECH_PHONEMES = env.boolean("LOCALSPEECH_PHONEMES", True)
LOCALSPEECH_ALLOW_PRIVATE_URLS = env.boolean("LOCALSPEECH_ALLOW_PRIVATE_URLS")
FILE_UPLOAD_TEMP_DIR = STUDIO_DATA / "incoming"
FILE_UPLOAD_TEMP_DIR.mkdir(exist_ok=True)
DATA_UPLOAD_MAX_MEMORY_SIZE = 9 * 1024 * 1024
LARGEST_UPLOAD = 2 * 1024**3

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

REDIS_URL = env.service("REDIS_URL", ("redis", "rediss", "redis+socket"))
CELERY_BROKER_URL = env.text("BROKER_URL") or broker.broker_url(REDIS_URL, STUDIO_DATA)
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 6 * 60 * 60,
    "socket_connect_timeout": 3,
    "socket_timeout": 10,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_ROUTES = {
    "localspeech.tasks.challenge": {"queue": "default"},
    "localspeech.tasks.deliver": {"queue": "default"},
    "localspeech.*": {"queue": "engine"},
}
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 1000 * env.integer("ENGINE_MEMORY_MB", 450, least=200)  # KB
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(STUDIO_DATA / "run" / "beat")
CELERY_BEAT_SCHEDULE = {
    "sweep": {
        "task": "training.tasks.sweep",
        "schedule": timedelta(seconds=2),
        "options": {"expires": 10},
    },
    "jobs": {
        "task": "localspeech.tasks.sweep",
        "schedule": timedelta(seconds=5),
        "options": {"expires": 10, "queue": "default"},
    },
    "remind": {
        "task": "training.tasks.remind",
        "schedule": timedelta(minutes=10),
        "options": {"expires": 300},
    },
    "tidy": {
        "task": "training.tasks.tidy",
        "schedule": timedelta(hours=1),
        "options": {"expires": 600},
    },
    "clear": {
        "task": "localspeech.tasks.clear",
        "schedule": timedelta(seconds=60),
        "options": {"expires": 60, "queue": "default"},
    },
}

LOG_JSON = env.boolean("LOG_JSON")
LOGGING = logs.logging_settings(
    env.choice("LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR")),
    as_json=LOG_JSON,
    each_request=env.boolean("LOG_REQUESTS", default=LOG_JSON),
)
logs.configure({str(one["task"]) for one in CELERY_BEAT_SCHEDULE.values()})
DJANGO_STRUCTLOG_CELERY_ENABLED = True
DJANGO_STRUCTLOG_TRUST_UPSTREAM_REQUEST_ID = True  # studio.front keeps that of our proxies alone
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG
DJANGO_STRUCTLOG_STATUS_4XX_LOG_LEVEL = logging.INFO
DJANGO_STRUCTLOG_CELERY_TASK_START_LOG_LEVEL = logging.DEBUG

# HSTS without the whole domain is a decision of the operator, which needs no reminder.
SILENCED_SYSTEM_CHECKS = (
    [] if SECURE_HSTS_INCLUDE_SUBDOMAINS else ["security.W005", "security.W021"]
)
