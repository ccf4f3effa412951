"""Base against custom model, on the engine itself.

    python benchmarks/engine.py FOLDER [WEIGHT ...]

FOLDER holds related-text.txt (a sentence a line) and test.tsv (a header, then file name,
tab, transcript) beside an `audio` folder of FLAC or WAV files, 16 kHz mono. The weight 0 stands for
the one that training chooses from held-back text.
"""

import csv
import multiprocessing
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

import soundfile

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from localspeech.engine.preparation import PreparedModel, prepare
from localspeech.engine.recognition import Recogniser
from localspeech.engine.releases import BASE_MODELS
from localspeech.engine.scoring import score
from localspeech.engine.training import Source, train

_recogniser: Recogniser


def _start(prepared: PreparedModel) -> None:
    global _recogniser
    _recogniser = Recogniser(prepared)


def _decode(path: Path) -> tuple[str, float, float]:
    samples, rate = soundfile.read(path, dtype="int16")
    began = time.process_time()
    text = _recogniser.recognise(samples.tobytes())
    return text, time.process_time() - began, len(samples) / rate


def measure(label: str, prepared: PreparedModel, rows: list[tuple[Path, str]]) -> None:
    """Decode all rows on every core and print one line."""
    began = time.perf_counter()
    with multiprocessing.Pool(os.cpu_count(), _start, (prepared,)) as pool:
        heard = pool.map(_decode, [path for path, _ in rows], chunksize=2)
    wall = time.perf_counter() - began
    total, _ = score(
        [(path.name, text, one[0]) for (path, text), one in zip(rows, heard, strict=True)]
    )
    factor = sum(one[1] for one in heard) / sum(one[2] for one in heard)
    print(
        f"{label:>12}  WER {total.word_error_rate:6.1%}  S {total.substitutions} "
        f"D {total.deletions} I {total.insertions} of {total.word_count}  "
        f"{factor:.2f} x real time a core, {wall:.0f} s in all",
        flush=True,
    )


def main() -> None:
    """Measure the base model and one custom model for each weight."""
    folder = Path(sys.argv[1])
    weights = [int(text) for text in sys.argv[2:]] or [30, 70]
    with (folder / "test.tsv").open() as file:
        table = csv.DictReader(file, delimiter="\t")
        rows = [(folder / "audio" / row["file"], row["transcript"]) for row in table]
    measure("base", prepare(None, Path()), rows)
    with tempfile.TemporaryDirectory() as work:
        for weight in weights:
            model = Path(work) / f"model-{weight}"
            source = Source("Language", folder / "related-text.txt")
            began = time.perf_counter()
            chosen = train([source], BASE_MODELS[-1].name, weight or None, model).weight_percent
            trained = time.perf_counter()
            prepared = prepare(model, Path(work) / "cache")
            print(
                f"trained in {trained - began:.1f} s "
                f"({sum(f.stat().st_size for f in model.iterdir()) / 1024:.0f} KB), "
                f"merged in {time.perf_counter() - trained:.1f} s"
            )
            measure(f"weight {chosen}", prepared, rows)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of the merging process: {peak:.0f} MB")


if __name__ == "__main__":
    main()
