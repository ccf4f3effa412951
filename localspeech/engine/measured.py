"""What base models do on the built-in check set: the sample's 28 test clips, 233 words.

Every figure was printed by `python benchmarks/check_set.py`, which names the release and, where
they can be changed, its weights. What was not measured has no figure.
"""

from collections.abc import Mapping
from dataclasses import dataclass

CHECK_SET = "the sample's 28 test clips: 233 words in a synthetic voice, an invented harbour's"


@dataclass(frozen=True)
class Measured:
    """`word_error_rate`: errors over words. `real_time_factor`: a core's seconds for one of audio.

    `weights`: what was measured, for people.
    """

    word_error_rate: float
    real_time_factor: float
    weights: str


# Four releases, one decoder: they differ in what they learn from.
_SPHINX = Measured(0.5708, 0.24, "pocketsphinx 5.1.1, en-us")

# By the release's name and the weights' SHA-256, "" where they come with the engine.
FIGURES: Mapping[tuple[str, str], Measured] = {
    ("20250310", ""): _SPHINX,
    ("20251201", ""): _SPHINX,
    ("20260920", ""): _SPHINX,
    ("20261120", ""): _SPHINX,
    (
        "20261110 Whisper",
        "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a",
    ): Measured(0.3863, 0.22, "tiny.en, 8 bits"),
    (
        "20261110 Whisper",
        "905e5bf8336bcc625ba4e33498d675a4b935504118c594d868c36e91a60c1a57",
    ): Measured(0.3648, 0.43, "base, 8 bits"),
}


def measured(release: str, weights_sha256: str = "") -> Measured | None:
    """A release's figures with the weights that it has here; None when they were not measured."""
    return FIGURES.get((release, weights_sha256))
