"""Uploading as a person without scripts does it."""

import re
import uuid

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from training.models import Dataset, UploadDraft


def started(client, project, kind="Language", query=""):
    """A draft of this kind."""
    values = {"submission_key": str(uuid.uuid4()), "kind": kind}
    answer = client.post(reverse("new_dataset", args=[project.pk]) + query, values)
    assert answer.status_code == 302, answer.text
    return UploadDraft.objects.get(pk=re.search(r"/uploads/(\d+)/", answer.url).group(1))


def step(draft, name):
    """Address of a step."""
    return reverse("upload", args=[draft.project_id, draft.pk, name])


def uploaded(client, project, content, kind="Language", name="text.txt", called="Harbour log"):
    """The dataset of one file, on its way."""
    draft = started(client, project, kind)
    client.post(step(draft, "files"), {"file": SimpleUploadedFile(name, content)})
    upload = draft.uploads.get()
    client.post(step(draft, "name"), {f"name_{upload.pk}": called})
    client.post(step(draft, "review"))
    return Dataset.objects.get(submission_key=upload.key)
