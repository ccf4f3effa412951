"""Training: from datasets to a custom model's own part."""

import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from localspeech.engine import (
    counts,
    lexicon,
    pronunciation,
    sentences,
    structured,
    textfile,
    transcripts,
    trie,
    weighing,
)
from localspeech.engine.acoustic import delta
from localspeech.engine.acoustic.model import AcousticModel
from localspeech.engine.acoustic.verdict import AcousticReport
from localspeech.engine.errors import EngineError
from localspeech.engine.releases import DEFAULT_WEIGHT_PERCENT, release
from localspeech.engine.text import words

FORMAT = 1
MODEL_FILE, COUNTS_FILE, LEXICON_FILE = "model.json", "counts.npz", "lexicon.dict"


@dataclass(frozen=True)
class Source:
    """One dataset: its API kind and where its file lies."""

    kind: str
    path: Path


@dataclass(frozen=True)
class TrainingReport:
    """What a training used and made. `new_words` maps words to pronunciations in phones.

    `held_back`: what text that was held back said about the weight, None when the weight was
    given or there was too little text. `acoustic`: what became of recordings, None when there
    were none or the base takes none.
    """

    base_model: str
    weight_percent: int
    sentence_count: int
    word_count: int
    vocabulary_size: int
    ngram_counts: tuple[int, int, int]
    new_words: dict[str, tuple[str, ...]]
    unpronounceable_words: tuple[str, ...]
    held_back: weighing.HeldBack | None = None
    acoustic: AcousticReport | None = None

    @property
    def outcome(self) -> str:
        """What was decided for the user, in a sentence or two; "" when nothing was."""
        said = [self.acoustic.sentence] if self.acoustic else []
        if self.held_back:
            said.append(
                f"Weight {self.weight_percent}%, chosen on held-back text: perplexity "
                f"{self.held_back.perplexity:,.0f}, baseline {self.held_back.base_perplexity:,.0f}."
            )
        return " ".join(said)


@dataclass(frozen=True)
class Sound:
    """What became of the recordings: the adapted model, None when the base's was kept."""

    report: AcousticReport
    model: AcousticModel | None


def train(
    sources: Sequence[Source],
    base_model: str,
    weight_percent: int | None,
    model_dir: Path,
    sound: Sound | None = None,
) -> TrainingReport:
    """Write a model's own part to `model_dir`, replacing it as a whole.

    Without a weight, held-back text chooses it. `sound` was learned from the recordings among
    the sources; here their transcripts count.
    Raises EngineError when the data has no usable sentence and no pronunciation.
    """
    given = given_pronunciations(sources)
    text = sentences.gather(filter(None, map(words, texts(sources))), sorted(given))
    if len(text.words) <= 2:
        raise nothing_to_learn()
    counted = counts.count(text)
    vocabulary = counted.words[2:]
    found = lexicon.new_words(vocabulary, given, release(base_model).guesses_pronunciations)
    proposal = None if weight_percent else weighing.propose(text, trie.base())
    report = TrainingReport(
        base_model=base_model,
        weight_percent=weight_percent or chosen(proposal),
        sentence_count=text.count,
        word_count=text.word_count,
        vocabulary_size=len(vocabulary),
        ngram_counts=(len(counted.words), len(counted.bigrams), len(counted.trigrams)),
        new_words=found,
        unpronounceable_words=tuple(
            sorted(set(vocabulary) - set(found) - set(lexicon.dictionary()))
        ),
        held_back=proposal.held_back if proposal else None,
        acoustic=sound.report if sound else None,
    )
    _save(report, counted, sound.model if sound else None, model_dir)
    return report


def chosen(proposal: weighing.Proposal | None) -> int:
    """The weight that held-back text proposes, else the usual one."""
    return proposal.weight_percent if proposal else DEFAULT_WEIGHT_PERCENT


def nothing_to_learn() -> EngineError:
    """What to raise when data has neither a sentence nor a pronunciation."""
    return EngineError("InvalidDataset", "The datasets hold nothing that a model can learn from.")


def texts(sources: Sequence[Source]) -> Iterator[str]:
    """Sentences of the data as they are written; some may hold no word."""
    for source in sources:
        yield from _texts(source)


def _texts(source: Source) -> Iterator[str]:
    match source.kind:
        case "Language":
            lines = textfile.lines(source.path)
            yield from (text for _, text in lines if not textfile.line_fault(text))
        case "LanguageMarkdown":
            yield from structured.read(source.path).sentences()
        case "Acoustic":
            yield from (one.transcript for one in transcripts.test_set(source.path))


def given_pronunciations(sources: Sequence[Source]) -> lexicon.Lexicon:
    """Pronunciations that the data itself brings."""
    found: lexicon.Lexicon = {}
    for source in sources:
        if source.kind == "Pronunciation":
            brought = pronunciation.read(source.path)[0]
        elif source.kind == "LanguageMarkdown":
            brought = structured.read(source.path).pronunciations()
        else:
            continue
        for word, phones in brought.items():
            found[word] = tuple(dict.fromkeys((*found.get(word, ()), *phones)))
    return found


def _save(
    report: TrainingReport, counted: counts.Counts, adapted: AcousticModel | None, model_dir: Path
) -> None:
    with written_whole(model_dir) as draft:
        counted.save(draft / COUNTS_FILE)
        lexicon.save(report.new_words, draft / LEXICON_FILE)
        if adapted:
            delta.save(adapted, draft / delta.DELTA_FILE)
        describe(report, draft)


def describe(report: TrainingReport, folder: Path, **more: str) -> None:
    """Write the model's description, and what else a family has to say of it."""
    description = {"format": FORMAT, **asdict(report), **more}
    (folder / MODEL_FILE).write_text(json.dumps(description, indent=1))


def description(model_dir: Path) -> dict[str, Any]:
    """What `describe` wrote. Raises EngineError when it is missing or of another format."""
    try:
        found: dict[str, Any] = json.loads((model_dir / MODEL_FILE).read_text())
    except (OSError, ValueError) as error:
        raise EngineError("InvalidModel", f"The model lacks its file {MODEL_FILE}.") from error
    if found.get("format") != FORMAT:
        raise EngineError("InvalidModel", "The model was made by another release of the engine.")
    return found


@contextmanager
def written_whole(model_dir: Path) -> Iterator[Path]:
    """A folder to fill, which then takes the place of `model_dir`."""
    draft = model_dir.with_name(f".{model_dir.name}.{os.getpid()}")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    yield draft
    shutil.rmtree(model_dir, ignore_errors=True)
    draft.rename(model_dir)
