"""The merged form of a model that the decoder loads: built once, cached, shared."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from localspeech.engine import assets, counts, estimation, interpolation, lexicon, ngram, trie
from localspeech.engine.acoustic import delta
from localspeech.engine.caching import built_once
from localspeech.engine.errors import EngineError
from localspeech.engine.training import COUNTS_FILE, LEXICON_FILE, MODEL_FILE, description

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
    folder = cache_dir / fingerprint(model_dir)
    built_once(folder, lambda draft: _build(model_dir, draft))
    return PreparedModel(folder / "lm.bin", folder / "words.dict", *adapted_files(folder))


def base_with(acoustics: Path) -> PreparedModel:
    """The base's words with the adapted acoustic model whose files lie in a folder."""
    return PreparedModel(assets.language_model(), assets.dictionary(), *adapted_files(acoustics))


def adapted_files(folder: Path) -> tuple[Path | None, Path | None]:
    """Means and mixture weights in a folder, as far as there are any."""
    means, weights = folder / delta.MEANS_FILE, folder / delta.WEIGHTS_FILE
    return (means, weights) if means.exists() else (None, None)


def fingerprint(model_dir: Path) -> str:
    """Equal for equal models. Raises EngineError when a file is missing."""
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


def merged_language(model_dir: Path) -> ngram.Trigrams:
    """The base's trigrams interpolated with the model's own, at its weight."""
    weight = description(model_dir)["weight_percent"] / 100
    counted = counts.load(model_dir / COUNTS_FILE)
    grown = ngram.covering(trie.base(), counted.words)
    return interpolation.interpolate(grown, estimation.estimate(counted, grown.words), weight)


def _build(model_dir: Path, draft: Path) -> None:
    trie.write(merged_language(model_dir), draft / "lm.bin")
    own = lexicon.load(model_dir / LEXICON_FILE)
    with (draft / "words.dict").open("w") as file:
        file.writelines(lexicon.merged(lexicon.dictionary(), own))
    acoustics = model_dir / delta.DELTA_FILE
    if acoustics.exists():
        delta.unfold(delta.load(acoustics), draft)
