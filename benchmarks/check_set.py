"""Word error rate and speed of every base model on the built-in check set.

    python benchmarks/check_set.py [FOLDER "NAME OF THE WEIGHTS"] ...

Prints entries of FIGURES in localspeech/engine/measured.py: the releases of CMU Pocketsphinx, the
phoneme family's where its extra is installed, and one for each folder with Whisper weights. The
speed is the processor time of one core, loading left out, on audio of two to five seconds a clip.
"""

import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from localspeech.engine import phonemes, transcripts
from localspeech.engine.cmu import Cmu
from localspeech.engine.families import Recogniser
from localspeech.engine.releases import BASE_MODELS, PHONEMES_RELEASE, WHISPER_RELEASE
from localspeech.engine.scoring import score
from localspeech.engine.whisper.weights import Weights

AUDIO = ROOT / "training" / "sample" / "test-audio.zip"


def measure(recogniser: Recogniser) -> tuple[float, float]:
    """Word error rate, and processor seconds for one of audio."""
    clips = transcripts.test_set(AUDIO)
    sounds = [transcripts.read_pcm(AUDIO, one.file) for one in clips]
    recogniser.recognise(sounds[0])
    began = time.process_time()
    heard = [recogniser.recognise(pcm) for pcm in sounds]
    took = time.process_time() - began
    rows = [(one.file, one.transcript, text) for one, text in zip(clips, heard, strict=True)]
    return score(rows)[0].word_error_rate, took / sum(one.duration_seconds for one in clips)


def show(
    release: str, sha256: str, weights: str, recogniser: Recogniser, first: float = 0.0
) -> float:
    """One entry; its seconds for one of audio, which are told beside the `first` family's."""
    rate, factor = measure(recogniser)
    speed = f"{factor:.2f} s of computing for 1 s of audio"
    if first:
        speed = f"{factor / first:.1f} times the computing of CMU Pocketsphinx"
    print(f'("{release}", "{sha256}"): Measured({rate:.4f}, "{speed}", "{weights}"),', flush=True)
    return factor


def main() -> None:
    """Measure what comes with the engine, then the named weights."""
    for release in BASE_MODELS:
        first = show(release.name, "", "pocketsphinx 5.1.1, en-us", Cmu(Path()).recogniser(None))
    with tempfile.TemporaryDirectory() as work:
        if phonemes.is_installed():
            from localspeech.engine.phonemes.family import Phonemes

            family = Phonemes(Path(work) / "cache")
            show(PHONEMES_RELEASE.name, "", "hama 1.7.0", family.recogniser(None), first)
        for number, (folder, name) in enumerate(zip(sys.argv[1::2], sys.argv[2::2], strict=True)):
            from localspeech.engine.whisper.family import Whisper

            weights = Weights(Path(folder), Path(work) / str(number))
            sha256 = weights.checked()
            show(WHISPER_RELEASE.name, sha256, name, Whisper(weights).recogniser(None), first)


if __name__ == "__main__":
    main()
