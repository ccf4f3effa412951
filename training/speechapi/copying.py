"""Copying models from one resource to another."""

from training.speechapi import types
from training.speechapi.operations import Operations, action

_ANY_ID = (
    "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/any/providers/"
    "Microsoft.CognitiveServices/accounts/any"
)


class CopyOperations(Operations):
    """The target allows a copy, the source does it, and its operation tells how far it is."""

    def own_resource_id(self) -> str:
        """The full ID of this resource, as its permissions name it; "" when they do not.

        The permission that is asked for on the way is for nobody, and runs out by itself.
        """
        return self.authorize_copy(_ANY_ID).target_resource_id

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

    def copied_model(self, result: str) -> types.CustomModel:
        """The new model here; a copy's result may name it at another of the resource's hosts."""
        place = self._version.address(f"models/{types.last_segment(result)}")
        return types.CustomModel.parse(self._json("GET", place))

    def copy_operation(self, self_link: str) -> types.Operation:
        """How far a copy is."""
        return types.Operation.parse(self._json("GET", self_link))
