"""Pronunciation data, structured text, and display formats."""

import re
import unicodedata
from pathlib import Path

from training.validation import lines
from training.validation.contents import Contents, words
from training.validation.findings import Finding, Report
from training.validation.textfiles import Unreadable, check_size, numbered

MOST_LISTS, MOST_ITEMS, MOST_SOUNDS, SOUNDS_A_WORD = 20, 35_000, 15_000, 2
_SHOWN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*'?")
_ENGLISH = re.compile(r"[a-z]+(?:'[a-z]+)*'?", re.IGNORECASE)
_SPOKEN = re.compile(r"^[^\W\d_]+(?:[ '.-]+[^\W\d_]+)*\.?$")
_LIST = re.compile(r"@\s*list\s+(\w+)\s*=$", re.IGNORECASE)
_LEXICON = re.compile(r"@\s*speech:phoneticlexicon\b", re.IGNORECASE)
_SLOT = re.compile(r"\{@(\w+)(?::\w+)?\}")
_SECTIONS = {"#itn": 200, "#rewrite": 1000, "#profanity": 1000, "#test": 1000}


def check_pronunciation(path: Path, locale: str) -> Report:
    """A word, a tab, how it is spoken; one a line."""
    report = Report()
    if not check_size(path, report, 1024**2, "1 MB"):
        return report
    try:
        for number, text in numbered(path):
            fault = _pronunciation_fault(text, locale)
            report.contents.count([text.partition("\t")[0].strip().casefold()])
            if fault:
                report.add(Finding(f"The line {fault}.", line=number))
            else:
                report.usable += 1
    except Unreadable as error:
        return report.stop(error.message, can_be_fixed=error.can_be_fixed)
    return report if report.usable else report.stop("No line of the file can be used.")


def _pronunciation_fault(text: str, locale: str) -> str:
    shown, tab, spoken = text.partition("\t")
    if not tab:
        return "has no tab between the word and how it is spoken"
    if word_fault(shown, locale):
        return "needs exactly one word, of letters, before the tab"
    fault = spoken_fault(spoken, locale)
    return f"has a spoken form that {fault}" if fault else ""


def word_fault(word: str, locale: str) -> bool:
    """Whether a word cannot stand in pronunciation data: it is to be one word, of letters."""
    return not (_ENGLISH if locale.startswith("en") else _SHOWN).fullmatch(_plain(word))


def spoken_fault(spoken: str, locale: str) -> str:
    """What is wrong with a spoken form, or ""."""
    if not spoken.strip():
        return "is empty"
    if not _SPOKEN.match(spoken.strip()):
        return "holds something else than words of letters"
    return lines.fault(spoken, locale)


def _plain(word: str) -> str:
    """Without accents, and with plain apostrophes."""
    parts = unicodedata.normalize("NFKD", lines.mended(word))
    return "".join(c for c in parts if not unicodedata.combining(c)).strip()


def check_structured(path: Path, locale: str) -> Report:
    """Sections of sentences, lists, and sounds, in Markdown."""
    report = Report()
    state = _Structure(report.contents)
    if not check_size(path, report, 200 * 1024**2, "200 MB"):
        return report
    try:
        for number, text in numbered(path):
            fault = state.take(text, number, locale)
            if fault:
                report.add(Finding(f"The line {fault}.", line=number))
    except Unreadable as error:
        return report.stop(error.message, can_be_fixed=error.can_be_fixed)
    for number, fault in state.missing_lists():
        report.add(Finding(f"The line {fault}.", line=number))
    if len(state.lists) > MOST_LISTS:
        return report.stop(f"The file has more than {MOST_LISTS} lists.")
    report.usable = len(state.patterns) + sum(state.sounds.values())
    return report if report.usable else report.stop("No sentence below a '# Section' was found.")


class _Structure:
    def __init__(self, contents: Contents) -> None:
        self._contents = contents
        self.lists: dict[str, int] = {}
        self.sounds: dict[str, int] = {}
        self.patterns: list[tuple[int, list[str]]] = []
        self._place = ""

    def take(self, line: str, number: int, locale: str) -> str:
        """Take one line; what is wrong with it, or ""."""
        is_item = line.lstrip().startswith("- ")
        text = (line if is_item else line.partition("//")[0]).strip()
        if not text:
            return ""
        if found := _LIST.match(text):
            self._place = found.group(1).lower()
            self.lists.setdefault(self._place, 0)
        elif _LEXICON.match(text):
            self._place = "@"
        elif text.startswith("#"):
            self._place = "#"
            name = text.lstrip("#").strip()
            return "" if re.fullmatch(r"\w+", name, re.ASCII) else (
                "names a section with something else than letters, digits and underscores"
            )  # fmt: skip
        elif text.startswith("-"):
            return self._item(text.lstrip("-").strip(), number, locale)
        else:
            return "starts with none of '#', '@', '-' or '//'"
        return ""

    def _item(self, text: str, number: int, locale: str) -> str:
        if not self._place:
            return "stands before any '# Section' or '@ list' line"
        if self._place == "@":
            return self._sound(text)
        if self._place != "#" or _SLOT.search(text):
            self._contents.count(words(_SLOT.sub(" ", text)))
        else:
            self._contents.sentence(text)
        fault = lines.fault(_SLOT.sub("word", text), locale)
        if self._place == "#" and not fault:
            self.patterns.append((number, [one.lower() for one in _SLOT.findall(text)]))
        elif not fault:
            self.lists[self._place] += 1
            if self.lists[self._place] > MOST_ITEMS:
                return f"is beyond the {MOST_ITEMS:,} items that a list may have"
        return fault

    def _sound(self, text: str) -> str:
        word, slash, sounds = text.partition("/")
        if not slash or not word.strip() or not sounds.strip():
            return "needs the form 'word/sounds'"
        key = word.strip().lower()
        self.sounds[key] = self.sounds.get(key, 0) + 1
        if self.sounds[key] > SOUNDS_A_WORD:
            return f"gives {word.strip()!r} more than {SOUNDS_A_WORD} pronunciations"
        if sum(self.sounds.values()) > MOST_SOUNDS:
            return f"is beyond the {MOST_SOUNDS:,} pronunciations that a file may have"
        return ""

    def missing_lists(self) -> list[tuple[int, str]]:
        """Patterns whose list does not exist; they no longer count."""
        found = [
            (number, f"names the list {name}, which does not exist or is empty")
            for number, slots in self.patterns
            for name in slots[:1] if not self.lists.get(name)
        ]  # fmt: skip
        lost = {number for number, _ in found}
        self.patterns = [one for one in self.patterns if one[0] not in lost]
        return found


def check_display(path: Path, _locale: str) -> Report:
    """Display formats: sections of rules with at most so many lines."""
    report, counts, place = Report(), dict.fromkeys(_SECTIONS, 0), ""
    if not check_size(path, report, 10 * 1024**2, "10 MB"):
        return report
    try:
        for number, text in numbered(path):
            if text.startswith("#"):
                place = text.split()[0].lower()
                if place not in _SECTIONS:
                    known = ", ".join(_SECTIONS)
                    report.add(Finding(f"There is no section {place}; use {known}.", line=number))
            elif fault := _rule_fault(text, place, counts):
                report.add(Finding(f"The line {fault}.", line=number))
            else:
                report.usable += 1
    except Unreadable as error:
        return report.stop(error.message, can_be_fixed=error.can_be_fixed)
    return report if report.usable else report.stop("No rule was found.")


def _rule_fault(text: str, place: str, counts: dict[str, int]) -> str:
    if place not in counts:
        return "stands in no known section"
    counts[place] += 1
    if counts[place] > _SECTIONS[place]:
        return f"is beyond the {_SECTIONS[place]:,} lines of {place}"
    if place in {"#rewrite", "#test"} and text.count("\t") != 1:
        return "needs two parts with one tab between them"
    return ""
