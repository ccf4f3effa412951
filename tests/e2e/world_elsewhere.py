"""What the rows of tests/e2e/world.py have at other resources."""

from datetime import timedelta

from django.utils import timezone

from tests.factories import CustomModelFactory, ProjectFactory, ResourceFactory
from training.models import FoundObject, ModelCopy


def copies(user, model):
    """Copies of a model in every state."""
    north = ResourceFactory(
        name="North Europe", address="https://northeurope.api.cognitive.microsoft.com"
    )
    ResourceFactory(name="Only German", address="http://speech.test", locales=["de-DE"])
    there = ProjectFactory(resource=north, display_name="Northern lights", created_by=user)
    made = CustomModelFactory(
        project=there, base_model=None, display_name="Northern model", created_by=user
    )
    reason = "The resource's quota is used up; delete what is not needed."
    for state, more in (
        ("succeeded", {"result": made, "display_name": "Northern model"}),
        ("failed", {"error_code": "QuotaViolation", "error_message": reason}),
        ("copying", {"trouble": "The service did not answer in time."}),
    ):
        ModelCopy.objects.create(
            source=model, source_name=model.display_name, source_resource=model.resource,
            project=there, state=state, requested_by=user,
            due_at=timezone.now() + timedelta(days=1),
            **{"display_name": model.display_name, **more},
        )  # fmt: skip


def found(resource):
    """What was made over the API, and lies in no project or in one that is not known here."""
    root = "http://speech.test/speechtotext/v3.2"
    unknown = f"{root}/projects/unknown"
    ends = timezone.now() + timedelta(days=200)
    for kind, name, more in (
        ("project", "Northern approaches", {"status": ""}),
        ("dataset", "Radio log of the pilots, as written down in the winter of 2025", {}),
        ("custommodel", "Pilots", {"transcription_expires_at": ends, "project_link": unknown}),
        ("custommodel", "Broken", {"status": "Failed", "error_message": "No line can be used."}),
        ("evaluation", "Test of Pilots", {"status": "Running", "project_link": unknown,
                                          "obstacle": "Its dataset is in no project here; "
                                                      "connect that first."}),
        ("endpoint", "Pilots live", {}),
    ):  # fmt: skip
        FoundObject.objects.create(
            resource=resource, kind=kind, remote_self=f"{root}/{kind}/{name.replace(' ', '-')}",
            display_name=name, locale="en-US", **{"status": "Succeeded", **more},
        )  # fmt: skip
    return list(FoundObject.objects.filter(resource=resource))
