"""Recognition by the engine beside pocketsphinx's own command line, on all cores, same files.

    python benchmarks/recognising.py [--program PATH] [--rounds 5] [--clips 16] [FOLDER ...]

Sets are described in speech.py. The program is `pocketsphinx_batch`, built from the source package
of the wheel's own version (cmake -DCMAKE_BUILD_TYPE=Release); without it the wheel's decoder is
called directly, with nothing around it. Each side gets one process a core, the same clips parted
alike, and the base model; a round is each side once, in turn first. Starting and loading count on
both sides. The rate that counts is audio by processor time: clock time is others' work as well.
"""

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as `manage.py up` has it

import speech

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

CORES = os.cpu_count() or 1
Texts = dict[str, str]


@dataclass(frozen=True)
class Run:
    """One side of one round: seconds by the clock and of all processes, and what was heard."""

    clock: float
    processor: float
    texts: Texts


def decode(side: str, names: Sequence[str], folder: Path) -> Texts:
    """What this process hears in its files with the engine's recogniser or the bare decoder."""
    heard = _engine() if side == "engine" else _bare()
    return {name: heard((folder / f"{name}.raw").read_bytes()) for name in names}


def _engine() -> Callable[[bytes], str]:
    from localspeech.engine.preparation import prepare
    from localspeech.engine.recognition import Recogniser

    return Recogniser(prepare(None, Path())).recognise


def _bare() -> Callable[[bytes], str]:
    from pocketsphinx import Decoder

    from localspeech.engine import assets

    decoder = Decoder(
        hmm=str(assets.acoustic_model()), lm=str(assets.language_model()),
        dict=str(assets.dictionary()), cmn="batch", loglevel="FATAL",
    )  # fmt: skip

    def heard(pcm: bytes) -> str:
        decoder.start_utt()
        decoder.process_raw(pcm, full_utt=True)
        decoder.end_utt()
        found = decoder.hyp()
        return str(found.hypstr) if found else ""

    return heard


def with_python(side: str, parts: Sequence[Sequence[str]], folder: Path) -> list[list[str]]:
    """Commands of one side, one for each part."""
    return [[sys.executable, __file__, "--side", side, str(folder), *part] for part in parts]


def with_program(program: str, parts: Sequence[Sequence[str]], folder: Path) -> list[list[str]]:
    """Commands of pocketsphinx's own program; it writes a file of hypotheses."""
    from localspeech.engine import assets

    commands = []
    for number, part in enumerate(parts):
        control = folder / f"part{number}.ctl"
        control.write_text("".join(f"{name}\n" for name in part))
        commands.append([
            program, "-hmm", str(assets.acoustic_model()), "-lm", str(assets.language_model()),
            "-dict", str(assets.dictionary()), "-cmn", "batch", "-adcin", "yes", "-adchdr", "0",
            "-cepdir", str(folder), "-cepext", ".raw", "-ctl", str(control),
            "-hyp", str(folder / f"part{number}.hyp"), "-loglevel", "FATAL",
        ])  # fmt: skip
    return commands


def timed(commands: Sequence[Sequence[str]], folder: Path) -> Run:
    """Run all commands at once."""
    for old in folder.glob("*.hyp"):
        old.unlink()
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    running = [subprocess.Popen(one, stdout=subprocess.PIPE, text=True) for one in commands]
    said = [one.communicate()[0] for one in running]
    clock, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    assert not any(one.returncode for one in running)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    texts: Texts = {}
    for one in said:
        texts |= json.loads(one) if one.startswith("{") else {}
    for file in folder.glob("*.hyp"):
        texts |= _hypotheses(file)
    return Run(clock, processor, {name: _plain(text) for name, text in texts.items()})


def _hypotheses(file: Path) -> Texts:
    found = {}
    for line in file.read_text().splitlines():
        text, _, score = line.rpartition(" (")
        found[score.split()[0]] = text
    return found


def _plain(text: str) -> str:
    from localspeech.engine.text import normalise

    return normalise(text)


def parted(takes: Sequence[speech.Take]) -> list[list[str]]:
    """Names of clips, the longest first always to the part that is shortest so far."""
    parts: list[list[str]] = [[] for _ in range(CORES)]
    lengths = [0.0] * CORES
    for one in sorted(takes, key=lambda take: -speech.seconds([take])):
        shortest = lengths.index(min(lengths))
        parts[shortest].append(one.path.stem)
        lengths[shortest] += speech.seconds([one])
    return parts


def compare(takes: Sequence[speech.Take], rounds: int, program: str | None) -> None:
    """All rounds, and the medians."""
    audio, parts = speech.seconds(takes), parted(takes)
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work)
        for one in takes:
            (folder / f"{one.path.stem}.raw").write_bytes(speech.samples(one).tobytes())
        theirs = Path(program).name if program else "the wheel's bare decoder"
        sides = {
            "engine": with_python("engine", parts, folder),
            theirs: with_program(program, parts, folder)
            if program
            else with_python("bare", parts, folder),
        }
        runs: dict[str, list[Run]] = {name: [] for name in sides}
        for number in range(rounds):
            for name in list(sides)[:: 1 if number % 2 else -1]:
                runs[name].append(timed(sides[name], folder))
    print(f"{len(takes)} clips, {audio:.0f} s, {rounds} rounds, {CORES} cores", end=", ")
    print(f"load {os.getloadavg()[0]:.1f}")
    for name, found in runs.items():
        _show(name, found, audio, len(takes))
    pairs = list(zip(runs["engine"], runs[theirs], strict=True))
    for what in ("processor", "clock"):
        ratios = [getattr(b, what) / getattr(a, what) for a, b in pairs]
        print(
            f"engine's rate by {what} time: {statistics.median(ratios):.3f} of {theirs}'s "
            f"({min(ratios):.3f} to {max(ratios):.3f})"
        )
    ours, other = pairs[0][0].texts, pairs[0][1].texts
    print(f"same words in {sum(ours[one] == other.get(one) for one in ours)} of {len(ours)} clips")


def _show(name: str, found: Sequence[Run], audio: float, clips: int) -> None:
    clock = statistics.median(one.clock for one in found)
    processor = statistics.median(one.processor for one in found)
    print(
        f"{name:>26}: {processor / audio:.3f} x real time a core (processor), "
        f"{clips / clock:.2f} utterances/s and {audio / clock:.1f} x real time on all (clock)"
    )


def main() -> None:
    """Compare on every set, or decode as one process of it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", default=shutil.which("pocketsphinx_batch"))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--clips", type=int, default=16)
    parser.add_argument("--side", nargs="+")
    parser.add_argument("folders", nargs="*")
    given = parser.parse_args()
    if given.side:
        side, folder, *names = given.side
        print(json.dumps(decode(side, names, Path(folder))))
        return
    for folder in speech.folders(given.folders):
        found = speech.read(folder)
        takes = [*found.adapt, *found.test][: given.clips]
        print(found.name)
        compare(takes, given.rounds, given.program)


if __name__ == "__main__":
    main()
