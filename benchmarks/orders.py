"""Whether a model's own text wants longer n-grams than trigrams, on held-back text.

    pip install kenlm
    python benchmarks/orders.py LMPLZ TEXT ...

LMPLZ is KenLM's estimator, built from the same source package. Texts are held back as in
perplexity.py, and each order's estimate (modified Kneser-Ney) is mixed with the base at the weight
that training proposes. The product needs neither.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import kenlm
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from perplexity import FIXED, _mixed, _parted

from localspeech.engine import ngram, trie, weighing
from localspeech.engine.ngram import Floats
from localspeech.engine.sentences import Sentences, gather
from localspeech.engine.text import words

ORDERS = (2, 3, 4, 5)


def lines(text: Sentences) -> Iterator[str]:
    """Its sentences, words parted by spaces."""
    starts = np.flatnonzero(text.line == 0)
    for start, stop in zip(starts, [*starts[1:], len(text.line)], strict=True):
        yield " ".join(text.words[number] for number in text.line[start + 1 : stop - 1])


def estimated(program: str, order: int, text: Sentences) -> kenlm.Model:
    """What lmplz makes of a text."""
    with tempfile.NamedTemporaryFile(suffix=".arpa") as file:
        subprocess.run(
            [program, "-o", str(order), "-S", "1G", "--discount_fallback", "--arpa", file.name],
            input="".join(f"{line}\n" for line in lines(text)),
            text=True, check=True, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        return kenlm.Model(file.name)


def probabilities(model: kenlm.Model, held: Sentences, count: int) -> Floats:
    """(count,) ln P of the first words and ends of sentences; NEVER for words it does not know."""
    found = [
        ngram.NEVER if is_unknown else log * np.log(10)
        for line in lines(held)
        for log, _, is_unknown in model.full_scores(line)
    ]
    return np.array(found[:count])


def measure(program: str, path: Path) -> None:
    """A line for each order."""
    text = gather(found for line in path.read_text().splitlines() if (found := words(line)))
    base = trie.base()
    grown = ngram.covering(base, text.words)
    rows: dict[int, list[Floats]] = {order: [] for order in ORDERS}
    for rest, held in _parted(text):
        proposal = weighing.propose(rest, base)
        weight = proposal.weight_percent / 100 if proposal else FIXED
        general = weighing._probabilities(grown, weighing._places(held, grown))
        for order, found in rows.items():
            own = probabilities(estimated(program, order, rest), held, len(general))
            found.extend(_mixed(general, own, (weight,)))
    shown = (
        f"{order}: {weighing.perplexity(np.concatenate(one)):.1f}" for order, one in rows.items()
    )
    print(f"{path.name}: {text.count:,} sentences; perplexity by order " + ", ".join(shown))


def main() -> None:
    """Every text named."""
    for name in sys.argv[2:]:
        measure(sys.argv[1], Path(name))


if __name__ == "__main__":
    main()
