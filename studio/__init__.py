"""Wiring of the product: settings, addresses, the work queue and the broker."""
