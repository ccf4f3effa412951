"""Where models are copied to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from training.enums import Role
from training.forms.submission import OnceForm
from training.models import CustomModel, Project, Resource, User
from training.permissions import projects_of
from training.services import copying
from training.services.copying import Target

_LONGEST_NAME = 200


@dataclass(frozen=True)
class Offer:
    """A resource with its projects of the locale, and a new one; `obstacle` "" when it can be."""

    resource: Resource
    projects: list[tuple[Project, bool]]
    is_new: bool
    new_name: str
    error: str
    obstacle: str

    @property
    def is_chosen(self) -> bool:
        """Whether something of it is chosen, so that it is shown opened."""
        return self.is_new or any(chosen for _project, chosen in self.projects)


class CopyForm(OnceForm):
    """Projects of other resources, and new ones there; the clean value is a list of targets."""

    display_name = forms.CharField(label=_("Name of the copy"), max_length=_LONGEST_NAME)

    def __init__(
        self,
        *args: Any,
        models: Sequence[CustomModel],
        user: User,
        chosen: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.project = models[0].project
        self._asked = self.data if self.is_bound else (chosen or {})
        if len(models) > 1:
            del self.fields["display_name"]
        else:
            name = self._asked.get("display_name") if chosen else ""
            self.fields["display_name"].initial = name or models[0].display_name
        self.resources = list(copying.resources_for(self.project).order_by("address", "name"))
        kept = projects_of(user, Role.TRAINER).filter(
            locale=self.project.locale, resource__in=self.resources, archived_at=None
        )
        self._projects = {str(one.pk): one for one in kept.order_by("display_name")}
        self._name_errors: dict[int, str] = {}

    def _listed(self, name: str) -> list[str]:
        getlist = getattr(self._asked, "getlist", None)
        return list(getlist(name)) if getlist else []

    @property
    def offers(self) -> list[Offer]:
        """What can be chosen, by resource."""
        return [self._offer(resource) for resource in self.resources]

    def _offer(self, resource: Resource) -> Offer:
        chosen, obstacle = self._listed("project"), ""
        if not copying.offers(resource, self.project.locale):
            values = {"locale": self.project.locale}
            obstacle = _t("It does not offer the locale %(locale)s.") % values
        mine = [one for one in self._projects.values() if one.resource_id == resource.pk]
        return Offer(
            resource=resource,
            projects=[(one, str(one.pk) in chosen) for one in mine if not one.has_failed],
            is_new=str(resource.pk) in self._listed("new"),
            new_name=self._asked.get(_name_of(resource)) or self.project.display_name,
            error=self._name_errors.get(resource.pk, ""),
            obstacle=obstacle,
        )

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        found = [self._projects.get(key) for key in self._listed("project")]
        targets = [Target(one.resource, one) for one in found if one is not None]
        for resource in self.resources:
            if str(resource.pk) in self._listed("new"):
                targets.append(Target(resource, new_project=self._new_name(resource)))
        if None in found:
            raise ValidationError(_("One of the projects is gone, or has another locale."))
        if not all(copying.offers(one.resource, self.project.locale) for one in targets):
            raise ValidationError(_("One of the resources does not offer this locale."))
        if self._name_errors:
            raise ValidationError(" ".join(self._name_errors.values()))
        if not targets:
            raise ValidationError(_("Choose at least one project to copy to."))
        values["targets"] = targets
        return values

    def _new_name(self, resource: Resource) -> str:
        name: str = self._asked.get(_name_of(resource), "").strip()
        if not name or len(name) > _LONGEST_NAME:
            text = _t("Enter a name of at most 200 characters for the new project in %(resource)s.")
            self._name_errors[resource.pk] = text % {"resource": resource}
        return name

    def selection(self) -> str:
        """What is chosen so far, as a query, for coming back to it."""
        found = [("project", key) for key in self._listed("project")]
        found += [("new", key) for key in self._listed("new")]
        names = ["display_name", *(_name_of(one) for one in self.resources)]
        found += [(name, self._asked[name]) for name in names if self._asked.get(name)]
        return urlencode(found)


def _name_of(resource: Resource) -> str:
    return f"name-{resource.pk}"
