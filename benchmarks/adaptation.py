"""Base against custom model, through the REST API of a running server.

    python benchmarks/adaptation.py FOLDER [WEIGHT ...]

FOLDER holds related-text.txt and test.tsv (a header, then file name and transcript) beside a
folder `audio`. A server is started on a fresh data folder; text and audio are uploaded, a model
is trained for each weight, and each is evaluated beside its base.
"""

import csv
import io
import sys
import tempfile
import time
import wave
import zipfile
from pathlib import Path
from typing import Any

import psutil
import soundfile

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.e2e.server import Server
from training.speechapi import types
from training.speechapi.client import SpeechClient


def archive(folder: Path) -> io.BytesIO:
    """A zip of WAV files with trans.txt."""
    data, lines = io.BytesIO(), []
    with (folder / "test.tsv").open() as file, zipfile.ZipFile(data, "w") as target:
        for row in csv.DictReader(file, delimiter="\t"):
            samples, rate = soundfile.read(folder / "audio" / row["file"], dtype="int16")
            clip = io.BytesIO()
            with wave.open(clip, "wb") as sound:
                sound.setnchannels(1)
                sound.setsampwidth(2)
                sound.setframerate(rate)
                sound.writeframes(samples.tobytes())
            name = Path(row["file"]).with_suffix(".wav").name
            target.writestr(name, clip.getvalue())
            lines.append(f"{name}\t{row['transcript']}\n")
        target.writestr("trans.txt", "".join(lines))
    data.seek(0)
    return data


def finished(client: SpeechClient, kind: type[Any], link: str) -> tuple[Any, float]:
    """Wait for an object's end; its seconds count from the call."""
    began = time.perf_counter()
    while (found := client.get(kind, link)).status not in {"Succeeded", "Failed"}:
        time.sleep(0.2)
    assert found.status == "Succeeded", found.error_message
    return found, time.perf_counter() - began


def main() -> None:
    """Print a line for each model."""
    folder = Path(sys.argv[1])
    weights = [int(text) for text in sys.argv[2:]] or [30, 70]
    with tempfile.TemporaryDirectory() as work, Server(work) as server:
        key = (server.folder / "data" / "secrets" / "localspeech_key").read_text()
        with SpeechClient(server.address, key) as client:
            run(client, folder, weights, server.process.pid)


def run(client: SpeechClient, folder: Path, weights: list[int], process_id: int) -> None:
    """Upload, train and evaluate."""
    project = client.create_project("Benchmark", "en-US", "", {}).self_link
    with (folder / "related-text.txt").open("rb") as file:
        text = client.upload_dataset("Language", "text", "en-US", "", project, "t.txt", file, {})
    audio = client.upload_dataset(
        "Acoustic", "audio", "en-US", "", project, "a.zip", archive(folder), {}
    )
    for one in (text, audio):
        finished(client, types.Dataset, one.self_link)
    for weight in weights:
        model = client.create_model(
            f"weight {weight}", "en-US", "", project, "", [text.self_link], weight, {}
        )
        trained, seconds = finished(client, types.CustomModel, model.self_link)
        test = client.create_evaluation(
            "test", "en-US", "", project, audio.self_link, trained.self_link, trained.base_model, {}
        )
        done, took = finished(client, types.Evaluation, test.self_link)
        for label, figures in (("base", done.results2), (f"weight {weight}", done.results1)):
            counts = " ".join(
                f"{name[0].upper()} {figures[f'{name}_count']}"
                for name in ("substitution", "deletion", "insertion")
            )
            rate, words = figures["word_error_rate"], figures["word_count"]
            print(f"{label:>10}  WER {rate:6.1%}  {counts} of {words}")
        memory = sum(
            one.memory_full_info().pss for one in psutil.Process(process_id).children(True)
        )
        print(
            f"            trained in {seconds:.1f} s, tested in {took:.1f} s, {memory >> 20} MB PSS"
        )


if __name__ == "__main__":
    main()
