"""The nouns of the command line."""

from dataclasses import dataclass

from training.speechapi import types


@dataclass(frozen=True)
class Noun:
    """A kind of object; `option` names one of it, `verbs` are what can be done with it."""

    word: str
    collection: str
    entity: type[types.Entity]
    verbs: tuple[str, ...]

    @property
    def option(self) -> str:
        """The option that names one object."""
        return f"--{self.word}"


_ALL = ("create", "list", "status", "update", "delete")
NOUNS = {
    noun.word: noun
    for noun in (
        Noun("project", "projects", types.Project, _ALL),
        Noun("model", "models", types.CustomModel, (*_ALL, "copy")),
        Noun("dataset", "datasets", types.Dataset, (*_ALL, "upload")),
        Noun("evaluation", "evaluations", types.Evaluation, _ALL),
        Noun("endpoint", "endpoints", types.Endpoint, _ALL),
    )
}
