"""The phoneme network of the package `hama` with lexicon and language model, beside the engine.

    pip install hama flashlight-text
    python benchmarks/phoneme_network.py [FOLDER ...]

Neither package is needed by the product. The network gives each 20 ms the probabilities of its
phones; flashlight-text searches for the words: a beam over the engine's own dictionary and its
own trigrams, as they are and interpolated with the domain's text. The weight of the language
model and the price of a word are chosen on held-back recordings of the data to adapt to, so is
the text's weight; the test is looked at once. Sets are described in speech.py.
"""

import itertools
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
import speech
from flashlight.lib.text.decoder import (
    CriterionType,
    LexiconDecoder,
    LexiconDecoderOptions,
    SmearingMode,
    Trie,
)
from flashlight.lib.text.decoder.kenlm import KenLM
from flashlight.lib.text.dictionary import Dictionary
from hama.asr import ASRModel

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from adaptation import Tried, show

from localspeech.engine import counts, estimation, interpolation, lexicon, ngram, sentences, trie
from localspeech.engine.dictionary import dictionary
from localspeech.engine.scoring import score
from localspeech.engine.text import words

# The dictionary's phones in the network's alphabet; several tokens of one phone are added up.
PHONES = {
    "AA": "ɑ a ɒ", "AE": "æ", "AH": "ə ʌ ɐ", "AO": "ɔ", "AW": "aʊ", "AY": "aɪ", "B": "b",
    "CH": "t͡ʃ", "D": "d ɖ", "DH": "ð", "EH": "ɛ e", "ER": "ɝ ɚ ɜ", "EY": "eɪ", "F": "f",
    "G": "ɡ g", "HH": "h ɦ", "IH": "ɪ ɨ", "IY": "i", "JH": "d͡ʒ", "K": "k", "L": "l ɫ", "M": "m",
    "N": "n", "NG": "ŋ", "OW": "oʊ o", "OY": "ɔɪ", "P": "p", "R": "ɹ r ɻ", "S": "s", "SH": "ʃ",
    "T": "t ɾ ʈ", "TH": "θ", "UH": "ʊ", "UW": "u", "V": "v", "W": "w", "Y": "j", "Z": "z",
    "ZH": "ʒ",
}  # fmt: skip
BOUNDARY, BLANK = "<wb>", "<blank>"
TOKENS = (*PHONES, BOUNDARY, BLANK)
LANGUAGE_WEIGHTS, WORD_SCORES = (0.5, 1.0, 1.5, 2.0), (-1.0, 0.0, 1.0)
TEXT_WEIGHTS = (30, 50, 70, 90)
BEAM, TOKEN_BEAM, THRESHOLD = 300, 30, 40.0


class Network:
    """Log probabilities of the dictionary's phones in recordings."""

    def __init__(self) -> None:
        self._model = ASRModel()
        names = self._model.decoder_tokens
        spelled = [*PHONES.values(), BOUNDARY, BLANK]
        self._columns = [[names.index(one) for one in tokens.split()] for tokens in spelled]

    def __call__(self, samples: np.ndarray) -> np.ndarray:
        """(frames, len(TOKENS)) of 16 kHz samples."""
        feed = {
            "waveform": samples[None].astype(np.float32) / 32768,
            "waveform_lengths": np.array([len(samples)]),
        }
        found, _ = self._model.session.run(["log_probs", "out_lengths"], feed)
        each = [np.logaddexp.reduce(found[0][:, one], axis=1) for one in self._columns]
        return np.ascontiguousarray(np.stack(each, axis=1), np.float32)


def write_arpa(model: ngram.Trigrams, path: Path) -> None:
    """The model in ARPA's format, log 10."""
    size, names, unit = model.size, model.words, np.log(10)
    with path.open("w") as file:
        file.write(f"\\data\\\nngram 1={size + 1}\nngram 2={len(model.k2)}\n")
        file.write(f"ngram 3={len(model.k3)}\n\n\\1-grams:\n-9.0\t<unk>\t0\n")
        for p, word, b in zip(model.p1 / unit, names, model.b1 / unit, strict=True):
            file.write(f"{max(p, -99):.5f}\t{word}\t{b:.5f}\n")
        file.write("\n\\2-grams:\n")
        for key, p, b in zip(model.k2, model.p2 / unit, model.b2 / unit, strict=True):
            file.write(f"{p:.5f}\t{names[key // size]} {names[key % size]}\t{b:.5f}\n")
        file.write("\n\\3-grams:\n")
        for key, p in zip(model.k3, model.p3 / unit, strict=True):
            a, rest = divmod(int(key), size * size)
            file.write(f"{p:.5f}\t{names[a]} {names[rest // size]} {names[rest % size]}\n")
        file.write("\n\\end\\\n")


class Search:
    """Words for phones: one language model and lexicon."""

    def __init__(self, model: ngram.Trigrams, lexicon: Mapping[str, Sequence[str]]) -> None:
        likely_first = np.argsort(-model.p1, kind="stable")  # the trie keeps six homophones
        known = [one for at in likely_first if (one := model.words[at]) in lexicon]
        self._words = Dictionary()
        for word in (*known, "<unk>"):
            self._words.add_entry(word)
        with tempfile.NamedTemporaryFile(suffix=".arpa") as file:
            write_arpa(model, Path(file.name))
            self._language = KenLM(file.name, self._words)
        self._trie = self._lexicon_trie(known, lexicon)

    def _lexicon_trie(self, known: Iterable[str], lexicon: Mapping[str, Sequence[str]]) -> Trie:
        index = {name: number for number, name in enumerate(TOKENS)}
        found, start = Trie(len(TOKENS), index[BOUNDARY]), self._language.start(False)
        for word in known:
            number = self._words.get_index(word)
            _, likely = self._language.score(start, number)
            for phones in lexicon[word]:
                spelled = [index[one] for one in phones.split()]
                found.insert([*spelled, index[BOUNDARY]], number, likely)
                found.insert(spelled, number, likely)
        found.smear(SmearingMode.MAX)
        return found

    def __call__(self, emissions: np.ndarray, language: float, word: float) -> str:
        """The likeliest words."""
        options = LexiconDecoderOptions(
            beam_size=BEAM, beam_size_token=TOKEN_BEAM, beam_threshold=THRESHOLD,
            lm_weight=language, word_score=word, unk_score=-np.inf, sil_score=0.0,
            log_add=False, criterion_type=CriterionType.CTC,
        )  # fmt: skip
        decoder = LexiconDecoder(
            options, self._trie, self._language, TOKENS.index(BOUNDARY), TOKENS.index(BLANK),
            self._words.get_index("<unk>"), [], False,
        )  # fmt: skip
        best = decoder.decode(emissions.ctypes.data, *emissions.shape)
        if not best:
            return ""
        return " ".join(self._words.get_entry(one) for one in best[0].words if one >= 0)


def base() -> Search:
    """The engine's words as they are."""
    return Search(trie.base(), dictionary())


def adapted(text: Iterable[str], weight: int) -> Search:
    """The engine's words with the domain's, as training makes them."""
    counted = counts.count(sentences.gather(filter(None, map(words, text))))
    known = set(trie.base().words)
    new = tuple(word for word in counted.words if word not in known)
    grown = ngram.grown(trie.base(), new)
    custom = estimation.estimate(counted, grown.words)
    given = lexicon.new_words(new, {}, guess=True)
    mixed = interpolation.interpolate(grown, custom, weight / 100)
    return Search(mixed, {**dictionary(), **given})


def tested(
    label: str,
    search: Search,
    heard: Sequence[np.ndarray],
    takes: Sequence[speech.Take],
    scales: tuple[float, float],
) -> Tried:
    """Words of recordings against what was said; seconds are processor time of the search."""
    began = time.process_time()
    texts = [search(one, *scales) for one in heard]
    took = time.process_time() - began
    rows = [(one.path.name, one.text, text) for one, text in zip(takes, texts, strict=True)]
    found = score(rows)[1]
    counted = [[r.substitutions, r.deletions, r.insertions, r.word_count] for r in found]
    return Tried(label, label, took, counts=np.array(counted))


def run(network: Network, found: speech.SpeechSet) -> None:
    """One set: what is chosen, and a table."""
    dev = speech.held_back(found.adapt)
    heard = [network(speech.samples(one)) for one in dev]
    plain = base()
    grid = list(itertools.product(LANGUAGE_WEIGHTS, WORD_SCORES))
    tried = [tested(str(one), plain, heard, dev, one).rate for one in grid]
    scales = grid[int(np.argmin(tried))]
    print(f"\n{found.name}: language model's weight and a word's score {scales}", end=" ")
    print(f"({min(tried):.1f}% of {len(dev)} held-back clips; worst {max(tried):.1f}%)")
    said = {" ".join(words(one.text)) for one in dev}
    text = [one for one in found.text if " ".join(words(one)) not in said]
    rates = [tested("", adapted(text, one), heard, dev, scales).rate for one in TEXT_WEIGHTS]
    weight = TEXT_WEIGHTS[int(np.argmin(rates))]
    shown = ", ".join(f"{w}: {r:.1f}%" for w, r in zip(TEXT_WEIGHTS, rates, strict=True))
    print(f"text's weight {weight} ({shown})")
    began = time.process_time()
    heard = [network(speech.samples(one)) for one in found.test]
    took = time.process_time() - began
    print(f"network: {took / speech.seconds(found.test):.3f} s of a core for one of audio")
    searches = {"baseline": plain, f"text {weight}": adapted(found.text, weight)}
    show([tested(name, one, heard, found.test, scales) for name, one in searches.items()])


def main() -> None:
    """A table for each set."""
    network = Network()
    for one in speech.folders(sys.argv[1:]):
        run(network, speech.read(one))


if __name__ == "__main__":
    main()
