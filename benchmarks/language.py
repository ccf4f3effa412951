"""Training from text by the number of sentences: time, memory, size on disk, and loading.

    python benchmarks/language.py [--sentences 1000 10000 100000] [--times 3] [--text FILE]
        [--lmplz PROGRAM]

Without a file, sentences are drawn from the base model's pairs of words, so that they hold more
different n-grams than a real domain of that size; one word in fifty is made up. Each size is
trained (without a weight, so that one is chosen), merged with the base, and loaded for recognition
in processes of their own; figures are medians, memory the most that a process held. Loading is
what a process does that finds the merged form. KenLM's lmplz, if there is one, estimates trigrams
of the same normalised sentences in the same run; "weighed" is a training that is given its weight,
and "estimate" what takes lmplz's place in it: counting, and Kneser-Ney of the counts.
"""

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as `manage.py up` has it

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import itertools

from localspeech.engine import counts, estimation, sentences, trie
from localspeech.engine.preparation import prepare
from localspeech.engine.recognition import Recogniser
from localspeech.engine.releases import BASE_MODELS
from localspeech.engine.sentences import BEGIN, END
from localspeech.engine.text import words
from localspeech.engine.training import Source, texts, train

MOST_WORDS, NEW_WORDS, NEW_SHARE = 30, 8_000, 0.02
SILENCE = bytes(32_000)
PARTS = ("train", "weighed", "estimate", "merge", "load")
LMPLZ = "lmplz"


def make(path: Path, count: int) -> None:
    """Write sentences that the base model might say."""
    base, chance = trie.base(), np.random.default_rng(7)
    sums = np.concatenate([[0.0], np.cumsum(np.exp(base.p2))])
    first = np.searchsorted(base.k2, np.arange(base.size + 1) * base.size)
    begin, end = base.words.index(BEGIN), base.words.index(END)
    said = [np.full(count, begin)]
    for _ in range(MOST_WORDS):
        low, high = sums[first[said[-1]]], sums[first[said[-1] + 1]]
        wanted = low + chance.random(count) * (high - low)
        at = np.clip(np.searchsorted(sums, wanted, "right") - 1, 0, len(base.k2) - 1)
        following = np.where(high > low, base.k2[at] % base.size, end)
        said.append(np.where(said[-1] == end, end, following))
    made = chance.integers(0, NEW_WORDS, (count, MOST_WORDS))
    is_made = chance.random((count, MOST_WORDS)) < NEW_SHARE
    with path.open("w") as file:
        for row, names, new in zip(np.stack(said[1:], 1), made, is_made, strict=True):
            words = [
                _name(name) if is_new else base.words[word]
                for word, name, is_new in zip(row, names, new, strict=True)
                if word != end
            ]
            file.write(" ".join(words or ["yes"]) + "\n")


def _name(number: int) -> str:
    syllables = ("skel", "wick", "orm", "say", "bro", "dun", "tar", "vel", "mi", "ka")
    return "".join(syllables[int(digit)] for digit in f"{number:04}")


def part(name: str, work: Path) -> None:
    """Do one part in this process, and print what it took."""
    clock, processor = time.perf_counter(), time.process_time()
    source = Source("Language", work / "text")
    if name == "train":
        train([source], BASE_MODELS[-1].name, None, work / "model")
    elif name == "weighed":
        train([source], BASE_MODELS[-1].name, 30, work / "weighed")
    elif name == "estimate":
        counted = counts.count(sentences.gather(filter(None, map(words, texts([source])))))
        estimation.estimate(counted, counted.words)
    else:
        prepared = prepare(work / "model", work / "cache")
        if name == "load":
            Recogniser(prepared).recognise(SILENCE)
    found = {
        "clock": time.perf_counter() - clock,
        "processor": time.process_time() - processor,
        "peak": _most_memory(),
    }
    print(json.dumps(found))


def lmplz(program: Path, work: Path) -> dict[str, float]:
    """What the program takes for trigrams of the sentences as training reads them."""
    read = work / "normalised"
    if not read.exists():
        lines = (" ".join(words(one)) for one in texts([Source("Language", work / "text")]))
        read.write_text("".join(f"{line}\n" for line in lines if line))
    command = [program, "-o", "3", "-S", "1G", "-T", work, "--discount_fallback"]
    clock = time.perf_counter()
    with read.open() as given, (work / "arpa").open("w") as made:
        ran = subprocess.Popen(command, stdin=given, stdout=made, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(ran.pid, 0)
    assert status == 0, status
    return {
        "clock": time.perf_counter() - clock,
        "processor": used.ru_utime + used.ru_stime,
        "peak": used.ru_maxrss / 1024,
    }


def _most_memory() -> float:
    """MB that this process held at most; getrusage would count what its parent held at the fork."""
    status = Path("/proc/self/status").read_text()
    return int(re.findall(r"VmHWM:\s+(\d+) kB", status)[0]) / 1024


def measured(work: Path, times: int, program: Path | None) -> dict[str, dict[str, float]]:
    """Medians for each part."""
    names = (*PARTS, LMPLZ) if program else PARTS
    runs: dict[str, list[dict[str, float]]] = {name: [] for name in names}
    for _ in range(times):
        if program:
            runs[LMPLZ].append(lmplz(program, work))
        for name in PARTS:
            if name == "merge":
                subprocess.run(["rm", "-rf", work / "cache"], check=True)
            command = [sys.executable, __file__, "--part", name, str(work)]
            runs[name].append(json.loads(subprocess.check_output(command)))
    return {
        name: {key: statistics.median(one[key] for one in found) for key in found[0]}
        for name, found in runs.items()
    }


def show(count: int, work: Path, found: dict[str, dict[str, float]]) -> None:
    """One line."""
    size = sum(file.stat().st_size for file in (work / "model").iterdir()) / 1e6
    merged = sum(file.stat().st_size for file in work.glob("cache/*/*")) / 1e6
    count_words = json.loads((work / "model" / "model.json").read_text())["word_count"]
    parts = "".join(
        f"  {name:8} {one['clock']:7.2f} s clock {one['processor']:7.2f} s processor "
        f"{one['peak']:6.0f} MB\n"
        for name, one in found.items()
    )
    print(
        f"{count:>9,} sentences, {count_words:>10,} words\n{parts}"
        f"  on disk {size:.2f} MB, merged form {merged:.0f} MB",
        flush=True,
    )


def main() -> None:
    """A line for each size, then how time grew with the text."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sentences", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--text", type=Path)
    parser.add_argument("--lmplz", type=Path)
    parser.add_argument("--part", nargs=2)
    given = parser.parse_args()
    if given.part:
        part(given.part[0], Path(given.part[1]))
        return
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    taken = []
    for count in given.sentences:
        with tempfile.TemporaryDirectory() as folder:
            work = Path(folder)
            if given.text:
                lines = given.text.read_text().splitlines()[:count]
                (work / "text").write_text("\n".join(lines))
            else:
                make(work / "text", count)
            found = measured(work, given.times, given.lmplz)
            show(count, work, found)
            taken.append((count, found["train"]["processor"]))
    for (few, before), (many, after) in itertools.pairwise(taken):
        print(
            f"{few:,} to {many:,}: text x {many / few:.0f}, processor time x {after / before:.1f}"
        )


if __name__ == "__main__":
    main()
