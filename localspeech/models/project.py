"""A project."""

from localspeech.models.entity import Entity


class Project(Entity):
    """Groups objects of one locale."""
