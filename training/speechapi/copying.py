"""Copying models from one resource to another."""

from training.speechapi import types
from training.speechapi.operations import Operations, action


class CopyOperations(Operations):
    """The target allows a copy, the source does it, and its operation tells how far it is."""

    def authorize_copy(self, source_resource_id: str) -> types.CopyAuthorization:
        """Allow a resource, named by its full Azure ID, to put one model here."""
        body = {"sourceResourceId": source_resource_id}
        return types.CopyAuthorization.parse(
            self._json("POST", self._version.address("models:authorizecopy"), json=body)
        )

    def copy_model(
        self, model: types.CustomModel, authorization: types.CopyAuthorization
    ) -> types.Operation:
        """Begin a copy by an authorization; the same one again gives the same operation."""
        address = model.copy_link or action(model.self_link, "copy")
        return types.Operation.parse(self._json("POST", address, json=dict(authorization.raw)))

    def copy_model_by_key(self, model: types.CustomModel, target_key: str) -> types.CustomModel:
        """Copy in the older way, by the target's key, where its authorization cannot be had."""
        address = model.copy_link or action(model.self_link, "copy")
        body = self._json("POST", address, json={"targetSubscriptionKey": target_key})
        return types.CustomModel.parse(body)

    def copy_operation(self, self_link: str) -> types.Operation:
        """How far a copy is."""
        return types.Operation.parse(self._json("GET", self_link))
