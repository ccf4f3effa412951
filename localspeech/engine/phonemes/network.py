"""The network of the package hama: how likely each phone of the dictionary is, every 20 ms."""

import numpy as np
from numpy.typing import NDArray

from localspeech.engine.wav import RATE

Emissions = NDArray[np.float32]
FRAME_SECONDS = 0.02
# The dictionary's phones in the network's alphabet; the tokens of one phone are added up.
PHONES = {
    "AA": "ɑ a ɒ", "AE": "æ", "AH": "ə ʌ ɐ", "AO": "ɔ", "AW": "aʊ", "AY": "aɪ", "B": "b",
    "CH": "t͡ʃ", "D": "d ɖ", "DH": "ð", "EH": "ɛ e", "ER": "ɝ ɚ ɜ", "EY": "eɪ", "F": "f",
    "G": "ɡ g", "HH": "h ɦ", "IH": "ɪ ɨ", "IY": "i", "JH": "d͡ʒ", "K": "k", "L": "l ɫ", "M": "m",
    "N": "n", "NG": "ŋ", "OW": "oʊ o", "OY": "ɔɪ", "P": "p", "R": "ɹ r ɻ", "S": "s", "SH": "ʃ",
    "T": "t ɾ ʈ", "TH": "θ", "UH": "ʊ", "UW": "u", "V": "v", "W": "w", "Y": "j", "Z": "z",
    "ZH": "ʒ",
}  # fmt: skip
BOUNDARY, BLANK = "<wb>", "<blank>"
TOKENS = (*PHONES, BOUNDARY, BLANK)


class Network:
    """Weights that come inside the package, 4.7 MB."""

    def __init__(self) -> None:
        from hama.asr import ASRModel

        model = ASRModel(model_sample_rate=RATE)
        self._session = model.session
        names = model.decoder_tokens
        self._columns = [
            [names.index(one) for one in spelled.split()]
            for spelled in (*PHONES.values(), BOUNDARY, BLANK)
        ]

    def hear(self, pcm: bytes) -> Emissions:
        """(frames, len(TOKENS)) ln P of each token in 16 kHz mono s16le audio."""
        samples = np.frombuffer(pcm[: len(pcm) // 2 * 2], "<i2").astype(np.float32) / 32768
        given = {"waveform": samples[None], "waveform_lengths": np.array([len(samples)])}
        logs, _ = self._session.run(["log_probs", "out_lengths"], given)
        each = [np.logaddexp.reduce(logs[0][:, columns], axis=1) for columns in self._columns]
        return np.ascontiguousarray(np.stack(each, axis=1), np.float32)
