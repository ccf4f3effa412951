"""Settings of the whole product, every one of them from the environment."""

import os
import secrets
from datetime import timedelta
from pathlib import Path

from cryptography.fernet import Fernet
from csp.constants import NONE, SELF

from studio import broker, env, logs
from studio.database import database
from studio.secretfiles import kept_secret

BASE_DIR = Path(__file__).resolve().parent.parent
STUDIO_DATA = Path(env.text("STUDIO_DATA", str(BASE_DIR / "var"))).resolve()
STUDIO_DATA.mkdir(parents=True, exist_ok=True, mode=0o700)
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
FIELD_KEYS = kept_secret(SECRETS_DIR, "FIELD_KEYS", lambda: Fernet.generate_key().decode()).split(
    ","
)
LOCALSPEECH_KEY = kept_secret(SECRETS_DIR, "LOCALSPEECH_KEY", lambda: secrets.token_hex(32))
LOCALSPEECH_URL = env.text("LOCALSPEECH_URL", f"http://127.0.0.1:{PORT}")

ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "*" if HOST in {"127.0.0.1", "localhost"} else "")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
HTTPS = env.boolean("HTTPS")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.boolean("BEHIND_PROXY") else None
)
SECURE_REDIRECT_EXEMPT = [r"^speechtotext/", r"^speech/"]
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
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
    "csp",
    "rules",
    "django_structlog",
    "studio",
    "training",
    "localspeech",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "training.middleware.session_ended",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
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

DATABASES = {"default": database(env.text("DATABASE_URL"), STUDIO_DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "training.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "training.accounts.Adapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = True
EMAIL_BACKEND = env.text("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")

LANGUAGE_CODE = "en"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = env.text("TIME_ZONE", "UTC")

STATIC_URL = "static/"
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

REDIS_URL = env.text("REDIS_URL")
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
    "clear": {
        "task": "localspeech.tasks.clear",
        "schedule": timedelta(seconds=60),
        "options": {"expires": 60, "queue": "default"},
    },
}

logs.configure()
LOGGING = logs.logging_settings(env.text("LOG_LEVEL", "INFO"), env.boolean("LOG_JSON"))
SILENCED_SYSTEM_CHECKS: list[str] = []
