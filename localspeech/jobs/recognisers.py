"""Decoders that this process keeps loaded."""

from functools import lru_cache
from pathlib import Path

from localspeech.engine.preparation import PreparedModel, prepare
from localspeech.engine.recognition import Recogniser


def recogniser(model: Path | None, cache: Path) -> Recogniser:
    """A decoder of a custom model, or of the base model for None."""
    return _loaded(prepare(model, cache))


@lru_cache(maxsize=2)
def _loaded(prepared: PreparedModel) -> Recogniser:
    return Recogniser(prepared)
