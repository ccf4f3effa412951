"""Start-up time and memory at rest of the whole product.

    python benchmarks/boot.py

Boots twice on a fresh data folder (the second is the everyday one) and sums the memory of all
processes ten seconds later.
"""

import sys
import tempfile
import time
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.e2e.server import Server


def tree(process_id: int) -> list[psutil.Process]:
    """The server and everything it started."""
    top = psutil.Process(process_id)
    return [top, *top.children(recursive=True)]


def main() -> None:
    """Print one line a boot, then the memory."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(folder)
        for label in ("first boot", "later boot", "later boot"):
            began = time.perf_counter()
            server.start()
            while server.answers("/accounts/login/") != 200:
                time.sleep(0.01)
            print(f"{label}: {time.perf_counter() - began:.1f} s until the first page")
            if label == "later boot":
                time.sleep(10)
                memory = [one.memory_full_info() for one in tree(server.process.pid)]
                shared, full = sum(m.pss for m in memory), sum(m.rss for m in memory)
                print(
                    f"at rest: {len(memory)} processes, PSS {shared >> 20} MB, RSS {full >> 20} MB"
                )
            server.stop()
            server.log.unlink()


if __name__ == "__main__":
    main()
