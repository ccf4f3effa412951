"""A Whisper vocabulary: prompts in, text out."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import tokenizers

from localspeech.engine.errors import EngineError

TOKENIZER_FILE = "tokenizer.json"
# What the engine's normalisation would have to read aloud; without it the network spells it out.
_UNSPELLED = frozenset("0123456789%$€£&@#+=°")
_CONFIGURED = -1


class Vocabulary:
    """The tokens of one model. Raises EngineError when they are not Whisper's."""

    def __init__(self, folder: Path, is_multilingual: bool) -> None:
        try:
            self._tokenizer = tokenizers.Tokenizer.from_file(str(folder / TOKENIZER_FILE))
        except Exception as error:  # the library raises nothing narrower
            raise _damaged() from error
        language = ["<|en|>", "<|transcribe|>"] if is_multilingual else []
        self.begin = [self._special(name) for name in ("<|startoftranscript|>", *language)]
        self.without_times = self._special("<|notimestamps|>")
        self.before = self._special("<|startofprev|>")
        self.end = self._special("<|endoftext|>")

    def _special(self, name: str) -> int:
        found: int | None = self._tokenizer.token_to_id(name)
        if found is None:
            raise _damaged()
        return found

    def prompt(self, context: Sequence[int]) -> list[int]:
        """Where decoding starts, after tokens of what may be spoken of."""
        earlier = [self.before, *context] if context else []
        return [*earlier, *self.begin, self.without_times]

    def encode(self, text: str) -> list[int]:
        """Tokens of text, as after a word."""
        found: list[int] = self._tokenizer.encode(f" {text}", add_special_tokens=False).ids
        return found

    def decode(self, tokens: Sequence[int]) -> str:
        """Text of tokens, without the special ones."""
        text: str = self._tokenizer.decode([one for one in tokens if one < self.end])
        return text

    def written_words(self, tokens: Sequence[int]) -> Iterator[tuple[int, int, str]]:
        """First token, the one behind the last, and text of each word between spaces."""
        text, starts = "", [0]
        for place in range(len(tokens)):
            longer = self.decode(tokens[: place + 1])
            if place and longer[len(text) :].startswith(" "):
                starts.append(place)
            text = longer
        for first, last in pairwise([*starts, len(tokens)]):
            yield first, last, self.decode(tokens[first:last])

    @cached_property
    def suppressed(self) -> list[int]:
        """Tokens that may not be recognised: figures and signs, and what the model's file names."""
        ordinary = range(min(self.end, self._tokenizer.get_vocab_size()))
        return [_CONFIGURED, *(one for one in ordinary if _UNSPELLED & set(self.decode([one])))]


def _damaged() -> EngineError:
    return EngineError("InvalidModel", f"{TOKENIZER_FILE} of the Whisper weights is damaged.")
