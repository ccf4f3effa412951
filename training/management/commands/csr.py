"""`manage.py csr NOUN VERB`: custom speech on a connected resource, from scripts."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from training.csr import parser
from training.csr.problems import Problem
from training.csr.running import run
from training.speechapi.errors import Refused, SpeechApiError


class Command(BaseCommand):
    """Prints what the API answers. See docs/csr.md for the exit codes."""

    help = (
        "Projects, models, datasets, evaluations and endpoints of a connected resource, with the "
        "option names of the Speech CLI. Exit codes: 0 done, 1 it failed, 2 wrong options, "
        "3 not found or refused, 4 the service could not be reached, 5 it took too long."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser_: ArgumentParser) -> None:
        parser.build(parser_)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            text, code = run(options)
        except Problem as problem:
            raise CommandError(problem.message, returncode=problem.code) from None
        except Refused as error:
            text = f"{error.message} ({error.code})" if error.code else error.message
            raise CommandError(text, returncode=3) from None
        except SpeechApiError as error:
            raise CommandError(error.message, returncode=4) from None
        if text:
            self.stdout.write(text)
        if code:
            sys.exit(code)
