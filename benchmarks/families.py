"""What text does to each family of base models, on the engine itself.

    python benchmarks/families.py [--whisper WEIGHTS] [FOLDER ...]

WEIGHTS is a folder with Whisper weights, without which that family is left out; the phoneme
family is measured where its extra is installed. Sets are described in speech.py. The weight of
the text is chosen on held-back recordings of the training data, with text that lacks their
sentences, and once by the training itself, on held-back text; the test is looked at once.
Intervals are 95%, of 10,000 paired bootstrap samples of the utterances.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import speech

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from adaptation import Tried, show

from localspeech.engine import phonemes
from localspeech.engine.cmu import Cmu
from localspeech.engine.families import Family, Recogniser
from localspeech.engine.phonemes.family import Phonemes
from localspeech.engine.releases import BASE_MODELS, PHONEMES_RELEASE, WHISPER_RELEASE
from localspeech.engine.scoring import score
from localspeech.engine.text import normalise
from localspeech.engine.training import Source
from localspeech.engine.whisper.family import Whisper
from localspeech.engine.whisper.weights import Weights

# The first is the usual one, which stays where another is not better.
WEIGHTS = (30, 50, 70, 90)


def tested(label: str, recogniser: Recogniser, takes: Sequence[speech.Take]) -> Tried:
    """A model on recordings; its seconds are processor time."""
    began = time.process_time()
    heard = [recogniser.recognise(speech.samples(one).tobytes()) for one in takes]
    took = time.process_time() - began
    rows = [(one.path.name, one.text, text) for one, text in zip(takes, heard, strict=True)]
    counts = np.array(
        [[r.substitutions, r.deletions, r.insertions, r.word_count] for r in score(rows)[1]]
    )
    return Tried(label, label, took, counts=counts)


class Bench:
    """One family in a folder of its own."""

    def __init__(self, family: Family, release: str, folder: Path) -> None:
        self.family, self.release, self.folder = family, release, folder
        self.weight = 0

    def trained(self, text: Sequence[str], weight: int | None) -> Recogniser:
        """A model of the text; without a weight, held-back text chooses it."""
        source = self.folder / "text.txt"
        source.write_text("\n".join(text))
        model = self.folder / f"model-{weight}-{len(text)}"
        sources = [Source("Language", source)]
        self.weight = self.family.train(sources, self.release, weight, model, None).weight_percent
        return self.family.recogniser(model)

    def chosen_weight(self, found: speech.SpeechSet) -> int:
        """The weight with the fewest errors on held-back training data."""
        dev = speech.held_back(found.adapt)
        said = {normalise(one.text) for one in dev}
        text = [one for one in found.text if normalise(one) not in said]
        tried = [tested(str(weight), self.trained(text, weight), dev) for weight in WEIGHTS]
        rates = ", ".join(f"{one.label}: {one.rate:.1f}%" for one in tried)
        best = min(tried, key=lambda one: one.rate)
        print(f"weight chosen on {len(dev)} held-back clips ({rates}): {best.label}", flush=True)
        return int(best.label)

    def run(self, found: speech.SpeechSet) -> None:
        """A table: the base, and the base with the domain's text."""
        print(f"\n{self.release}, {found.name}: {len(found.test)} clips, ", end="")
        print(f"{speech.seconds(found.test):.0f} s", flush=True)
        weight = self.chosen_weight(found)
        base = tested("baseline", self.family.recogniser(None), found.test)
        wished = tested(f"text {weight}", self.trained(found.text, weight), found.test)
        unsaid = self.trained(found.text, None)
        show([base, wished, tested(f"text, chosen {self.weight}", unsaid, found.test)])


def families(work: Path, weights: Path | None) -> Iterator[tuple[Family, str]]:
    """Each with the name of its newest release."""
    if weights:
        yield Whisper(Weights(weights, work / "sha256")), WHISPER_RELEASE.name
    if phonemes.is_installed():
        yield Phonemes(work / "cache"), PHONEMES_RELEASE.name
    yield Cmu(work / "cache"), BASE_MODELS[-1].name


def main() -> None:
    """Every family on every set."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--whisper", type=Path)
    parser.add_argument("folders", nargs="*")
    given = parser.parse_args()
    sets = [speech.read(one) for one in speech.folders(given.folders)]
    with tempfile.TemporaryDirectory() as work:
        for family, release in families(Path(work), given.whisper):
            folder = Path(work) / release
            folder.mkdir()
            for found in sets:
                Bench(family, release, folder).run(found)


if __name__ == "__main__":
    main()
