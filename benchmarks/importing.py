"""Processor time and memory of a text's import by the local service, by the number of sentences.

    python benchmarks/importing.py [--sentences 25000 50000 100000] [--new-words 8000] [--times 3]

Sentences of twelve words are drawn from the shipped dictionary, some of them often; one word in
twenty is made up. Each size is imported in a process of its own.
"""

import argparse
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from localspeech.engine import lexicon, vocabulary
from localspeech.engine.inspection import inspect_dataset

WORDS_A_SENTENCE = 12


def make(path: Path, sentences: int, new_words: int) -> None:
    """Write the text."""
    chance = random.Random(7)
    known = [word for word in lexicon.dictionary() if word.isalpha()]
    made = [chance.choice(known)[:5] + chance.choice(known)[-5:] for _ in range(new_words)]
    with path.open("w") as file:
        for _ in range(sentences):
            words = [
                chance.choice(made) if chance.random() < 0.05
                else known[int(len(known) * chance.random() ** 4)]
                for _ in range(WORDS_A_SENTENCE)
            ]  # fmt: skip
            file.write(" ".join(words) + "\n")


def measure(path: Path) -> None:
    """Import in this process, and print what it took."""
    lexicon.dictionary()
    began = time.process_time()
    report = inspect_dataset("Language", path)
    read = time.process_time() - began
    vocabulary.describe(report.words or {}, report.given)
    whole = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"read": read, "words": whole - read, "whole": whole, "peak": peak}))


def main() -> None:
    """Print a line for each size, with the median of several runs."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sentences", type=int, nargs="+", default=[25_000, 50_000, 100_000])
    parser.add_argument("--new-words", type=int, default=8000)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--text", type=Path)
    options = parser.parse_args()
    if options.text:
        measure(options.text)
        return
    one_thread = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}  # as `manage.py up` has it
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "text.txt"
        for sentences in options.sentences:
            make(path, sentences, options.new_words)
            command = [sys.executable, __file__, "--text", str(path)]
            runs = [
                json.loads(
                    subprocess.run(command, check=True, capture_output=True, env=one_thread).stdout
                )
                for _ in range(options.times)
            ]
            read, words, whole = (
                statistics.median(one[name] for one in runs) for name in ("read", "words", "whole")
            )
            peak = max(one["peak"] for one in runs)
            print(f"{sentences:,} sentences: {whole:.2f} s ({read:.2f} s to read and count, "
                  f"{1e6 * read / sentences:.1f} µs a sentence; {words:.2f} s for the new words), "
                  f"peak {peak:.0f} MiB")  # fmt: skip


if __name__ == "__main__":
    main()
