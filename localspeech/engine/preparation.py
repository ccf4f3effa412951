"""The merged form of a model that the decoder loads: built once, cached, shared."""

import fcntl
import hashlib
import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from localspeech.engine import assets, counts, estimation, interpolation, lexicon, ngram, trie
from localspeech.engine.errors import EngineError
from localspeech.engine.training import COUNTS_FILE, FORMAT, LEXICON_FILE, MODEL_FILE

MOST_CACHED = 8
_IN_USE_SECONDS = 600
_RECIPE = "1"


@dataclass(frozen=True)
class PreparedModel:
    """Files for the decoder. Equal models have equal paths."""

    language_model: Path
    dictionary: Path


def prepare(model_dir: Path | None, cache_dir: Path) -> PreparedModel:
    """The decoder's files of a custom model, or of the base model for None.

    Safe when several processes ask at once: one builds, the others wait. Raises EngineError
    when the model cannot be read.
    """
    if model_dir is None:
        return PreparedModel(assets.language_model(), assets.dictionary())
    cache_dir.mkdir(parents=True, exist_ok=True)
    folder = cache_dir / _fingerprint(model_dir)
    with _locked(cache_dir / f"{folder.name}.lock"):
        if not folder.exists():
            _build(model_dir, folder)
        os.utime(folder)
    _forget_old(cache_dir, folder)
    return PreparedModel(folder / "lm.bin", folder / "words.dict")


def _fingerprint(model_dir: Path) -> str:
    digest = hashlib.sha256(_RECIPE.encode())
    for name in (MODEL_FILE, COUNTS_FILE, LEXICON_FILE):
        try:
            digest.update((model_dir / name).read_bytes())
        except OSError as error:
            raise EngineError("InvalidModel", f"The model lacks its file {name}.") from error
    return digest.hexdigest()[:32]


def _build(model_dir: Path, folder: Path) -> None:
    description: dict[str, Any] = json.loads((model_dir / MODEL_FILE).read_text())
    if description.get("format") != FORMAT:
        raise EngineError("InvalidModel", "The model was made by another release of the engine.")
    draft = folder.with_suffix(f".{os.getpid()}")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir()
    merged = _merged(model_dir, description["weight_percent"] / 100)
    trie.write(merged, draft / "lm.bin")
    own = lexicon.load(model_dir / LEXICON_FILE)
    with (draft / "words.dict").open("w") as file:
        file.writelines(lexicon.merged(lexicon.dictionary(), own))
    draft.rename(folder)


def _merged(model_dir: Path, weight: float) -> ngram.Trigrams:
    counted = counts.load(model_dir / COUNTS_FILE)
    base = trie.base()
    known = set(base.words)
    grown = ngram.grown(base, tuple(word for word in counted.words if word not in known))
    return interpolation.interpolate(grown, estimation.estimate(counted, grown.words), weight)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _forget_old(cache_dir: Path, keep: Path) -> None:
    """Bound the cache; what was asked for in the last minutes may still be loading."""
    ready = [one for one in cache_dir.iterdir() if one.is_dir() and one != keep and not one.suffix]
    oldest_first = sorted(ready, key=lambda one: one.stat().st_mtime)
    for folder in oldest_first[: max(len(oldest_first) - (MOST_CACHED - 1), 0)]:
        if time.time() - folder.stat().st_mtime > _IN_USE_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)
