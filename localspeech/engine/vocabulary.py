"""The words of a dataset: how many, and which of them the base model does not know."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from localspeech.engine import lexicon, respelling
from localspeech.engine.dictionary import dictionary
from localspeech.engine.releases import BASE_MODELS

MOST_NEW_WORDS = 5_000


@dataclass(frozen=True)
class NewWord:
    """A word that the shipped dictionary lacks, with the pronunciations that training will use.

    `is_guessed`: they come from its spelling, not from the data. `spoken_form` are ordinary
    words that sound like the first of them, None when there are none.
    """

    word: str
    count: int
    pronunciations: tuple[str, ...]
    is_guessed: bool
    spoken_form: str | None


@dataclass(frozen=True)
class Vocabulary:
    """`new_words`: the most frequent of the `new_word_count` ones."""

    word_count: int
    vocabulary_size: int
    new_word_count: int
    new_words: tuple[NewWord, ...]

    def as_json(self) -> dict[str, Any]:
        """The dataset file vocabulary.json, in the manner of the API's names."""
        return {
            "wordCount": self.word_count,
            "vocabularySize": self.vocabulary_size,
            "newWordCount": self.new_word_count,
            "newWords": [
                {
                    "word": one.word,
                    "count": one.count,
                    "pronunciations": list(one.pronunciations),
                    "isGuessed": one.is_guessed,
                    "spokenForm": one.spoken_form,
                }
                for one in self.new_words
            ],
            "baseModels": [
                {"displayName": one.name, "guessesPronunciations": one.guesses_pronunciations}
                for one in BASE_MODELS
            ],
        }


def describe(counts: Mapping[str, int], given: lexicon.Lexicon) -> Vocabulary:
    """The words of a dataset from how often each stands there; `given` is its own lexicon."""
    seen = dict.fromkeys(given, 0) | dict(counts)
    lacking = sorted(seen.keys() - dictionary().keys(), key=lambda one: (-seen[one], one))
    shown = lacking[:MOST_NEW_WORDS]
    unknown = [word for word in shown if word not in given]
    guesses = dict(zip(unknown, lexicon.guessed(unknown), strict=True))
    return Vocabulary(
        word_count=sum(counts.values()),
        vocabulary_size=len(seen),
        new_word_count=len(lacking),
        new_words=tuple(_new_word(word, seen[word], given, guesses) for word in shown),
    )


def _new_word(word: str, count: int, given: lexicon.Lexicon, guesses: Mapping[str, str]) -> NewWord:
    guess = guesses.get(word, "")
    found = given.get(word) or ((guess,) if guess else ())
    form = respelling.spoken_form(found[0]) if found else None
    return NewWord(word, count, found, word in guesses, form)
