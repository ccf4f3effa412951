"""Memory and time of a large upload, from the browser's blocks to the local service's import.

    python benchmarks/uploading.py [--megabytes 2000]

Boots the product in a temporary folder, sends an archive of noise in blocks as the page does, has
it checked and imported, and samples the memory of every process on the way: what the operating
system counts for each alone (USS), since most of the rest is shared code.
"""

import argparse
import re
import sys
import tempfile
import threading
import time
import uuid
from collections import defaultdict
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.boot import tree
from benchmarks.checking import make
from tests.e2e.person import Person
from tests.e2e.server import Server

_ROLES = (
    ("gunicorn", "web"), ("-Q engine", "engine workers"), ("-Q default", "default worker"),
    ("beat", "beat"), ("valkey", "broker"),
)  # fmt: skip


class Memory:
    """Samples the memory of the product's processes, summed by role, in MiB."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self.peaks: dict[str, float] = {}
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def now(self) -> dict[str, float]:
        """MiB by role, and "all" of them."""
        found: dict[str, float] = defaultdict(float)
        for one in tree(self._server.process.pid):
            try:
                command, size = " ".join(one.cmdline()), one.memory_full_info().uss / 2**20
            except psutil.Error:
                continue
            role = next((role for part, role in _ROLES if part in command), "supervisor")
            found[role] += size
            found["all"] += size
        return found

    def _watch(self) -> None:
        while not self._stop.wait(0.2):
            for role, size in self.now().items():
                self.peaks[role] = max(self.peaks.get(role, 0), size)

    def __enter__(self) -> "Memory":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()


def send(person: Person, project: int, path: Path) -> str:
    """Upload in blocks; the address of the draft."""
    values = {"kind": "Acoustic", "submission_key": str(uuid.uuid4())}
    answer = person.post(f"/projects/{project}/datasets/new/", **values)
    draft = re.search(r"/projects/\d+/uploads/\d+/", answer.url).group()
    headers = {"X-CSRFToken": person.session.cookies["csrftoken"]}
    address = person.server.address
    announced = {"name": path.name, "size": path.stat().st_size, "modified": 1}
    place = person.session.post(
        f"{address}{draft}add/", json=announced, headers=headers, timeout=30
    ).json()
    with path.open("rb") as file:
        number = 0
        while piece := file.read(place["blockSize"]):
            url = f"{address}{place['blocks']}{number}/"
            answer = person.session.put(url, data=piece, headers=headers, timeout=60)
            answer.raise_for_status()
            number += 1
    return draft


def wait(person: Person, page: str, words: tuple[str, ...], seconds: float) -> None:
    """Until the dataset's page shows one of the words in its badge."""

    def there() -> bool:
        badge = re.search(r'class="badge \w+"[^>]*>.*?</span>', person.get(page).text, re.DOTALL)
        return bool(badge) and any(word in badge.group() for word in words)

    person.server.wait_for(there, seconds)


def main() -> None:
    """Print the phases, then the memory."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--megabytes", type=int, default=2000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Server(Path(folder) / "studio") as server:
        archive = Path(folder) / "clips.zip"
        count = make(archive, options.megabytes, 30)
        size = archive.stat().st_size / 10**6
        person = Person(server)
        person.set_up()
        project = person.load_sample()
        datasets = f"/projects/{project}/datasets/"
        server.wait_for(lambda: person.count(datasets, ">Succeeded<") >= 3, 90)
        time.sleep(5)
        with Memory(server) as memory:
            rest = memory.now()
            began = time.perf_counter()
            draft = send(person, project, archive)
            sent = time.perf_counter()
            person.post(f"{draft}review/")
            page = re.search(rf"{datasets}\d+/", person.get(f"{datasets}?sort=-created").text)
            wait(person, page.group(), ("Submitting", "Queued", "Processing", "Succeeded"), 600)
            checked = time.perf_counter()
            wait(person, page.group(), ("Succeeded",), 900)
            imported = time.perf_counter()
        print(f"{count:,} clips, {size:,.0f} MB")
        print(f"sent in blocks: {sent - began:.1f} s ({size / (sent - began):.0f} MB/s)")
        print(f"put together and checked: {checked - sent:.1f} s")
        print(f"handed to the local service and imported: {imported - checked:.1f} s")
        for role in sorted(memory.peaks):
            peak, before = memory.peaks[role], rest.get(role, 0)
            print(f"{role}: {before:.0f} MiB before, at most {peak:.0f}, {peak - before:+.0f}")


if __name__ == "__main__":
    main()
