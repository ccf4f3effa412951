"""docs/security.md names tests that there are, and leaves no chapter of the standard out."""

import ast
import re

from tests.e2e.server import ROOT

TEXT = (ROOT / "docs" / "security.md").read_text()
REFERENCE = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def functions(path):
    tree = ast.parse((ROOT / path).read_text())
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def chapters():
    """Text of each chapter by its number."""
    parts = re.split(r"^## ", TEXT, flags=re.M)
    heads = {one.split()[0]: one for one in parts if re.match(r"V\d+ ", one)}
    return {int(head[1:]): text for head, text in heads.items()}


def test_every_test_that_it_names_exists():
    found = REFERENCE.findall(TEXT)
    assert len(found) > 100
    missing = [f"{path}::{name}" for path, name in set(found) if name not in functions(path)]
    assert missing == []


def test_every_reference_is_one_that_is_looked_up():
    assert len(re.findall(r"tests/[\w/.]+::", TEXT)) == len(REFERENCE.findall(TEXT))


def test_every_chapter_is_there_with_requirements_of_its_own():
    found = chapters()
    assert sorted(found) == list(range(1, 15))
    for number, text in found.items():
        rows = re.findall(r"^\| ([\d., to]+) \|", text, re.M)
        assert len(rows) >= 2, number
        named = [one for row in rows for one in re.findall(r"\d+\.\d+\.\d+", row)]
        assert {one.split(".")[0] for one in named} == {str(number)}
        assert "Not applicable" in text


def test_every_row_says_how_it_is_shown():
    for line in re.findall(r"^\| \d.*$", TEXT, re.M):
        *_, shown, _ = line.split("|")
        assert len(line.split("|")) == 6, line
        assert REFERENCE.search(shown) or shown.strip() == "by design", line
