"""The Whisper family: adapted to text by its language model and its words."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from localspeech.engine import counts, sentences, training, trie, weighing
from localspeech.engine.text import words
from localspeech.engine.training import Sound, Source, TrainingReport
from localspeech.engine.whisper import context
from localspeech.engine.whisper.decoding import Network
from localspeech.engine.whisper.recognition import WEIGHTS_KEY, WhisperRecogniser, adaptation
from localspeech.engine.whisper.weights import Weights


class Whisper:
    """Models that share one network's weights."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights

    def recogniser(self, model: Path | None) -> WhisperRecogniser:
        """The network as it is, or with a custom model's part. Raises EngineError."""
        sha256 = self._weights.checked()
        changed = (model / training.MODEL_FILE).stat().st_mtime_ns if model else 0
        return _loaded(self._weights.folder, sha256, model, changed)

    def train(
        self,
        sources: Sequence[Source],
        base_model: str,
        weight_percent: int | None,
        model_dir: Path,
        sound: Sound | None,
    ) -> TrainingReport:
        """Counts of the words, and those of them that the network is told; no pronunciations.

        Without a weight, held-back text chooses it, as for the other family.
        """
        sha256 = self._weights.checked()
        texts = list(training.texts(sources))
        text = sentences.gather(filter(None, map(words, texts)))
        if not text.count:
            raise training.nothing_to_learn()
        counted = counts.count(text)
        proposal = weighing.propose(text, trie.base()) if weight_percent is None else None
        report = TrainingReport(
            base_model=base_model,
            weight_percent=training.chosen(proposal) if weight_percent is None else weight_percent,
            sentence_count=text.count,
            word_count=text.word_count,
            vocabulary_size=len(counted.words) - 2,
            ngram_counts=(len(counted.words), len(counted.bigrams), len(counted.trigrams)),
            new_words={},
            unpronounceable_words=(),
            held_back=proposal.held_back if proposal else None,
        )
        with training.written_whole(model_dir) as draft:
            counted.save(draft / training.COUNTS_FILE)
            context.save(context.chosen(texts), draft)
            training.describe(report, draft, **{WEIGHTS_KEY: sha256})
        return report


@lru_cache(maxsize=2)
def _loaded(folder: Path, sha256: str, model: Path | None, _changed: int) -> WhisperRecogniser:
    network = _network(folder, sha256)
    return WhisperRecogniser(network, adaptation(model, network, sha256) if model else None)


@lru_cache(maxsize=1)
def _network(folder: Path, _sha256: str) -> Network:
    return Network(folder)
