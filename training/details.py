"""The forms in which a test's utterances come.

Documented for Azure: the names of the files, one for each clip and model, and batch transcription.
Observed in public code, not documented: such a file is a batch transcription whose phrases carry
`scoringResult`, the words with their errors in elements. Only the words are taken from there; they
are aligned here, because what stands in an element is nowhere described.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeGuard

from training.alignment import Operation, aligned

_SCORE = re.compile(r"(?P<clip>.+)\.model(?P<number>[12])_score\.json", re.IGNORECASE)
_OF_MODEL = re.compile(r"model[ _-]?(?P<number>[12])", re.IGNORECASE)
_PHRASES = {"combinedRecognizedPhrases", "recognizedPhrases"}
_ODD = re.compile(r"\\u(?:0000|d[89a-f])", re.IGNORECASE)
_MISSING = re.compile(r"<deletion>.*?</deletion>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"</?(?:insertion|deletion|substitution)>|,", re.IGNORECASE)


@dataclass(frozen=True)
class Detail:
    """One clip. Without a reference, what was said is not known, and operations are empty."""

    file: str
    reference: str
    texts: tuple[str, str]
    operations: tuple[list[Operation], list[Operation]]


@dataclass(frozen=True)
class Said:
    """A clip of a dataset: its file as the dataset names it, and what is said in it."""

    file: str
    text: str


def key(name: str) -> str:
    """By which clips are found again: the file's name without folders and capitals."""
    return name.replace("\\", "/").rpartition("/")[2].strip().lower()


def own(content: bytes) -> list[Detail]:
    """Details as the local service writes them; [] for any other form."""
    rows = _json(content)
    found = [_own(one) for one in rows] if isinstance(rows, list) else []
    return [one for one in found if one is not None] if all(found) else []


def _own(one: Any) -> Detail | None:
    if not isinstance(one, Mapping):
        return None
    sides = list(_mappings([one.get("model1"), one.get("model2")]))
    if len(sides) != 2 or not all("text" in side for side in sides):
        return None
    file, reference = str(one.get("file", "")), str(one.get("reference", ""))
    texts = (str(sides[0]["text"]), str(sides[1]["text"]))
    first, second = (side.get("operations") for side in sides)
    if not _are_operations(first) or not _are_operations(second):
        return _detail(file, reference, texts)
    return Detail(file, reference, texts, (first, second))


def _are_operations(given: Any) -> TypeGuard[list[Operation]]:
    return isinstance(given, list) and all(isinstance(o, list) and len(o) == 3 for o in given)


def clip_and_model(name: str) -> tuple[str, int] | None:
    """Clip and number of the model of a file such as "a.wav.model1_score.json"."""
    found = _SCORE.fullmatch(name)
    return (found["clip"], int(found["number"])) if found else None


def model_of(name: str) -> int | None:
    """Number of the model that a text file with the whole test belongs to, by its name."""
    found = _OF_MODEL.search(name)
    return int(found["number"]) if found else None


def lines(content: bytes) -> dict[str, str]:
    """File and text of each line with a tab between them; {} for another form."""
    found = [
        (name.strip(), text.strip())
        for line in content.decode("utf-8-sig", errors="replace").replace("\0", "").splitlines()
        for name, tab, text in [line.partition("\t")]
        if tab and name.strip()
    ]
    return dict(found)


def transcription(content: bytes) -> tuple[str, str] | None:
    """Source and text of a file of a batch transcription; None for another form."""
    body = _json(content)
    if not isinstance(body, Mapping) or not _PHRASES & body.keys():
        return None
    whole = [_text(one) for one in _mappings(body.get("combinedRecognizedPhrases"))]
    pieces = [_best(one) for one in _mappings(body.get("recognizedPhrases"))]
    text = " ".join(filter(None, whole)) or " ".join(filter(None, pieces))
    return str(body.get("source", "")), text


def _best(phrase: Mapping[str, Any]) -> str:
    first = next(_mappings(phrase.get("nBest")), {})
    heard = _MISSING.sub(" ", str(first.get("scoringResult") or ""))
    return _text(first) or " ".join(_TAG.sub(" ", heard).split())


def _text(one: Mapping[str, Any]) -> str:
    return str(one.get("lexical") or one.get("display") or "")


def _mappings(value: Any) -> Iterator[Mapping[str, Any]]:
    listed = value if isinstance(value, list) else []
    return (one for one in listed if isinstance(one, Mapping))


def _json(content: bytes) -> Any:
    text = content.decode("utf-8-sig", errors="replace")
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return _storable(body) if _ODD.search(text) else body


def _storable(value: Any) -> Any:
    """Without what no database keeps: null characters, and halves of surrogate pairs."""
    match value:
        case str():
            return value.encode(errors="replace").decode().replace("\0", "")
        case list():
            return [_storable(one) for one in value]
        case dict():
            return {_storable(name): _storable(one) for name, one in value.items()}
    return value


def assembled(
    first: Mapping[str, str], second: Mapping[str, str], said: Mapping[str, Said]
) -> list[Detail]:
    """Both models' texts by clip, in the order of the dataset, aligned where it is known.

    `first` and `second` are by the service's names, `said` by `key`.
    """
    heard = [{key(name): text for name, text in side.items()} for side in (first, second)]
    names = {key(name): name for name in [*first, *second]}
    order = [one for one in said if one in names]
    order += sorted(one for one in names if one not in said)
    return [
        _detail(
            said[one].file if one in said else names[one],
            said[one].text if one in said else "",
            (heard[0].get(one, ""), heard[1].get(one, "")),
        )
        for one in order
    ]


def _detail(file: str, reference: str, texts: tuple[str, str]) -> Detail:
    if not reference:
        return Detail(file, "", texts, ([], []))
    return Detail(
        file, reference, texts, (aligned(reference, texts[0]), aligned(reference, texts[1]))
    )
