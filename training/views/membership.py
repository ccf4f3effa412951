"""The people of a project."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from training.enums import Role
from training.forms.people import MemberForm, OpenToForm
from training.models import Project
from training.services import membership as kept
from training.views.addresses import number
from training.views.found import project_or_404, signed_in


@require_http_methods(["GET", "POST"])
def project_people(request: HttpRequest, project_id: int) -> HttpResponse:
    """Who is named in the project and what everybody else may do; owners change it."""
    project = project_or_404(project_id)
    action = request.POST.get("action", "")
    forms: dict[str, Any] = {
        "member_form": MemberForm(request.POST if action == "name" else None),
        "open_form": OpenToForm(
            request.POST if action == "open" else None,
            instance=project_or_404(project_id),
        ),
    }
    if request.method == "POST":
        try:
            done = _change(request, project, action, forms)
        except kept.LastOwner:
            messages.error(request, _("The project would have no owner; name another one first."))
            done = True
        if done:
            return redirect("project_people", project_id)
    context = {
        "project": project,
        "part": "people",
        "members": project.memberships.select_related("person"),
        "roles": Role.choices,
        **forms,
    }
    return render(request, "projects/people.html", context)


def _change(request: HttpRequest, project: Project, action: str, forms: dict[str, Any]) -> bool:
    """Do what the button says; False when a form is to be shown again."""
    user, member, opened = signed_in(request), forms["member_form"], forms["open_form"]
    if action == "name" and member.is_valid():
        role = Role(member.cleaned_data["role"])
        kept.name(project, member.cleaned_data["person"], role, user)
    elif action == "open" and opened.is_valid():
        kept.open_to(project, opened.cleaned_data["open_to"], user)
    elif action == "remove":
        kept.remove(project, number(request.POST.get("member")), user)
    else:
        return False
    messages.success(request, _("Saved."))
    return True
