"""The commands that do what a wizard is about to do; the key stays in an environment variable."""

import json
import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from training.models import Project, Resource, TestDraft, TrainingDraft, UploadDraft
from training.speechapi import bodies
from training.speechapi.types import last_segment
from training.speechapi.versions import VERSIONS

_CSR = ".venv/bin/python manage.py csr"
_KEY = '-H "Ocp-Apim-Subscription-Key: $SPEECH_KEY"'
_JOINT = " \\\n  "


@dataclass(frozen=True)
class Command:
    """One way to do it from a shell."""

    label: str
    text: str


def training(draft: TrainingDraft) -> list[Command]:
    """A training, and the test that follows it."""
    project, base = draft.project, draft.base_model
    datasets = [one.remote_self for one in draft.datasets.order_by("pk")]
    body = bodies.model(
        draft.display_name,
        project.locale,
        draft.description,
        project.remote_self,
        base.remote_self if base else "",
        datasets,
        draft.weight_percent,
        {},
    )
    words = [
        *_common(project, draft.display_name, draft.description),
        ("--datasets", *map(last_segment, datasets)),
        ("--base", last_segment(base.remote_self) if base else ""),
        ("--weight", draft.weight_percent or ""),
    ]
    return [
        Command("csr", _with_test(draft, words)),
        Command("curl", _post(project.resource, "models", body)),
    ]


def _with_test(draft: TrainingDraft, words: list[tuple[Any, ...]]) -> str:
    if not draft.add_test or draft.test_dataset is None or draft.second_model is None:
        return _csr("model create", [*words, ("--wait",)])
    test = [
        *_common(draft.project, _("Test of %(model)s") % {"model": draft.display_name}, ""),
        ("--dataset", draft.test_dataset.remote_id),
        ("--model2", draft.second_model.remote_id),
    ]
    model = _csr("model create", [*words, ("--wait",), ("--output", "id")])
    text = _csr("evaluation create", test)
    return f'MODEL=$({model}) &&\n\n{text}{_JOINT}--model1 "$MODEL"{_JOINT}--wait'


def testing(draft: TestDraft) -> list[Command]:
    """A test of one or two models."""
    project, dataset, first = draft.project, draft.dataset, draft.model1
    if dataset is None or first is None:
        return []
    second = draft.model2 or first
    body = bodies.evaluation(
        draft.display_name,
        project.locale,
        draft.description,
        project.remote_self,
        dataset.remote_self,
        first.remote_self,
        second.remote_self,
        draft.kind,
        {},
    )
    words = [
        *_common(project, draft.display_name, draft.description),
        ("--kind", draft.kind),
        ("--dataset", dataset.remote_id),
        ("--model1", first.remote_id),
        ("--model2", draft.model2.remote_id if draft.model2 else ""),
        ("--wait",),
    ]
    return [
        Command("csr", _csr("evaluation create", words)),
        Command("curl", _post(project.resource, "evaluations", body)),
    ]


def uploading(draft: UploadDraft) -> list[Command]:
    """Datasets from files, or from an address."""
    found = [one for file in draft.uploads.all() for one in _file(draft, file)]
    if not draft.content_url:
        return found
    project, name = draft.project, draft.address_name
    named = (name, project.locale, draft.description, project.remote_self)
    body = bodies.dataset(draft.kind, *named, draft.content_url, {})
    words = [
        *_common(project, name, draft.description),
        ("--kind", draft.kind),
        ("--content", draft.content_url),
        ("--wait",),
    ]
    return [
        *found,
        Command("csr", _csr("dataset create", words)),
        Command("curl", _post(project.resource, "datasets", body)),
    ]


def _file(draft: UploadDraft, file: Any) -> Iterable[Command]:
    project = draft.project
    words = [
        *_common(project, file.display_name, draft.description),
        ("--kind", draft.kind),
        ("--data", file.file_name),
        ("--wait",),
    ]
    label = {"name": file.file_name}
    yield Command(_("csr: %(name)s") % label, _csr("dataset upload", words))
    if VERSIONS[project.resource.api_version].style != "path":
        return
    form = {
        "displayName": file.display_name,
        "locale": project.locale,
        "kind": draft.kind,
        "description": draft.description,
        "project": json.dumps({"self": project.remote_self}, ensure_ascii=False),
    }
    fields = [
        f"--form-string {shlex.quote(f'{name}={value}')}" for name, value in form.items() if value
    ]
    data = f"-F {shlex.quote(f'data=@{_in_form(file.file_name)}')}"
    curl = [f"curl -X POST {_address(project.resource, 'datasets/upload')}", _KEY, *fields, data]
    yield Command(_("curl: %(name)s") % label, _JOINT.join(curl))


def _in_form(name: str) -> str:
    """A file's name as curl reads it in a form: some signs would mean something to it."""
    text = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'


def _common(project: Project, name: str, description: str) -> list[tuple[Any, ...]]:
    return [
        ("--resource", project.resource.name),
        ("--project", project.remote_id),
        ("--language", project.locale),
        ("--name", name),
        ("--description", description),
    ]


def _csr(verb: str, words: Iterable[tuple[Any, ...]]) -> str:
    """Options without a value are left out, but for those that never have one."""
    shown = [one for one in words if len(one) == 1 or one[1] != ""]
    lines = [" ".join(shlex.quote(str(word)) for word in one) for one in shown]
    return _JOINT.join([f"{_CSR} {verb}", *lines])


def _post(resource: Resource, collection: str, body: Mapping[str, Any]) -> str:
    shown = {name: value for name, value in body.items() if value != {}}
    return _JOINT.join(
        [
            f"curl -X POST {_address(resource, collection)}",
            _KEY,
            '-H "Content-Type: application/json"',
            f"-d {shlex.quote(json.dumps(shown, indent=2, ensure_ascii=False))}",
        ]
    )


def _address(resource: Resource, path: str) -> str:
    address = VERSIONS[resource.api_version].address(path)
    return shlex.quote(f"{resource.address.rstrip('/')}/{address}")
