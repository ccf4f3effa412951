"""The processes of the product. docker-compose.yml runs the same commands."""

import sys

WEB_THREADS = 16


def web(host: str, port: int) -> list[str]:
    """The web server. gunicorn reads the number of its processes from WEB_CONCURRENCY: one when
    unset, so that the machine at rest stays small."""
    return [
        sys.executable, "-m", "gunicorn", "studio.wsgi:application",
        "--bind", f"{host}:{port}",
        "--preload",
        "--worker-class", "gthread",
        "--threads", str(WEB_THREADS),
        "--timeout", "120",
        "--graceful-timeout", "10",
        "--log-level", "warning",
        "--no-control-socket",
        "--forwarded-allow-ips", "",  # whom to believe is TRUSTED_PROXIES' matter
    ]  # fmt: skip


def default_worker() -> list[str]:
    """Talks to speech services: mostly waiting, so threads."""
    return [
        sys.executable, "-m", "celery", "-q", "-A", "studio", "worker", "-Q", "default",
        "-n", "default@%h", "--pool", "threads", "--concurrency", "4",
        "--loglevel", "WARNING", "--without-gossip", "--without-mingle",
    ]  # fmt: skip


def engine_worker(processes: int) -> list[str]:
    """Trains and recognises: one process a core."""
    return [
        sys.executable, "-m", "celery", "-q", "-A", "studio", "worker", "-Q", "engine",
        "-n", "engine@%h", "--pool", "prefork", "--concurrency", str(processes),
        "--loglevel", "WARNING", "--without-gossip", "--without-mingle",
    ]  # fmt: skip


def beat() -> list[str]:
    """Rings the sweeps."""
    return [
        sys.executable, "-m", "celery", "-q", "-A", "studio.beat", "beat",
        "--loglevel", "WARNING", "--pidfile=",
    ]  # fmt: skip
