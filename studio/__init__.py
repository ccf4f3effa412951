"""Wiring of the product: settings, addresses, the work queue and the broker."""

__version__ = "0.1.0"
