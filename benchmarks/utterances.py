"""The result page of a test of 10,000 utterances, and beside it that of a test of 25.

    python benchmarks/utterances.py [--rows 10000] [--times 30]

A server with its embedded defaults (SQLite) is started on a fresh data folder, and a test is kept
there as its analysis keeps it: 12 words an utterance, both models' alignments. Each page is asked
for by one client; medians, and their ratios to the page of the small test.
"""

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from http.client import HTTPConnection

from tests.e2e.person import Person
from tests.e2e.server import Server

FILL = """
import random, time
from training.models import *
from training.details import Detail, _detail
from training.services import analysing
picked = random.Random(1)
said = [picked.choice('moor the ferry at north bollard kittiwake left all clear now aye'.split())
        for _ in range(400)]
user = User.objects.get()
resource = Resource.objects.get()
project = Project.objects.create(resource=resource, display_name='Many', locale='en-US',
    submission='submitted', remote_self='x', created_by=user)
base = BaseModel.objects.filter(resource=resource).first()
data = Dataset.objects.create(project=project, kind='Acoustic', display_name='D',
    submission='submitted', status='Succeeded', remote_self='d')
model = CustomModel.objects.create(project=project, base_model=base, display_name='M',
    submission='submitted', status='Succeeded', remote_self='m')
results = {'word_error_rate': 0.1, 'sentence_error_rate': 0.3, 'substitution_count': 9000}
def made():
    return Evaluation.objects.create(project=project, dataset=data, custom_model1=model,
        base_model2=base, display_name='T', submission='submitted', status='Succeeded',
        remote_self='t', results1=results, results2=results)
def heard(words, share):
    return ' '.join(picked.choice(said) if picked.random() < share else one for one in words)
def clip(n):
    words = picked.choices(said, k=12)
    return _detail(f'{n:05}.wav', ' '.join(words), (heard(words, 0.1), heard(words, 0.4)))
began = time.perf_counter()
found = [clip(n) for n in range(%d)]
aligned = time.perf_counter()
small, test = made(), made()
analysing.keep(test, found)
kept = time.perf_counter()
analysing.keep(small, found[:25])
print(project.pk, small.pk, test.pk, f'{aligned - began:.2f}', f'{kept - aligned:.2f}')
"""


def median(person: Person, address: str, path: str, times: int) -> tuple[float, int]:
    """Median milliseconds of one client, and the size of the answer."""
    cookies = person.session.cookies.items()
    headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies)}
    connection = HTTPConnection(urlsplit(address).netloc, timeout=60)
    taken, size = [], 0
    for _ in range(times + 2):
        began = time.perf_counter()
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        size = len(answer.read())
        taken.append(time.perf_counter() - began)
        assert answer.status == 200, answer.status
    return statistics.median(taken[2:]) * 1000, size


def main() -> None:
    """Print one line a page."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--times", type=int, default=30)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Server(Path(folder) / "studio") as server:
        person = Person(server)
        person.set_up()
        server.wait_for(lambda: "2026" in server.manage(
            "shell", "-v0", "-c", "from training.models import *; print(BaseModel.objects.all())"
        ), 60)  # fmt: skip
        printed = server.manage("shell", "-v0", "-c", FILL % options.rows).split()
        project, small, test, aligning, keeping = printed[-5:]
        print(f"{options.rows:,} utterances: aligned in {aligning} s, kept and counted in "
              f"{keeping} s")  # fmt: skip
        page = f"/projects/{project}/tests/{test}/"
        last = options.rows - 1
        least = 0.0
        for label, path in (
            ("the test of 25", f"/projects/{project}/tests/{small}/"),
            ("first page", page),
            ("last page", f"{page}?page=99999"),
            ("with insertions", f"{page}?show=insertions"),
            ("searched", f"{page}?q=kittiwake+bollard"),
            ("most errors first", f"{page}?order=-errors1"),
            ("largest gain first", f"{page}?order=-gain"),
            ("searched, narrowed, ordered", f"{page}?q=moor&show=deletions&order=-errors2"),
            ("link to the last utterance", f"{page}?at={last}"),
            ("link to it, most errors first", f"{page}?at={last}&order=-errors1"),
            ("CSV", f"{page}utterances.csv"),
            ("JSON", f"{page}utterances.json"),
        ):
            times = options.times if not path.endswith(("csv", "json")) else 5
            found, size = median(person, server.address, path, times)
            least = least or found
            print(f"{label:32} median {found:8.1f} ms   x {found / least:5.1f}   "
                  f"{size / 1000:8.1f} KB")  # fmt: skip


if __name__ == "__main__":
    main()
