"""Recognising with a Whisper network, as it is or adapted to a domain's text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from localspeech.engine import counts, training
from localspeech.engine.errors import EngineError
from localspeech.engine.families import SHORTEST_BYTES, Word
from localspeech.engine.segments import cut
from localspeech.engine.text import normalise, words
from localspeech.engine.wav import RATE
from localspeech.engine.whisper import context
from localspeech.engine.whisper.decoding import MOST_CONTEXT, Heard, Hypothesis, Network
from localspeech.engine.whisper.features import WINDOW_SECONDS
from localspeech.engine.whisper.rescoring import SCALE, LanguageScore

WEIGHTS_KEY = "weights_sha256"
_LEAST_LENGTH = 0.75
_LONGEST_BYTES = 2 * RATE * WINDOW_SECONDS


@dataclass(frozen=True)
class Adaptation:
    """A custom model's own part: its language model at its weight, and tokens of its words."""

    language: LanguageScore
    context: tuple[int, ...]

    def best(self, plain: Sequence[Hypothesis], told: Sequence[Hypothesis]) -> Hypothesis:
        """The reading that fits audio and domain; the likelier one when two fit alike.

        `plain`: heard without the context, at least one, the likeliest first. `told`: with it.
        """
        count = len(words(plain[0].text))
        sound = [one for one in told if _is_as_long(len(words(one.text)), count)]
        return max(
            (*plain, *sound),
            key=lambda one: one.log_probability + SCALE * self.language.gain(words(one.text)),
        )


def _is_as_long(words_told: int, words_plain: int) -> bool:
    """A context may change words. When it loses or adds many, decoding broke off or repeats it."""
    return _LEAST_LENGTH * words_plain <= words_told <= words_plain / _LEAST_LENGTH


def adaptation(model_dir: Path, network: Network, weights_sha256: str) -> Adaptation:
    """Read a custom model's part.

    The weight also bounds how many tokens of the domain's words are told. Raises EngineError
    when it is damaged or was trained on other weights.
    """
    described = training.description(model_dir)
    if described.get(WEIGHTS_KEY) != weights_sha256:
        raise EngineError(
            "InvalidModel",
            "The model was trained on other Whisper weights than this server has; train it again.",
        )
    weight = described["weight_percent"] / 100
    listed = context.sentence(context.load(model_dir))
    tokens = network.vocabulary.encode(listed)[: round(MOST_CONTEXT * weight)]
    language = LanguageScore(counts.load(model_dir / training.COUNTS_FILE), weight)
    return Adaptation(language, tuple(tokens))


class WhisperRecogniser:
    """One utterance at a time, each independent of those before."""

    def __init__(self, network: Network, adapted: Adaptation | None) -> None:
        self._network, self._adapted = network, adapted

    def recognise(self, pcm: bytes) -> str:
        """Lower-case words in 16 kHz mono s16le audio; "" for silence and for under 0.1 s."""
        texts = [normalise(best.text) for _, _, best in self._read(pcm)]
        return " ".join(text for text in texts if text)

    def words(self, pcm: bytes) -> list[Word]:
        """`recognise` with the place of each word."""
        return [
            Word(word.text, offset + word.start, offset + word.end)
            for offset, heard, best in self._read(pcm)
            for word in self._placed(heard, best)
        ]

    def _read(self, pcm: bytes) -> Iterator[tuple[float, Heard, Hypothesis]]:
        """Offset in seconds, sound and reading of each piece that the network can hear at once."""
        pieces = cut(pcm) if len(pcm) > _LONGEST_BYTES else [(0, len(pcm) // 2)]
        for start, stop in pieces:
            piece = pcm[2 * start : 2 * stop]
            if len(piece) < SHORTEST_BYTES or not any(piece):
                continue
            heard = self._network.hear(piece)
            best = self._best(heard)
            if best:
                yield start / RATE, heard, best

    def _best(self, heard: Heard) -> Hypothesis | None:
        plain, adapted = self._network.hypotheses(heard), self._adapted
        if not plain:
            return None
        if adapted is None:
            return plain[0]
        told = self._network.hypotheses(heard, adapted.context) if adapted.context else ()
        return adapted.best(plain, told)

    def _placed(self, heard: Heard, best: Hypothesis) -> Iterator[Word]:
        """Words of a reading; those that one written word stands for share its time."""
        begins = self._network.places(heard, best.tokens)
        for first, last, written in self._network.vocabulary.written_words(best.tokens):
            spoken = words(written)
            start, length = begins[first], begins[last] - begins[first]
            for number, text in enumerate(spoken):
                yield Word(
                    text,
                    start + length * number / len(spoken),
                    start + length * (number + 1) / len(spoken),
                )
