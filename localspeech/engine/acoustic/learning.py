"""Learning from a piece of the recordings, and a model from all that was learned."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from localspeech.engine import archive, wav
from localspeech.engine.acoustic import aligner, estimation, statistics
from localspeech.engine.acoustic.corpus import Clip
from localspeech.engine.acoustic.model import AcousticModel, base
from localspeech.engine.acoustic.statistics import Statistics
from localspeech.engine.errors import EngineError
from localspeech.engine.text import words


@dataclass(frozen=True)
class Lesson:
    """Sums over a piece's aligned clips, and why the others are missing, by their place in it."""

    sums: Statistics
    faults: Mapping[int, str]


def learn(
    clips: Sequence[Clip], archives: Sequence[Path], pronunciations: aligner.Lexicon
) -> Lesson:
    """Align clips one after another; memory does not grow with their number."""
    model, faults = base(), {}
    sums = statistics.zero(model)
    for number, path in enumerate(archives):
        with archive.opened(path) as opened:
            for place, clip in enumerate(clips):
                if clip.archive != number:
                    continue
                try:
                    pcm = wav.pcm(opened, clip.file)
                    spoken = words(clip.transcript)
                    sums.add(model, aligner.align(model, pcm, spoken, pronunciations))
                except aligner.Unalignable as fault:
                    faults[place] = str(fault)
                except EngineError as error:
                    faults[place] = error.message
    return Lesson(sums, faults)


def adapted(sums: Statistics) -> AcousticModel:
    """The base model after all that was learned; the base itself from nothing."""
    original = base()
    if not sums.frames:
        return original
    means = estimation.posterior_means(estimation.moved(original, sums), sums)
    return original.changed(means, estimation.posterior_weights(original.weights, sums))
