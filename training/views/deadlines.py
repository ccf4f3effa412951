"""What expires when, over everything."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from training.services.deadlines import all_deadlines


@require_GET
def deadlines(request: HttpRequest) -> HttpResponse:
    """All deadlines, soonest first."""
    return render(request, "deadlines/list.html", {"deadlines": all_deadlines()})
