"""The family of CMU Pocketsphinx: acoustic model, dictionary and language model, each adapted."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from localspeech.engine import training
from localspeech.engine.preparation import PreparedModel, base_with, prepare
from localspeech.engine.recognition import Recogniser
from localspeech.engine.training import Sound, Source, TrainingReport


class Cmu:
    """Models whose merged forms lie in a cache folder."""

    def __init__(self, cache: Path) -> None:
        self._cache = cache

    def recogniser(self, model: Path | None) -> Recogniser:
        """A decoder of a custom model, or of the base model for None. Raises EngineError."""
        return _loaded(prepare(model, self._cache))

    def trial(self, acoustics: Path) -> Recogniser:
        """A decoder of the base's words with an acoustic model that is being tried."""
        return _loaded(base_with(acoustics))

    def train(
        self,
        sources: Sequence[Source],
        base_model: str,
        weight_percent: int | None,
        model_dir: Path,
        sound: Sound | None,
    ) -> TrainingReport:
        """Counts of the words, their pronunciations, and what the recordings taught."""
        return training.train(sources, base_model, weight_percent, model_dir, sound)


@lru_cache(maxsize=2)
def _loaded(prepared: PreparedModel) -> Recogniser:
    return Recogniser(prepared)
