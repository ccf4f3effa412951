"""Creating and opening projects."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from training.forms.projects import ProjectForm
from training.models import Project, User
from training.services import projects as kept


@require_http_methods(["GET", "POST"])
def new_project(request: HttpRequest) -> HttpResponse:
    """Create a new project."""
    form = ProjectForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and isinstance(request.user, User):
        project = kept.create(**form.cleaned_data, user=request.user)
        return redirect("datasets", project.pk)
    return render(request, "projects/new.html", {"form": form})


@require_GET
def project(request: HttpRequest, project_id: int) -> HttpResponse:
    """A project opens with its models."""
    return redirect("models", get_object_or_404(Project, pk=project_id).pk)
