"""A Whisper network in memory: what it hears, how likely each of several readings is, and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ctranslate2
import numpy as np

from localspeech.engine.errors import EngineError
from localspeech.engine.wav import RATE
from localspeech.engine.whisper.features import FRAME_RATE, log_mel
from localspeech.engine.whisper.tokens import Vocabulary

BEAM = 10
MOST_CONTEXT = 223
_TOKENS_A_SECOND, _LEAST_TOKENS, _MOST_TOKENS = 10, 20, 448
_ALIGNED_A_SECOND = 50
# Below both, what was decoded is taken for noise (Radford et al., 2022, section 4.5).
_NO_SPEECH, _LEAST_MEAN_LOG = 0.6, -1.0


@dataclass(frozen=True)
class Hypothesis:
    """One reading: its tokens, their text, and ln P(tokens | audio, context)."""

    tokens: tuple[int, ...]
    text: str
    log_probability: float


@dataclass(frozen=True)
class Heard:
    """Audio of at most 30 s as the network's encoder left it."""

    encoded: Any
    seconds: float


class Network:
    """The weights of a folder, on one core. Raises EngineError when they cannot be loaded."""

    def __init__(self, folder: Path) -> None:
        try:
            self._model = ctranslate2.models.Whisper(
                str(folder), device="cpu", compute_type="int8", inter_threads=1, intra_threads=1
            )
        except (RuntimeError, ValueError) as error:
            message = f"The Whisper weights in {folder} cannot be loaded: {error}"
            raise EngineError("InvalidModel", message) from error
        self.vocabulary = Vocabulary(folder, self._model.is_multilingual)

    def hear(self, pcm: bytes) -> Heard:
        """Encode 16 kHz mono s16le audio of at most 30 s."""
        features = ctranslate2.StorageView.from_array(log_mel(pcm, self._model.n_mels)[None])
        return Heard(self._model.encode(features), len(pcm) / 2 / RATE)

    def hypotheses(self, heard: Heard, context: Sequence[int] = ()) -> list[Hypothesis]:
        """Up to BEAM readings, the likeliest first; none when it is no speech.

        `context`: at most MOST_CONTEXT tokens of what may be spoken of.
        """
        prompt = self.vocabulary.prompt(context[:MOST_CONTEXT])
        room = _LEAST_TOKENS + round(_TOKENS_A_SECOND * heard.seconds)
        found = self._model.generate(
            heard.encoded,
            [prompt],
            beam_size=BEAM,
            num_hypotheses=BEAM,
            return_scores=True,
            return_no_speech_prob=True,
            suppress_tokens=self.vocabulary.suppressed,
            max_length=min(len(prompt) + room, _MOST_TOKENS),
        )[0]
        pairs = list(zip(found.sequences_ids, found.scores, strict=True))
        if not pairs or (found.no_speech_prob > _NO_SPEECH and pairs[0][1] < _LEAST_MEAN_LOG):
            return []
        # The library's scores are means over the tokens, and so is its order.
        readings = [
            Hypothesis(tuple(ids), self.vocabulary.decode(ids), mean * len(ids))
            for ids, mean in pairs
        ]
        return sorted(readings, key=lambda one: -one.log_probability)

    def places(self, heard: Heard, tokens: Sequence[int]) -> list[float]:
        """When each token begins, and after them when the last ends; in seconds."""
        frames = max(round(heard.seconds * FRAME_RATE), 2)
        aligned = self._model.align(heard.encoded, self.vocabulary.begin, [list(tokens)], frames)[0]
        pairs = np.array(aligned.alignments, np.int64).reshape(-1, 2)
        first = np.searchsorted(pairs[:, 0], np.arange(len(tokens) + 1))
        ends = np.append(pairs[:, 1] / _ALIGNED_A_SECOND, heard.seconds)
        return [float(min(second, heard.seconds)) for second in ends[first]]
