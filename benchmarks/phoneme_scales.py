"""How the phoneme family's two scales were chosen, on recordings that no test uses.

    python benchmarks/phoneme_scales.py [FOLDER ...]

For each set that speech.py describes, word error rates of the base on held-back recordings of the
data to adapt to (all of it, of a set with one speaker), by the weight of the language model and
the score that each word costs.
"""

import itertools
import sys
import tempfile
from pathlib import Path

import speech

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from localspeech.engine.phonemes import search
from localspeech.engine.phonemes.family import Phonemes
from localspeech.engine.phonemes.network import Network
from localspeech.engine.scoring import score

LANGUAGE_WEIGHTS, WORD_SCORES = (1.5, 2.0, 2.5, 3.0), (-2.0, -1.0, 0.0, 1.0)


def main() -> None:
    """A line for each pair of scales."""
    network, heard = Network(), {}
    for found in map(speech.read, speech.folders(sys.argv[1:])):
        takes = speech.held_back(found.adapt)
        takes = found.adapt if len({one.speaker for one in takes}) == 1 else takes
        sounds = [network.hear(speech.samples(one).tobytes()) for one in takes]
        heard[found.name] = list(zip(takes, sounds, strict=True))
    with tempfile.TemporaryDirectory() as work:
        Phonemes(Path(work)).recogniser(None)
        folder = next(one for one in Path(work).iterdir() if one.is_dir())
        for scales in itertools.product(LANGUAGE_WEIGHTS, WORD_SCORES):
            search.LANGUAGE_WEIGHT, search.WORD_SCORE = scales
            tried = search.Search(folder / "language.arpa", folder / "words.dict")
            for name, pairs in heard.items():
                rows = [
                    (take.path.name, take.text, " ".join(one.text for one in tried.words(sound)))
                    for take, sound in pairs
                ]
                print(f"{scales} {name}: {score(rows)[0].word_error_rate:.1%}", flush=True)


if __name__ == "__main__":
    main()
