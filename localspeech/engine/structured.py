"""Structured text: sentences with lists, written in Markdown.

`@ list name =` and `- item` lines make a list; `@ speech:phoneticlexicon` and `- word/sounds`
lines give pronunciations; `# Section` and `- sentence with {@name}` lines are patterns;
`//` starts a comment.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from localspeech.engine import textfile
from localspeech.engine.errors import EngineError
from localspeech.engine.lexicon import Lexicon
from localspeech.engine.reports import LineProblem, Tally

MOST_LISTS, MOST_ITEMS, MOST_SOUNDS = 20, 35_000, 15_000
MOST_SENTENCES = 50_000
_LIST = re.compile(r"@\s*list\s+(\w+)\s*=$", re.IGNORECASE)
_LEXICON = re.compile(r"@\s*speech:phoneticlexicon\b", re.IGNORECASE)
_SLOT = re.compile(r"\{@(\w+)(?::\w+)?\}")
_PHONES = frozenset(
    "AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH T TH UH "
    "UW V W Y Z ZH".split(" ")
)


@dataclass
class Structured:
    """What a file holds: patterns by line, lists, and words with their sounds."""

    patterns: list[tuple[int, str]] = field(default_factory=list)
    lists: dict[str, list[str]] = field(default_factory=dict)
    sounds: dict[str, list[str]] = field(default_factory=dict)
    tally: Tally = field(default_factory=Tally)

    def sentences(self) -> Iterator[str]:
        """Patterns with their slots filled: each item appears at least once, in a fixed order."""
        chance = random.Random(20260920)  # noqa: S311
        for _, pattern in self.patterns:
            slots = [name.lower() for name in _SLOT.findall(pattern)]
            times = max((len(self.lists[name]) for name in slots), default=1)
            share = max(MOST_SENTENCES // max(len(self.patterns), 1), 1)
            for turn in range(min(times, share)):
                yield self._filled(pattern, turn, chance)

    def pronunciations(self) -> Lexicon:
        """Words with their sounds."""
        return {word: tuple(phones) for word, phones in self.sounds.items()}

    def _filled(self, pattern: str, turn: int, chance: random.Random) -> str:
        def item(match: re.Match[str]) -> str:
            items = self.lists[match.group(1).lower()]
            return items[turn] if turn < len(items) else chance.choice(items)

        return _SLOT.sub(item, pattern)


def read(path: Path) -> Structured:
    """Read a file; lines that cannot be used are in the tally. Raises EngineError."""
    found = Structured()
    place: str | None = None
    for number, line in textfile.lines(path):
        text = (
            line.split("//", 1)[0].strip() if not line.lstrip().startswith("- ") else line.strip()
        )
        if text:
            place = _heading(found, number, text, place)
    _check_slots(found)
    if not found.patterns and not found.sounds:
        raise EngineError("EmptyData", "No sentence below a '# Section' line was found.")
    return found


def _heading(found: Structured, number: int, text: str, place: str | None) -> str | None:
    """Take one line; the answer is what the following `- ` lines belong to."""
    list_name = _LIST.match(text)
    if list_name:
        name = list_name.group(1).lower()
        if len(found.lists) >= MOST_LISTS:
            raise EngineError("InvalidData", f"Line {number}: more than {MOST_LISTS} lists.")
        found.lists.setdefault(name, [])
        return name
    if _LEXICON.match(text):
        return "@sounds"
    if text.startswith("#"):
        return "#"
    if text.startswith("-"):
        _item(found, number, text.lstrip("-").strip(), place)
    else:
        found.tally.reject(LineProblem("starts with none of '#', '@', '-' or '//'", number))
    return place


def _item(found: Structured, number: int, text: str, place: str | None) -> None:
    fault = textfile.line_fault(text) or ("is empty" if not text else None)
    if place is None:
        fault = "stands before any '# Section' or '@ list' line"
    if fault:
        found.tally.reject(LineProblem(fault, number))
    elif place == "#":
        found.patterns.append((number, text))
    elif place == "@sounds":
        _sounds(found, number, text)
    elif place is not None:
        _list_item(found, number, text, place)


def _list_item(found: Structured, number: int, text: str, name: str) -> None:
    if len(found.lists[name]) >= MOST_ITEMS:
        found.tally.reject(LineProblem(f"list {name} has over {MOST_ITEMS:,} items", number))
        return
    found.lists[name].append(text)
    found.tally.accepted += 1


def _sounds(found: Structured, number: int, text: str) -> None:
    word, slash, sounds = text.partition("/")
    phones = sounds.upper().split()
    if not slash or not word.strip() or not phones:
        problem = "needs the form 'word/sounds'"
    elif unknown := sorted(set(phones) - _PHONES):
        problem = (
            f"unknown sound {unknown[0]}; the engine's sounds are the 39 of the CMU dictionary"
        )
    elif len(found.sounds) >= MOST_SOUNDS:
        problem = f"more than {MOST_SOUNDS:,} pronunciations"
    else:
        found.sounds.setdefault(word.strip().lower(), []).append(" ".join(phones))
        found.tally.accepted += 1
        return
    found.tally.reject(LineProblem(problem, number))


def _check_slots(found: Structured) -> None:
    kept = []
    for number, pattern in found.patterns:
        missing = [n for n in _SLOT.findall(pattern) if not found.lists.get(n.lower())]
        if missing:
            found.tally.reject(LineProblem(f"list {missing[0]} does not exist or is empty", number))
        else:
            kept.append((number, pattern))
            found.tally.accepted += 1
    found.patterns = kept
