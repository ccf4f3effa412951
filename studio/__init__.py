"""Wiring of the product: settings, addresses, the work queue and the broker."""

from studio.celery import app as celery_app

__all__ = ["celery_app"]
