"""The WSGI application that gunicorn serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.template.loader import get_template
from django.urls import reverse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studio.settings")

application = get_wsgi_application()

# Loaded before gunicorn forks, so that its processes share this memory and answer at once.
reverse("home")
get_template("models/list.html")
gc.collect()
gc.freeze()
