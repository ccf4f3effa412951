"""Audio without transcripts."""

from pathlib import Path

from localspeech.engine import archive, wav
from localspeech.engine.errors import EngineError
from localspeech.engine.reports import LineProblem, Tally
from localspeech.engine.transcripts import Utterance


def clips(path: Path) -> tuple[Utterance, ...]:
    """Usable clips of an archive in the order of their names. Raises EngineError."""
    return read(path)[0]


def read(path: Path) -> tuple[tuple[Utterance, ...], Tally]:
    """Clips with empty transcripts, and what was wrong with the others.

    Raises EngineError when none is left.
    """
    tally, found = Tally(seconds=0.0), []
    with archive.opened(path) as opened:
        for name in archive.audio_names(opened):
            try:
                found.append(Utterance(name, "", wav.duration(opened, name)))
            except EngineError as error:
                tally.reject(LineProblem(error.message, file=name))
    if not found:
        raise EngineError("InvalidData", "The zip archive holds no WAV file that can be used.")
    tally.accepted = len(found)
    tally.seconds = sum(one.duration_seconds for one in found)
    return tuple(found), tally
