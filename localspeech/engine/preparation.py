"""The merged form of a model that the decoder loads: built once, cached, shared."""

import fcntl
import hashlib
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from localspeech.engine import assets, counts, estimation, interpolation, lexicon, ngram, trie
from localspeech.engine.acoustic import delta
from localspeech.engine.errors import EngineError
from localspeech.engine.training import COUNTS_FILE, LEXICON_FILE, MODEL_FILE, description

MOST_CACHED = 8
_IN_USE_SECONDS = 600
_RECIPE = "2"


@dataclass(frozen=True)
class PreparedModel:
    """Files for the decoder. Equal models have equal paths.

    `means` and `weights` are the acoustic model's, None where they are the base's.
    """

    language_model: Path
    dictionary: Path
    means: Path | None = None
    weights: Path | None = None


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
    return PreparedModel(folder / "lm.bin", folder / "words.dict", *adapted_files(folder))


def base_with(acoustics: Path) -> PreparedModel:
    """The base's words with the adapted acoustic model whose files lie in a folder."""
    return PreparedModel(assets.language_model(), assets.dictionary(), *adapted_files(acoustics))


def adapted_files(folder: Path) -> tuple[Path | None, Path | None]:
    """Means and mixture weights in a folder, as far as there are any."""
    means, weights = folder / delta.MEANS_FILE, folder / delta.WEIGHTS_FILE
    return (means, weights) if means.exists() else (None, None)


def _fingerprint(model_dir: Path) -> str:
    digest = hashlib.sha256(_RECIPE.encode())
    for name in (MODEL_FILE, COUNTS_FILE, LEXICON_FILE):
        try:
            digest.update((model_dir / name).read_bytes())
        except OSError as error:
            raise EngineError("InvalidModel", f"The model lacks its file {name}.") from error
    acoustics = model_dir / delta.DELTA_FILE
    if acoustics.exists():
        digest.update(acoustics.read_bytes())
    return digest.hexdigest()[:32]


def _build(model_dir: Path, folder: Path) -> None:
    weight = description(model_dir)["weight_percent"] / 100
    draft = folder.with_suffix(f".{os.getpid()}")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir()
    merged = _merged(model_dir, weight)
    trie.write(merged, draft / "lm.bin")
    own = lexicon.load(model_dir / LEXICON_FILE)
    with (draft / "words.dict").open("w") as file:
        file.writelines(lexicon.merged(lexicon.dictionary(), own))
    acoustics = model_dir / delta.DELTA_FILE
    if acoustics.exists():
        delta.unfold(delta.load(acoustics), draft)
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
