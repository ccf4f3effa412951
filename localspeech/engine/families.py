"""What every family of base models does, so that nothing else need know which one it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from localspeech.engine.training import Sound, Source, TrainingReport

SHORTEST_BYTES = 3200  # 0.1 s


@dataclass(frozen=True)
class Word:
    """A word and where it stands, in seconds from the beginning."""

    text: str
    start: float
    end: float


class Recogniser(Protocol):
    """Hears one utterance at a time, each independent of those before.

    `pcm` is 16 kHz mono s16le audio. Raises EngineError when the model cannot be used.
    """

    def recognise(self, pcm: bytes) -> str:
        """Lower-case words parted by spaces; "" for silence and for under 0.1 s."""

    def words(self, pcm: bytes) -> list[Word]:
        """`recognise` with the place of each word."""


class Family(Protocol):
    """A kind of model: how it is adapted, and how it hears."""

    def recogniser(self, model: Path | None) -> Recogniser:
        """That of a custom model's folder, or of the base model for None. Raises EngineError."""

    def train(
        self,
        sources: Sequence[Source],
        base_model: str,
        weight_percent: int | None,
        model_dir: Path,
        sound: Sound | None,
    ) -> TrainingReport:
        """Write a model's own part to `model_dir`, replacing it as a whole. Raises EngineError.

        `sound` is what the recordings among the sources taught, for a release that learns so.
        """
