"""The phoneme family: text and pronunciations adapt it as they adapt the first family's words."""

import shutil
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from localspeech.engine import lexicon, training, trie
from localspeech.engine.caching import built_once
from localspeech.engine.dictionary import dictionary
from localspeech.engine.errors import EngineError
from localspeech.engine.families import SHORTEST_BYTES, Word
from localspeech.engine.ngram import Trigrams
from localspeech.engine.phonemes import arpa
from localspeech.engine.phonemes.network import Network
from localspeech.engine.phonemes.search import Search
from localspeech.engine.preparation import fingerprint, merged_language
from localspeech.engine.segments import cut
from localspeech.engine.training import Sound, Source, TrainingReport
from localspeech.engine.wav import RATE

_LANGUAGE, _DICTIONARY = "language.arpa", "words.dict"
_RECIPE = "phonemes-1"


class PhonemeRecogniser:
    """One utterance at a time, each independent of those before."""

    def __init__(self, network: Network, search: Search) -> None:
        self._network, self._search = network, search

    def recognise(self, pcm: bytes) -> str:
        """Lower-case words in 16 kHz mono s16le audio; "" for silence and for under 0.1 s."""
        return " ".join(word.text for word in self.words(pcm))

    def words(self, pcm: bytes) -> list[Word]:
        """`recognise` with the place of each word."""
        return [
            Word(word.text, start / RATE + word.start, start / RATE + word.end)
            for start, stop in cut(pcm)
            for word in self._heard(pcm[2 * start : 2 * stop])
        ]

    def _heard(self, piece: bytes) -> list[Word]:
        if len(piece) < SHORTEST_BYTES or not any(piece):
            return []
        return self._search.words(self._network.hear(piece))


class Phonemes:
    """Models whose searchable forms lie in a cache folder."""

    def __init__(self, cache: Path) -> None:
        self._cache = cache

    def recogniser(self, model: Path | None) -> PhonemeRecogniser:
        """The network with a custom model's words, or the base's. Raises EngineError."""
        folder = self._cache / f"{_RECIPE}-{fingerprint(model) if model else 'base'}"
        try:
            return _loaded(built_once(folder, lambda draft: _build(model, draft)))
        except RuntimeError:  # the library's, for a form that a power cut left half written
            shutil.rmtree(folder, ignore_errors=True)
        try:
            return _loaded(built_once(folder, lambda draft: _build(model, draft)))
        except RuntimeError as error:
            message = f"The phoneme family cannot be loaded on this server: {error}"
            raise EngineError("InternalServerError", message) from error

    def train(
        self,
        sources: Sequence[Source],
        base_model: str,
        weight_percent: int | None,
        model_dir: Path,
        sound: Sound | None,
    ) -> TrainingReport:
        """Counts of the words and their pronunciations."""
        return training.train(sources, base_model, weight_percent, model_dir)


def _build(model: Path | None, draft: Path) -> None:
    language = merged_language(model) if model else trie.base()
    arpa.write(language, draft / _LANGUAGE)
    own = lexicon.load(model / training.LEXICON_FILE) if model else {}
    lexicon.save(_spoken(language, own), draft / _DICTIONARY)


def _spoken(language: Trigrams, own: lexicon.Lexicon) -> lexicon.Lexicon:
    """Words of the language model that can be said, the likeliest first."""
    ordered = [language.words[place] for place in np.argsort(-language.p1, kind="stable")]
    known = dictionary()
    variants = {word: dict.fromkeys((*own.get(word, ()), *known.get(word, ()))) for word in ordered}
    return {word: tuple(phones) for word, phones in variants.items() if phones}


@lru_cache(maxsize=1)  # a second one would not fit into an engine process
def _loaded(folder: Path) -> PhonemeRecogniser:
    return PhonemeRecogniser(_network(), Search(folder / _LANGUAGE, folder / _DICTIONARY))


@lru_cache(maxsize=1)
def _network() -> Network:
    return Network()
