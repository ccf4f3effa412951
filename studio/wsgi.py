"""The WSGI application that gunicorn serves."""

import gc
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.template.loader import get_template
from django.urls import is_valid_path, reverse

from studio.front import Front

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studio.settings")

application = Front(
    get_wsgi_application(),
    settings.TRUSTED_PROXIES,
    settings.SITE.sub_path,
    lambda path: bool(is_valid_path(path)),
)

# Loaded before gunicorn forks, so that its processes share this memory and answer at once.
reverse("home")
get_template("models/list.html")
gc.collect()
gc.freeze()
