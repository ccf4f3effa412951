"""Adds another resource to the local speech service, for a second team or to copy models to."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from localspeech.models.resource import new_resource


class Command(BaseCommand):
    """Prints the new resource's key, once."""

    help = "Add a resource to the local speech service and print its key."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="what the resource is called in the service's own lists")

    def handle(self, *args: Any, **options: Any) -> None:
        resource, key = new_resource(options["name"])
        self.stdout.write(f"Key of {resource.name} (it is not shown again): {key}")
        self.stdout.write(f"Its ID for copies: {resource.resource_id}")
