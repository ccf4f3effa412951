"""`model copy`: to another connected resource, and into a project of it."""

from typing import Any

from training.csr.actions import Call
from training.csr.problems import Problem, Usage
from training.csr.waiting import until_ended
from training.enums import Status
from training.models import Resource
from training.services import connection
from training.speechapi import types


def copy(call: Call, target: Resource) -> Any:
    """The operation; with `--wait` or `--project` the new model, once it is there."""
    if target.pk == call.resource.pk:
        raise Usage("The target is the resource that has the model; name another one.")
    with connection.client(target) as there:
        project = call["project"] or ""
        link = project if not project or "/" in project else there.link("projects", project)
        model = call.client.get(types.CustomModel, call.link("model"))
        source = call.resource.service_id or call.client.own_resource_id()
        operation = call.client.copy_model(model, there.authorize_copy(source))
        if not (call["wait"] or project):
            return operation
        operation = until_ended(
            call.client,
            operation,
            lambda: call.client.copy_operation(operation.self_link),
            call["timeout"],
        )
        if operation.status == Status.FAILED:
            raise Problem(operation.error_message or "The copy failed; the service gave no reason.")
        made = there.copied_model(operation.result)
        return there.update(types.CustomModel, made.self_link, project=link) if link else made
