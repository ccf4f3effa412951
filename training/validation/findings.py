"""What a check found."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from training.validation.contents import Contents

MOST_KEPT = 1000


@dataclass(frozen=True)
class Finding:
    """One problem. An error stops the whole file, a warning costs or harms what it names.

    `line` counts from 1; `correction` is the mended line, where mending is mechanical.
    """

    message: str
    is_error: bool = False
    file: str = ""
    line: int | None = None
    correction: str = ""
    can_be_fixed: bool = False


@dataclass
class Report:
    """Findings in the order of the file; only the first 1,000 are kept word for word.

    `contents`: what the file says, in order or not.
    """

    findings: list[Finding] = field(default_factory=list)
    errors: int = 0
    warnings: int = 0
    fixable: int = 0
    usable: int = 0
    contents: Contents = field(default_factory=Contents)

    def add(self, finding: Finding) -> None:
        """Count a finding, and keep it while there is room."""
        if finding.is_error:
            self.errors += 1
        else:
            self.warnings += 1
        self.fixable += bool(finding.correction or finding.can_be_fixed)
        if len(self.findings) < MOST_KEPT:
            self.findings.append(finding)

    def stop(self, message: str, file: str = "", can_be_fixed: bool = False) -> "Report":
        """Add an error that ends the check."""
        self.add(Finding(message, is_error=True, file=file, can_be_fixed=can_be_fixed))
        return self

    @property
    def is_clean(self) -> bool:
        """Whether nothing was found."""
        return not self.errors and not self.warnings

    def as_json(self) -> dict[str, Any]:
        """For a database: findings, and counts in place of the contents."""
        return {
            "findings": [asdict(one) for one in self.findings],
            "errors": self.errors,
            "warnings": self.warnings,
            "fixable": self.fixable,
            "usable": self.usable,
            "facts": self.contents.facts(),
        }


def rows(report: dict[str, Any]) -> Iterator[tuple[str, str, str, str, str]]:
    """A heading, then severity, file, line, message and correction of each kept finding."""
    yield "severity", "file", "line", "message", "correction"
    for one in report.get("findings", []):
        severity = "error" if one["is_error"] else "warning"
        yield severity, one["file"], str(one["line"] or ""), one["message"], one["correction"]
