"""The list of 10,000 models, and beside it a plain Django admin list of the same rows.

    python benchmarks/lists.py [--rows 10000] [--seconds 8]

A server with its embedded defaults is started on a fresh data folder. Each page is asked for by one
client 200 times (median), then by 8 clients at once (pages a second). The web server has two
processes (WEB_CONCURRENCY=2). The admin runs in a second gunicorn just like it, on the same rows.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import requests

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.e2e.person import Person
from tests.e2e.server import Server, free_port

FILL = """
import itertools
from django.utils import timezone
from datetime import timedelta
from training.models import *
user = User.objects.get()
resource = Resource.objects.get()
project = Project.objects.create(resource=resource, display_name='Many', locale='en-US',
    submission='submitted', remote_self='x', created_by=user)
base = BaseModel.objects.filter(resource=resource).first()
now = timezone.now()
CustomModel.objects.bulk_create([CustomModel(project=project, base_model=base, created_by=user,
    display_name=f'Harbour {n - n // 97 * 97} model {n}', submission='submitted',
    remote_self=f'm{n}',
    status=('Succeeded', 'Failed')[n // 11 * 11 == n],
    error_message='No line can be used.' if n // 11 * 11 == n else '',
    created_at=now - timedelta(minutes=n),
    transcription_expires_at=now + timedelta(days=n - n // 900 * 900))
    for n in range(%d)], batch_size=500)
print(project.pk)
"""

ADMIN = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "admin_settings"
from django.core.wsgi import get_wsgi_application
application = get_wsgi_application()
"""
ADMIN_SETTINGS = """
from studio.settings import *
INSTALLED_APPS = [*INSTALLED_APPS, "django.contrib.admin"]
ROOT_URLCONF = "admin_urls"
TEMPLATES[0]["OPTIONS"]["context_processors"].remove("training.context.frame")
"""
ADMIN_URLS = """
from django.contrib import admin
from django.contrib.auth import login
from django.http import HttpResponse
from django.urls import path
from django.contrib.auth.decorators import login_not_required
from training.models import CustomModel, User

@admin.register(CustomModel)
class Models(admin.ModelAdmin):
    list_display = ("display_name", "status", "base_model", "transcription_expires_at",
                    "created_at", "created_by")
    list_select_related = ("base_model", "created_by")
    search_fields = ("display_name",)
    list_per_page = 50

@login_not_required
def enter(request):
    login(request, User.objects.get(), backend="django.contrib.auth.backends.ModelBackend")
    return HttpResponse("in")

urlpatterns = [path("enter/", enter), path("admin/", admin.site.urls)]
"""


def manage(server: Server, *arguments: str) -> str:
    """Output of a management command on the server's data."""
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=server.environment, check=True, capture_output=True, text=True
    ).stdout


def timed(session: requests.Session, url: str, times: int = 200) -> float:
    """Median milliseconds of one client."""
    get, taken = getter(session, url), []
    for _ in range(times):
        began = time.perf_counter()
        get()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken[10:]) * 1000


def getter(session: requests.Session, url: str) -> Callable[[], None]:
    """Asks for one page on a connection of its own, with as little work as possible here."""
    parts = urlsplit(url)
    cookie = "; ".join(f"{name}={value}" for name, value in session.cookies.items())
    connection = HTTPConnection(parts.netloc, timeout=30)

    def get() -> None:
        connection.request("GET", f"{parts.path}?{parts.query}", headers={"Cookie": cookie})
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200, answer.status

    return get


def throughput(session: requests.Session, url: str, seconds: float, clients: int = 8) -> float:
    """Pages a second of several clients."""
    end = time.perf_counter() + seconds
    counts = [0] * clients

    def run(place: int) -> None:
        get = getter(session, url)
        while time.perf_counter() < end:
            get()
            counts[place] += 1

    threads = [threading.Thread(target=run, args=(n,)) for n in range(clients)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return sum(counts) / seconds


def report(label: str, session: requests.Session, url: str, seconds: float) -> float:
    """Measure one page, print it, and give its median."""
    size = len(session.get(url, timeout=30).content)
    median = timed(session, url)
    rate = throughput(session, url, seconds)
    print(f"{label:34} median {median:6.1f} ms   {rate:6.1f} pages/s   {size / 1000:5.1f} KB")
    return median


def admin(server: Server, folder: Path, seconds: float) -> float:
    """The same rows in a plain Django admin."""
    for name, text in (
        ("admin_wsgi", ADMIN), ("admin_settings", ADMIN_SETTINGS), ("admin_urls", ADMIN_URLS),
    ):  # fmt: skip
        (folder / f"{name}.py").write_text(text)
    port = free_port()
    environment = server.environment | {
        "PYTHONPATH": f"{folder}:{ROOT}", "DJANGO_SETTINGS_MODULE": "admin_settings",
    }  # fmt: skip
    subprocess.run([sys.executable, "-m", "django", "migrate", "-v0"], env=environment, check=True)
    subprocess.run(
        [sys.executable, "-m", "django", "collectstatic", "--no-input", "-v0"],
        env=environment, check=True,
    )  # fmt: skip
    child = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "admin_wsgi:application", "--bind",
         f"127.0.0.1:{port}", "--worker-class", "gthread", "--threads", "16",
         "--log-level", "error", "--no-control-socket"],
        env=environment, cwd=folder,
    )  # fmt: skip
    try:
        session = requests.Session()
        session.trust_env = False
        address = f"http://127.0.0.1:{port}"
        for _ in range(100):
            try:
                session.get(f"{address}/enter/", timeout=5)
                break
            except requests.ConnectionError:
                time.sleep(0.2)
        url = f"{address}/admin/training/custommodel/?q=harbour+12&o=1"
        return report("Django admin, name filtered", session, url, seconds)
    finally:
        child.terminate()
        child.wait()


def main() -> None:
    """Print one line a page, then the ratio."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=8)
    options = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with (
        tempfile.TemporaryDirectory() as folder,
        Server(Path(folder) / "studio", WEB_CONCURRENCY="2") as server,
    ):
        person = Person(server)
        person.set_up()
        for _ in range(100):
            if "20260920" in manage(server, "shell", "-v0", "-c",
                "from training.models import *; print(list(BaseModel.objects.all()))"):  # fmt: skip
                break
        project = manage(server, "shell", "-v0", "-c", FILL % options.rows).split()[-1]
        page = f"{server.address}/projects/{project}/models/"
        report("models, first page", person.session, page, options.seconds)
        ours = report(
            "models, name filtered, sorted", person.session, f"{page}?q=harbour+12&sort=name",
            options.seconds,
        )  # fmt: skip
        theirs = admin(server, Path(folder), options.seconds)
        print(f"ratio of the medians: {theirs / ours:.1f}")


if __name__ == "__main__":
    main()
