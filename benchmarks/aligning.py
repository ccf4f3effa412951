"""The aligner beside pocketsphinx's own, how much audio a day is learned from, and in what memory.

    python benchmarks/aligning.py [FOLDER ...]

Sets are described in speech.py. Learning runs in one process a core, as engine workers do, over
the same recordings again and again; rates are medians of three runs. Memory is the most that a
process of its own held while it learned from them.
"""

import multiprocessing
import os
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as `manage.py up` has it

import speech
from pocketsphinx import Decoder

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from localspeech.engine import assets, lexicon
from localspeech.engine.acoustic import aligner, corpus, learning, model
from localspeech.engine.text import words

PROCESSES, RUNS = os.cpu_count() or 1, 3
DAY = 24.0
Job = tuple[Path, int, int]


def ours(takes: Sequence[speech.Take]) -> list[str]:
    """Why which recordings cannot be aligned by the engine."""
    base, ways, lost = model.base(), _ways(takes), []
    for one in takes:
        try:
            aligner.align(base, speech.samples(one).tobytes(), words(one.text), ways)
        except aligner.Unalignable as fault:
            lost.append(f"{one.path.name} {fault}")
    return lost


def swapped(takes: Sequence[speech.Take]) -> int:
    """How many wrong transcripts, each another recording's, the engine tells as such."""
    others = [*takes[7:], *takes[:7]]
    return len(ours([replace(one, text=two.text) for one, two in zip(takes, others, strict=True)]))


def _ways(takes: Sequence[speech.Take]) -> dict[str, tuple[str, ...]]:
    clips = [corpus.Clip(0, one.path.name, one.text, 0.0, 0) for one in takes]
    return corpus.pronunciations(clips, {}, guess=True)


def theirs(takes: Sequence[speech.Take]) -> int:
    """How many recordings pocketsphinx's own state alignment loses, with the same lexicon."""
    with tempfile.TemporaryDirectory() as work:
        words_file = Path(work) / "words.dict"
        words_file.write_text("".join(lexicon.merged(lexicon.dictionary(), _ways(takes))))
        decoder = Decoder(
            hmm=str(assets.acoustic_model()), dict=str(words_file), lm=None, cmn="batch",
            loglevel="FATAL",
        )  # fmt: skip
        return sum(not _aligned(decoder, one) for one in takes)


def _aligned(decoder: Decoder, take: speech.Take) -> bool:
    pcm = speech.samples(take).tobytes()
    try:
        decoder.set_align_text(" ".join(words(take.text)))
        _decode(decoder, pcm)
        if decoder.hyp() is None:
            return False
        decoder.set_alignment()
        _decode(decoder, pcm)
        return any(True for word in decoder.get_alignment() for _ in word)
    except (RuntimeError, ValueError, TypeError):
        return False


def _decode(decoder: Decoder, pcm: bytes) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        decoder.start_stream()
    decoder.start_utt()
    decoder.process_raw(pcm, full_utt=True)
    decoder.end_utt()


def learn(job: Job) -> float:
    """Learn from some clips of an archive; processor seconds."""
    path, start, stop = job
    began = time.process_time()
    clips = corpus.clips([path])[start:stop]
    learning.learn(clips, [path], corpus.pronunciations(clips, {}, guess=True))
    return time.process_time() - began


def throughput(archive: Path) -> None:
    """Hours of audio a day, on all cores."""
    clips = corpus.clips([archive])
    hours = sum(one.seconds for one in clips) / 3600
    jobs = [(archive, one.start, one.stop) for one in corpus.pieces(clips)]
    walls, processor = [], []
    with multiprocessing.get_context("spawn").Pool(PROCESSES) as pool:
        pool.map(learn, [(archive, 0, 1)] * PROCESSES)
        for _ in range(RUNS):
            began = time.perf_counter()
            processor.append(sum(pool.map(learn, jobs, chunksize=1)))
            walls.append(time.perf_counter() - began)
    wall, used = statistics.median(walls), statistics.median(processor)
    print(
        f"learning: {hours:.2f} hours of audio in {wall:.1f} s on {PROCESSES} cores, "
        f"{hours / wall * 3600 * DAY:,.0f} hours a day; {used / hours / 3600:.4f} of real time of "
        f"processor, {DAY * PROCESSES / (used / hours / 3600):,.0f} hours a day by that"
    )


def memory(archive: Path) -> tuple[float, float]:
    """Minutes of audio, and the most megabytes that a new process held while learning."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        seconds, peak = pool.apply(_peak, (archive,))
    return seconds / 60, peak


def _peak(archive: Path) -> tuple[float, float]:
    clips = corpus.clips([archive])
    learn((archive, 0, len(clips)))
    return sum(one.seconds for one in clips), _high_water()


def _high_water() -> float:
    """Megabytes; unlike ru_maxrss it does not count what the parent held."""
    status = Path("/proc/self/status").read_text().splitlines()
    return next(int(one.split()[1]) / 1024 for one in status if one.startswith("VmHWM"))


def main() -> None:
    """Print everything for each set."""
    for folder in speech.folders(sys.argv[1:]):
        found = speech.read(folder)
        takes = [*found.adapt, *found.test]
        print(f"\n{found.name}: {len(takes)} recordings, {speech.seconds(takes) / 60:.1f} min")
        lost, theirs_lost = ours(takes), theirs(takes)
        print(
            f"not aligned: {len(lost)} here ({len(lost) / len(takes):.1%}), {theirs_lost} by ",
            end="",
        )
        print(f"pocketsphinx ({theirs_lost / len(takes):.1%})")
        print("".join(f"  {one}\n" for one in lost), end="")
        print(f"swapped transcripts refused: {swapped(takes)} of {len(takes)}", flush=True)
        with tempfile.TemporaryDirectory() as work:
            for times in (1, 4, 8):
                path = Path(work) / f"{times}.zip"
                path.write_bytes(speech.archive(found.adapt, times=times).getvalue())
                minutes, peak = memory(path)
                print(f"memory: {minutes:6.1f} min of audio, at most {peak:.0f} MB", flush=True)
            throughput(Path(work) / "4.zip")


if __name__ == "__main__":
    main()
