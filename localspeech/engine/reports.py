"""What an import found, line by line, and in which words."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from localspeech.engine.lexicon import Lexicon


@dataclass(frozen=True)
class LineProblem:
    """Why one line or one file of a dataset was left out. Lines count from 1."""

    message: str
    line: int | None = None
    file: str | None = None

    def __str__(self) -> str:
        place = [self.file] if self.file else []
        place += [f"line {self.line}"] if self.line else []
        return f"{', '.join(place)}: {self.message}" if place else self.message


@dataclass(frozen=True)
class ImportReport:
    """Counts of a dataset's import. `duration_seconds` is the audio's, None for text.

    `words`: how often each word stands in what was accepted; None for data without text.
    `given`: pronunciations that the data brings itself.
    """

    accepted_line_count: int
    rejected_line_count: int
    duration_seconds: float | None
    problems: tuple[LineProblem, ...]
    words: Mapping[str, int] | None = None
    given: Lexicon = field(default_factory=dict)

    def as_text(self) -> str:
        """The report as a person reads it."""
        head = (
            f"Accepted lines: {self.accepted_line_count}\n"
            f"Rejected lines: {self.rejected_line_count}\n"
        )
        if self.duration_seconds is not None:
            head += f"Audio: {self.duration_seconds:.1f} seconds\n"
        return head + "".join(f"{problem}\n" for problem in self.problems)


@dataclass
class Tally:
    """Gathers a report; only the first problems are kept word for word."""

    accepted: int = 0
    rejected: int = 0
    seconds: float | None = None
    problems: list[LineProblem] = field(default_factory=list)
    words: Counter[str] | None = None
    given: Lexicon = field(default_factory=dict)

    MOST_PROBLEMS = 1000

    def reject(self, problem: LineProblem) -> None:
        """Count a line as lost."""
        self.rejected += 1
        self.warn(problem)

    def warn(self, problem: LineProblem) -> None:
        """Note a problem that costs no line."""
        if len(self.problems) < self.MOST_PROBLEMS:
            self.problems.append(problem)

    def count(self, words: Iterable[str]) -> None:
        """Count the words of a sentence."""
        if self.words is None:
            self.words = Counter()
        self.words.update(words)

    def report(self) -> ImportReport:
        """The finished report."""
        problems = tuple(self.problems)
        return ImportReport(
            self.accepted, self.rejected, self.seconds, problems, self.words, self.given
        )
