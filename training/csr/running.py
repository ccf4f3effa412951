"""Runs one command: what it prints, and its exit code."""

import json
from collections.abc import Mapping
from typing import Any

from training.auditing import note_command
from training.csr.actions import CREATE, Call, delete, listed, status, update, upload_dataset
from training.csr.copying import copy
from training.csr.kinds import NOUNS
from training.csr.problems import Usage
from training.csr.waiting import until_ended
from training.enums import Status
from training.models import Resource
from training.services import connecting, connection
from training.speechapi import types

_READ = ("list", "status")


def run(options: Mapping[str, Any]) -> tuple[str, int]:
    """Text for standard output, and the exit code. Raises Problem or a SpeechApiError."""
    resource = _resource(options["resource"])
    resource.api_version = options["api_version"] or resource.api_version
    noun, verb = NOUNS[options["noun"]], options["verb"]
    with connection.client(resource) as client:
        call = Call(client, resource, noun, options)
        try:
            found = _done(call, verb)
            if verb not in _READ:
                _note(call, verb, found)
        finally:
            if verb not in _READ:
                _look(resource, options)
        if isinstance(found, types.Entity) and options.get("wait") and verb != "copy":
            link = found.self_link
            found = until_ended(
                client, found, lambda: client.get(noun.entity, link), options["timeout"]
            )
            if verb not in _READ:
                _look(resource, options)
    failed = isinstance(found, types.Entity) and found.status == Status.FAILED
    return _text(found, options["output"]), 1 if failed and options.get("wait") else 0


def _note(call: Call, verb: str, found: Any) -> None:
    link = found.self_link if isinstance(found, types.Entity) else ""
    named = types.last_segment(link) or str(call.options.get(call.noun.word) or "")
    name = getattr(found, "display_name", "") or named
    note_command(verb, call.noun.word, named, name, call.resource.name)


def _done(call: Call, verb: str) -> Any:
    match verb:
        case "create":
            return CREATE[call.noun.word](call)
        case "upload":
            return upload_dataset(call)
        case "copy":
            return copy(call, _resource(call["target"]))
        case "list":
            return listed(call)
        case "status":
            return status(call)
        case "update":
            return update(call)
    return delete(call)


def _look(resource: Resource, options: Mapping[str, Any]) -> None:
    """Let the dashboard see at once what was done beside it."""
    target = options.get("target")
    connecting.look_soon(resource.pk, *([_resource(target).pk] if target else []))


def _resource(name: str | None) -> Resource:
    if name is None:
        first = Resource.objects.order_by("pk").first()
        if first is None:
            raise Usage("No resource is connected yet; add one under Resources.")
        return first
    found = Resource.objects.filter(name=name).first()
    if found is None:
        names = ", ".join(Resource.objects.values_list("name", flat=True))
        raise Usage(f"No resource is called {name}. There are: {names or 'none'}.")
    return found


def _text(found: Any, output: str) -> str:
    if found is None:
        return ""
    if output == "json":
        shown = {"values": [one.raw for one in found]} if isinstance(found, list) else found.raw
        return json.dumps(shown, indent=2, ensure_ascii=False)
    listed_ones = found if isinstance(found, list) else [found]
    links = [one.self_link for one in listed_ones]
    return "\n".join(map(types.last_segment, links) if output == "id" else links)
