"""What base models do on the built-in check set: the sample's 28 test clips, 233 words.

Every figure was printed by `python benchmarks/check_set.py`, which names the release and, where
they can be changed, its weights. What was not measured has no figure.
"""

from collections.abc import Mapping
from dataclasses import dataclass

CHECK_SET = "the sample's 28 test clips: 233 words in a synthetic voice, an invented harbour's"


@dataclass(frozen=True)
class Measured:
    """`word_error_rate`: errors over words. `speed` and `weights`, which was measured: for people.

    Machines differ, so the speed of a second family is told beside the first's in the same run.
    """

    word_error_rate: float
    speed: str
    weights: str


# Four releases, one decoder: they differ in what they learn from.
_SPHINX = Measured(0.5708, "0.11 s of computing for 1 s of audio", "pocketsphinx 5.1.1, en-us")

# By the release's name and the weights' SHA-256, "" where they come with the engine.
FIGURES: Mapping[tuple[str, str], Measured] = {
    ("20250310", ""): _SPHINX,
    ("20251201", ""): _SPHINX,
    ("20260920", ""): _SPHINX,
    ("20261120", ""): _SPHINX,
    ("20261115 Phonemes", ""): Measured(
        0.4893, "1.3 times the computing of CMU Pocketsphinx", "hama 1.7.0"
    ),
    (
        "20261110 Whisper",
        "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a",
    ): Measured(0.3863, "0.9 times the computing of CMU Pocketsphinx", "tiny.en, 8 bits"),
    (
        "20261110 Whisper",
        "905e5bf8336bcc625ba4e33498d675a4b935504118c594d868c36e91a60c1a57",
    ): Measured(0.3648, "1.8 times the computing of CMU Pocketsphinx", "base, 8 bits"),
    (
        "20261110 Whisper",
        "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
    ): Measured(0.3691, "2.6 times the computing of CMU Pocketsphinx", "base, 16 bits"),
}


def measured(release: str, weights_sha256: str = "") -> Measured | None:
    """A release's figures with the weights that it has here; None when they were not measured."""
    return FIGURES.get((release, weights_sha256))
