"""Recognising speech with a prepared model."""

import warnings

from pocketsphinx import Decoder

from localspeech.engine import assets
from localspeech.engine.dictionary import without_variant
from localspeech.engine.families import SHORTEST_BYTES, Word
from localspeech.engine.preparation import PreparedModel

_FRAME_SECONDS = 0.01
_MARKS = frozenset({"<s>", "</s>", "<sil>"})


def _is_word(token: str) -> bool:
    return token not in _MARKS and token[0] not in "[+<"


class Recogniser:
    """Holds a decoder; one utterance at a time, each independent of those before."""

    def __init__(self, prepared: PreparedModel) -> None:
        adapted = {"mean": prepared.means, "sendump": prepared.weights}
        self._decoder = Decoder(
            hmm=str(assets.acoustic_model()),
            lm=str(prepared.language_model),
            dict=str(prepared.dictionary),
            cmn="batch",
            loglevel="FATAL",
            **{name: str(path) for name, path in adapted.items() if path},
        )

    def recognise(self, pcm: bytes) -> str:
        """Lower-case words in 16 kHz mono s16le audio; "" for silence and for under 0.1 s."""
        if not self._decode(pcm):
            return ""
        hypothesis = self._decoder.hyp()
        tokens = hypothesis.hypstr.split() if hypothesis else []
        return " ".join(without_variant(token) for token in tokens if _is_word(token))

    def words(self, pcm: bytes) -> list[Word]:
        """`recognise` with the place of each word."""
        if not self._decode(pcm):
            return []
        return [
            Word(
                without_variant(one.word),
                one.start_frame * _FRAME_SECONDS,
                (one.end_frame + 1) * _FRAME_SECONDS,
            )
            for one in self._decoder.seg() or ()
            if _is_word(one.word)
        ]

    def _decode(self, pcm: bytes) -> bool:
        if len(pcm) < SHORTEST_BYTES:
            return False
        self._forget_noise()
        self._decoder.start_utt()
        self._decoder.process_raw(pcm, full_utt=True)
        self._decoder.end_utt()
        return True

    def _forget_noise(self) -> None:
        """Without it the noise estimate of one utterance reaches into the next.

        The call is deprecated as needless, yet measured: without it three of ten utterances
        came out differently in another order, with it none.
        """
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            self._decoder.start_stream()
