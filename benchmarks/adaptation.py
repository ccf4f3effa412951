"""What each kind of data does to the word error rate, through the REST API of a running server.

    [LOCALSPEECH_WHISPER=WEIGHTS] python benchmarks/adaptation.py [--conditions]
        [--families NAME ...] [--] [FOLDER ...]

Sets are described in speech.py. A server is started on a fresh data folder. The newest base model
of each family that it offers is adapted with the kinds of data that it takes. For each set the
weight of the text is chosen on held-back recordings of the training data, with text that lacks
their sentences; then the baseline, text, text and pronunciations (the spoken forms that the
service proposes for new words), audio, and audio and text are tested on recordings of other
speakers. With --conditions baseline and audio also at 8 kHz and in noise. Intervals are 95%,
of 10,000 paired bootstrap samples of the utterances.
"""

import argparse
import io
import json
import re
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import speech

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.e2e.server import Server
from training.speechapi import types
from training.speechapi.client import SpeechClient

WEIGHTS = (30, 50, 70, 90)
USUAL = 30
SAMPLES = 10_000
COUNTS = ("substitutions", "deletions", "insertions")


@dataclass
class Tried:
    """A model on test data. `counts` is (utterances, 4): S, D, I and the words."""

    label: str
    link: str
    seconds: float = 0.0
    outcome: str = ""
    counts: np.ndarray = field(default_factory=lambda: np.zeros((0, 4)))

    @property
    def rate(self) -> float:
        """The word error rate in percent."""
        total = self.counts.sum(axis=0)
        return float(100 * total[:3].sum() / total[3])


class Bench:
    """One project of the server, for one base model."""

    def __init__(self, client: SpeechClient, base: types.BaseModel) -> None:
        self.client, self.base = client, base
        self.project = client.create_project("Benchmark", "en-US", "", {}).self_link

    def takes(self, kind: str) -> bool:
        """Whether data of a kind adapts the base model."""
        return kind in self.base.supports_adaptations_with

    def finished(self, kind: type[Any], link: str) -> tuple[Any, float]:
        """Wait for an object's end; its seconds count from the call."""
        began = time.perf_counter()
        while (found := self.client.get(kind, link)).status not in {"Succeeded", "Failed"}:
            time.sleep(0.2)
        assert found.status == "Succeeded", found.error_message
        return found, time.perf_counter() - began

    def data(self, kind: str, content: io.BytesIO) -> types.Dataset:
        """An imported dataset."""
        made = self.client.upload_dataset(
            kind, kind, "en-US", "", self.project, "data", content, {}
        )
        return self.finished(types.Dataset, made.self_link)[0]

    def text(self, sentences: list[str]) -> types.Dataset:
        """An imported text."""
        return self.data("Language", io.BytesIO("\n".join(sentences).encode()))

    def pronunciations(self, text: types.Dataset) -> types.Dataset | None:
        """The spoken forms that the service proposes for the text's new words."""
        files = self.client.files(text.self_link)
        told = next(one for one in files if one.name == "vocabulary.json")
        words = self.client.content(told).json()["newWords"]
        lines = [f"{one['word']}\t{one['spokenForm']}" for one in words if one["spokenForm"]]
        return self.data("Pronunciation", io.BytesIO("\n".join(lines).encode())) if lines else None

    def train(self, label: str, data: list[types.Dataset | None], weight: int | None) -> Tried:
        """A trained model."""
        links = [one.self_link for one in data if one]
        model = self.client.create_model(
            label, "en-US", "", self.project, self.base.self_link, links, weight, {}
        )
        model, took = self.finished(types.CustomModel, model.self_link)
        outcome = model.custom_properties.get("trainingOutcome", "")
        return Tried(label, model.self_link, took, outcome)

    def test(self, tried: list[Tried], sound: types.Dataset) -> None:
        """Test models in pairs, so that each is decoded once."""
        for first, second in zip(tried[::2], [*tried[1::2], tried[-1]], strict=False):
            made = self.client.create_evaluation(
                "test", "en-US", "", self.project, sound.self_link, first.link, second.link,
                "Evaluation", {},
            )  # fmt: skip
            done, _ = self.finished(types.Evaluation, made.self_link)
            files = self.client.files(done.self_link)
            details = next(one for one in files if one.kind == "EvaluationDetails")
            rows = json.loads(self.client.content(details).content)
            for one, side in ((first, "model1"), (second, "model2")):
                one.counts = np.array(
                    [[*(row[side][c] for c in COUNTS), row[side]["wordCount"]] for row in rows]
                )


def interval(base: Tried, tried: Tried) -> tuple[float, float]:
    """95% interval of the difference in percentage points."""
    chance = np.random.default_rng(1)
    picked = chance.integers(0, len(base.counts), (SAMPLES, len(base.counts)))
    words = base.counts[:, 3][picked].sum(axis=1)
    more = (tried.counts - base.counts)[:, :3].sum(axis=1)[picked].sum(axis=1)
    low, high = np.percentile(100 * more / words, (2.5, 97.5))
    return float(low), float(high)


def chosen_weight(bench: Bench, found: speech.SpeechSet) -> int:
    """The weight with the fewest errors on held-back training data."""
    dev = speech.held_back(found.adapt)
    said = {one.text.strip().lower() for one in dev}
    text = bench.text([one for one in found.text if one.strip().lower() not in said])
    tried = [bench.train(str(weight), [text], weight) for weight in WEIGHTS]
    bench.test(tried, bench.data("Acoustic", speech.archive(dev)))
    rates = ", ".join(f"{one.label}: {one.rate:.1f}%" for one in tried)
    best = min(tried, key=lambda one: one.rate)
    print(f"weight chosen on {len(dev)} held-back clips ({rates}): {best.label}")
    return int(best.label)


def show(tried: list[Tried]) -> None:
    """A line for each model, against the first."""
    base = tried[0]
    for one in tried:
        s, d, i, words = one.counts.sum(axis=0)
        low, high = interval(base, one)
        change = f"{one.rate - base.rate:+5.1f} [{low:+5.1f}, {high:+5.1f}]" if one != base else ""
        print(
            f"| {one.label:26} | {one.rate:5.1f}% | {s:4.0f} | {d:4.0f} | {i:4.0f} | {words:5.0f} "
            f"| {change:22} | {one.seconds:5.0f} s |"
        )
    for one in tried:
        if one.outcome:
            print(f"  {one.label}: {one.outcome}")
    print(flush=True)


def run(bench: Bench, found: speech.SpeechSet) -> None:
    """All kinds of data."""
    print(
        f"\n{bench.base.display_name}, {found.name}: {len(found.adapt)} clips to adapt to", end=" "
    )
    print(f"({speech.seconds(found.adapt) / 60:.1f} min), {len(found.test)} to test", flush=True)
    weight = chosen_weight(bench, found)
    text, sound = bench.text(list(found.text)), bench.data("Acoustic", speech.archive(found.adapt))
    tried = [
        Tried("baseline", bench.base.self_link),
        bench.train(f"text {weight}", [text], weight),
        bench.train("text, weight chosen", [text], None),
    ]
    if bench.takes("Pronunciation"):
        both = [text, bench.pronunciations(text)]
        tried.append(bench.train(f"text {weight}, pronunciations", both, weight))
    if bench.takes("Acoustic"):
        tried.append(bench.train(f"audio {USUAL}", [sound], USUAL))
        tried.append(bench.train(f"audio, text {weight}", [sound, text], weight))
    bench.test(tried, bench.data("Acoustic", speech.archive(found.test)))
    show(tried)


def run_conditions(bench: Bench, found: speech.SpeechSet) -> None:
    """Audio alone, at 8 kHz and in noise."""
    for condition in (speech.telephone, speech.noisy):
        print(f"\n{found.name}, {condition.__name__}", flush=True)
        sound = bench.data("Acoustic", speech.archive(found.adapt, condition))
        tried = [Tried("baseline", bench.base.self_link), bench.train("audio", [sound], USUAL)]
        bench.test(tried, bench.data("Acoustic", speech.archive(found.test, condition)))
        show(tried)


def newest_by_family(bases: Iterable[types.BaseModel]) -> dict[str, types.BaseModel]:
    """Of the family that a base model's description names."""
    found: dict[str, types.BaseModel] = {}
    for base in sorted(bases, key=lambda one: one.created):
        family = re.search(r"Family: ([^.]+)", base.description)
        found[family.group(1) if family else ""] = base
    return found


def main() -> None:
    """Print a table for each family and set."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--conditions", action="store_true")
    parser.add_argument("--families", nargs="+")
    parser.add_argument("folders", nargs="*")
    given = parser.parse_args()
    sets = [speech.read(one) for one in speech.folders(given.folders)]
    with tempfile.TemporaryDirectory() as work, Server(work) as server:
        key = (server.folder / "data" / "secrets" / "localspeech_key").read_text()
        with SpeechClient(server.address, key) as client:
            for family, base in newest_by_family(client.base_models()).items():
                if given.families and family not in given.families:
                    continue
                bench = Bench(client, base)
                for found in sets:
                    if not given.conditions:
                        run(bench, found)
                    elif bench.takes("Acoustic"):
                        run_conditions(bench, found)


if __name__ == "__main__":
    main()
