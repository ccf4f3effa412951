"""Creating and opening projects."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from training.forms.projects import ProjectForm
from training.models import Project, User
from training.permissions import trainer_required
from training.services import projects as kept
from training.views.found import project_or_404, signed_in


@require_http_methods(["GET", "POST"])
@trainer_required
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


@require_POST
def archive(request: HttpRequest, project_id: int) -> HttpResponse:
    """Put the project aside, or take it back."""
    row, user = project_or_404(project_id), signed_in(request)
    if request.POST.get("action") == "restore":
        kept.restore(row, user)
        return redirect("models", project_id)
    kept.archive(row, user)
    messages.success(request, _("%(name)s is archived. Home lists it below.") % {"name": row})
    return redirect("home")
