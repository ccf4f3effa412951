"""Where the weights lie that come inside installed packages."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path


@cache
def _package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise FileNotFoundError(f"The package {name} is not installed.")
    return Path(spec.origin).parent


def acoustic_model() -> Path:
    """Folder of the US English acoustic model."""
    return _package("pocketsphinx") / "model" / "en-us" / "en-us"


def language_model() -> Path:
    """The US English trigram model in pocketsphinx's binary form."""
    return _package("pocketsphinx") / "model" / "en-us" / "en-us.lm.bin"


def dictionary() -> Path:
    """The pronouncing dictionary, one `word PH PH ...` a line."""
    return _package("pocketsphinx") / "model" / "en-us" / "cmudict-en-us.dict"


def grapheme_network() -> Path:
    """Weights of the grapheme-to-phoneme network; the package itself is never imported."""
    return _package("g2p_en") / "checkpoint20.npz"
