"""What an import found, line by line."""

from dataclasses import dataclass, field


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
    """Counts of a dataset's import. `duration_seconds` is the audio's, None for text."""

    accepted_line_count: int
    rejected_line_count: int
    duration_seconds: float | None
    problems: tuple[LineProblem, ...]

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

    MOST_PROBLEMS = 1000

    def reject(self, problem: LineProblem) -> None:
        """Count a line as lost."""
        self.rejected += 1
        self.warn(problem)

    def warn(self, problem: LineProblem) -> None:
        """Note a problem that costs no line."""
        if len(self.problems) < self.MOST_PROBLEMS:
            self.problems.append(problem)

    def report(self) -> ImportReport:
        """The finished report."""
        return ImportReport(self.accepted, self.rejected, self.seconds, tuple(self.problems))
