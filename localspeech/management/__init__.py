"""Commands of the local service."""
