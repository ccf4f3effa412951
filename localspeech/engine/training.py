"""Training: from datasets to a custom model's own part."""

import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from localspeech.engine import counts, inspection, lexicon, pronunciation, structured, transcripts
from localspeech.engine.errors import EngineError
from localspeech.engine.releases import DEFAULT_WEIGHT_PERCENT, release
from localspeech.engine.text import words

FORMAT = 1
MODEL_FILE, COUNTS_FILE, LEXICON_FILE = "model.json", "counts.npz", "lexicon.dict"

Progress = Callable[[float, str], None]


@dataclass(frozen=True)
class Source:
    """One dataset: its API kind and where its file lies."""

    kind: str
    path: Path


@dataclass(frozen=True)
class TrainingReport:
    """What a training used and made. `new_words` maps words to pronunciations in phones."""

    base_model: str
    weight_percent: int
    sentence_count: int
    word_count: int
    vocabulary_size: int
    ngram_counts: tuple[int, int, int]
    new_words: dict[str, tuple[str, ...]]
    unpronounceable_words: tuple[str, ...]


def train(
    sources: Sequence[Source],
    base_model: str,
    weight_percent: int | None,
    model_dir: Path,
    progress: Progress = lambda _share, _stage: None,
) -> TrainingReport:
    """Write a model's own part to `model_dir`, replacing it as a whole.

    Raises EngineError when the data has no usable sentence and no pronunciation.
    """
    progress(0.0, "reading")
    given = _given_pronunciations(sources)
    sentences = list(_sentences(sources))
    if not sentences and not given:
        raise EngineError(
            "InvalidDataset", "The datasets hold nothing that a model can learn from."
        )
    progress(0.4, "counting")
    counted = counts.count(sentences, sorted(given))
    vocabulary = counted.words[2:]
    found = lexicon.new_words(vocabulary, given, release(base_model).guesses_pronunciations)
    progress(0.8, "writing")
    report = TrainingReport(
        base_model=base_model,
        weight_percent=weight_percent or DEFAULT_WEIGHT_PERCENT,
        sentence_count=len(sentences),
        word_count=sum(map(len, sentences)),
        vocabulary_size=len(vocabulary),
        ngram_counts=(len(counted.words), len(counted.bigrams), len(counted.trigrams)),
        new_words=found,
        unpronounceable_words=tuple(
            sorted(set(vocabulary) - set(found) - set(lexicon.dictionary()))
        ),
    )
    _save(report, counted, model_dir)
    progress(1.0, "done")
    return report


def _sentences(sources: Sequence[Source]) -> Iterator[list[str]]:
    for source in sources:
        for text in _texts(source):
            found = words(text)
            if found:
                yield found


def _texts(source: Source) -> Iterator[str]:
    match source.kind:
        case "Language":
            yield from (text for _, text, fault in inspection.sentences(source.path) if not fault)
        case "LanguageMarkdown":
            yield from structured.read(source.path).sentences()
        case "Acoustic":
            yield from (one.transcript for one in transcripts.test_set(source.path))


def _given_pronunciations(sources: Sequence[Source]) -> lexicon.Lexicon:
    found: lexicon.Lexicon = {}
    for source in sources:
        if source.kind == "Pronunciation":
            brought = pronunciation.read(source.path)[0]
        elif source.kind == "LanguageMarkdown":
            sounds = structured.read(source.path).sounds
            brought = {word: tuple(phones) for word, phones in sounds.items()}
        else:
            continue
        for word, phones in brought.items():
            found[word] = tuple(dict.fromkeys((*found.get(word, ()), *phones)))
    return found


def _save(report: TrainingReport, counted: counts.Counts, model_dir: Path) -> None:
    draft = model_dir.with_name(f".{model_dir.name}.{os.getpid()}")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    counted.save(draft / COUNTS_FILE)
    lexicon.save(report.new_words, draft / LEXICON_FILE)
    description = {"format": FORMAT, **asdict(report)}
    (draft / MODEL_FILE).write_text(json.dumps(description, indent=1))
    shutil.rmtree(model_dir, ignore_errors=True)
    draft.rename(model_dir)
