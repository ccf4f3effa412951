"""Words for phones: a beam search through a lexicon under a language model, by flashlight-text."""

import contextlib
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from localspeech.engine import lexicon
from localspeech.engine.families import Word
from localspeech.engine.phonemes.network import (
    BLANK,
    BOUNDARY,
    FRAME_SECONDS,
    TOKENS,
    Emissions,
)

# Chosen on recordings that no test of docs/engine.md uses.
LANGUAGE_WEIGHT, WORD_SCORE = 2.0, -1.0
_BEAM, _TOKEN_BEAM, _THRESHOLD = 300, 30, 40.0
_UNKNOWN = "<unk>"
_MOST_HOMOPHONES = 6  # more than that the library's lexicon leaves out
_PLACE = {name: number for number, name in enumerate(TOKENS)}
_SILENT = {_PLACE[BOUNDARY], _PLACE[BLANK]}


class Search:
    """One language model in ARPA's format and one dictionary file, the likeliest words first."""

    def __init__(self, language: Path, dictionary: Path) -> None:
        from flashlight.lib.text.decoder.kenlm import KenLM
        from flashlight.lib.text.dictionary import Dictionary

        spoken = lexicon.load(dictionary)
        self._words = Dictionary()
        for word in (*spoken, _UNKNOWN):
            self._words.add_entry(word)
        with _quiet():
            self._language = KenLM(str(language), self._words)
        self._decoder = self._made(self._trie(spoken))

    def _trie(self, spoken: lexicon.Lexicon) -> Any:
        """Each pronunciation, with and without the mark of a word's end."""
        from flashlight.lib.text.decoder import SmearingMode, Trie

        found, start = Trie(len(TOKENS), _PLACE[BOUNDARY]), self._language.start(False)
        homophones: Counter[str] = Counter()
        for word, variants in spoken.items():
            number = self._words.get_index(word)
            _, likelihood = self._language.score(start, number)
            for phones in variants:
                homophones[phones] += 1
                if homophones[phones] <= _MOST_HOMOPHONES:
                    spelled = [_PLACE[phone] for phone in phones.split()]
                    found.insert([*spelled, _PLACE[BOUNDARY]], number, likelihood)
                    found.insert(spelled, number, likelihood)
        found.smear(SmearingMode.MAX)
        return found

    def _made(self, trie: Any) -> Any:
        from flashlight.lib.text.decoder import (
            CriterionType,
            LexiconDecoder,
            LexiconDecoderOptions,
        )

        options = LexiconDecoderOptions(
            beam_size=_BEAM, beam_size_token=_TOKEN_BEAM, beam_threshold=_THRESHOLD,
            lm_weight=LANGUAGE_WEIGHT, word_score=WORD_SCORE, unk_score=-np.inf, sil_score=0.0,
            log_add=False, criterion_type=CriterionType.CTC,
        )  # fmt: skip
        return LexiconDecoder(
            options, trie, self._language, _PLACE[BOUNDARY], _PLACE[BLANK],
            self._words.get_index(_UNKNOWN), [], False,
        )  # fmt: skip

    def words(self, emissions: Emissions) -> list[Word]:
        """The likeliest words, and where their phones stand."""
        found = self._decoder.decode(emissions.ctypes.data, *emissions.shape)
        return list(self._placed(found[0])) if found else []

    def _placed(self, best: Any) -> Iterator[Word]:
        """Tokens and words stand one place after their frame; a word where its last phone is."""
        begins: int | None = None
        for place, (token, word) in enumerate(zip(best.tokens, best.words, strict=True)):
            if begins is None and 0 <= token < len(TOKENS) and token not in _SILENT:
                begins = place - 1
            if word >= 0:
                start = place - 1 if begins is None else begins
                text = self._words.get_entry(word)
                yield Word(text, start * FRAME_SECONDS, place * FRAME_SECONDS)
                begins = None


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep the library from drawing its progress on the standard error, which has no switch."""
    kept = os.dup(2)
    with open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
