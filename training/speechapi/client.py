"""One method for each operation of the Speech to text REST API that the dashboard needs."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import IO, Any

from training.speechapi import bodies, types
from training.speechapi.copying import CopyOperations
from training.speechapi.datasets import DatasetOperations
from training.speechapi.hooks import HookOperations
from training.speechapi.operations import with_query


class SpeechClient(DatasetOperations, CopyOperations, HookOperations):
    """Projects, models, tests, endpoints and transcriptions of one resource, and their lists."""

    def projects(self, query: str = "") -> Iterator[types.Project]:
        """All projects that match the filter."""
        return self._list("projects", types.Project, query)

    def datasets(self, query: str = "") -> Iterator[types.Dataset]:
        """All datasets that match the filter."""
        return self._list("datasets", types.Dataset, query)

    def base_models(self, query: str = "") -> Iterator[types.BaseModel]:
        """All base models that match the filter."""
        return self._list("models/base", types.BaseModel, query)

    def models(self, query: str = "") -> Iterator[types.CustomModel]:
        """All custom models that match the filter."""
        return self._list("models", types.CustomModel, query)

    def evaluations(self, query: str = "") -> Iterator[types.Evaluation]:
        """All evaluations that match the filter."""
        return self._list("evaluations", types.Evaluation, query)

    def endpoints(self, query: str = "") -> Iterator[types.Endpoint]:
        """All endpoints that match the filter."""
        return self._list("endpoints", types.Endpoint, query)

    def transcriptions(self, query: str = "") -> Iterator[types.Transcription]:
        """All batch transcriptions that match the filter."""
        return self._list("transcriptions", types.Transcription, query)

    def create_project(
        self, display_name: str, locale: str, description: str, properties: Mapping[str, str]
    ) -> types.Project:
        """Create a project."""
        body = bodies.named(display_name, locale, description, properties)
        return self._create("projects", types.Project, body)

    def create_model(
        self,
        display_name: str,
        locale: str,
        description: str,
        project: str,
        base_model: str,
        datasets: Sequence[str],
        weight_percent: int | None,
        properties: Mapping[str, str],
    ) -> types.CustomModel:
        """Start a training."""
        named = (display_name, locale, description, project)
        body = bodies.model(*named, base_model, datasets, weight_percent, properties)
        return self._create("models", types.CustomModel, body)

    def create_evaluation(
        self,
        display_name: str,
        locale: str,
        description: str,
        project: str,
        dataset: str,
        model1: str,
        model2: str,
        testing_kind: str,
        properties: Mapping[str, str],
    ) -> types.Evaluation:
        """Start a test; `testing_kind` is "Evaluation" for accuracy, "Inspection" otherwise."""
        named = (display_name, locale, description, project)
        body = bodies.evaluation(*named, dataset, model1, model2, testing_kind, properties)
        return self._create("evaluations", types.Evaluation, body)

    def create_endpoint(
        self,
        display_name: str,
        locale: str,
        description: str,
        project: str,
        model: str,
        logging_enabled: bool,
        properties: Mapping[str, str],
    ) -> types.Endpoint:
        """Deploy a model."""
        body = bodies.named(display_name, locale, description, properties, project)
        body |= {"model": {"self": model}, "properties": {"loggingEnabled": logging_enabled}}
        return self._create("endpoints", types.Endpoint, body)

    def set_logging(self, self_link: str, enabled: bool) -> types.Endpoint:
        """Switch an endpoint's content logging, which has another name than on creation."""
        changes = {"properties": {"contentLoggingEnabled": enabled}}
        return self.update(types.Endpoint, self_link, **changes)

    def create_transcription(
        self,
        display_name: str,
        locale: str,
        content_urls: Sequence[str],
        model: str = "",
        project: str = "",
        dataset: str = "",
    ) -> types.Transcription:
        """Start a batch transcription of addresses, or of a dataset."""
        body = bodies.named(display_name, locale, "", {}, project)
        body["properties"] = {"wordLevelTimestampsEnabled": True}
        if self._version.style == "query":
            body["properties"]["timeToLiveHours"] = 48
        if content_urls:
            body["contentUrls"] = list(content_urls)
        for name, link in (("model", model), ("dataset", dataset)):
            if link:
                body[name] = {"self": link}
        path = "transcriptions" if self._version.style == "path" else "transcriptions:submit"
        return self._create(path, types.Transcription, body)

    def recognise(self, endpoint: types.Endpoint, audio: IO[bytes]) -> types.Recognition:
        """What an endpoint hears in a short WAV; the key only goes to the resource's own host."""
        address = with_query(endpoint.interactive_link, "language", endpoint.locale)
        body: Any = self._json(
            "POST",
            with_query(address, "format", "detailed"),
            data=audio,
            headers={"Content-Type": "audio/wav; codecs=audio/pcm; samplerate=16000"},
        )
        return types.Recognition.parse(body)


def created_since(moment: datetime) -> str:
    """A filter for objects created at or after a moment."""
    return f"createdDateTime ge {moment.strftime('%Y-%m-%dT%H:%M:%SZ')}"
