"""What the dashboard's check lets pass, the local service takes whole."""

import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from localspeech.engine.errors import EngineError
from localspeech.engine.inspection import inspect_dataset
from training.validation.checks import check

WORDS = st.sampled_from(
    ["moor", "bollard", "ship’s", "a\tb", "www.x.y", "naïve", "no", "{@list}", "-", "#", "\x07",
     "//", "@ list a =", "- x", "# S", "3rd", "'s", "Ormsay", "or-m say", "\ufffd", ""]
)  # fmt: skip
LINES = st.lists(
    st.one_of(
        st.lists(WORDS, max_size=5).map(" ".join),
        st.tuples(WORDS, WORDS).map("\t".join),
        st.text(max_size=12).map(lambda text: text.replace("\n", " ")),
    ),
    max_size=8,
)


@hypothesis_settings(max_examples=400)
@given(LINES, st.sampled_from(["Language", "Pronunciation", "LanguageMarkdown"]))
def test_nothing_that_passes_the_check_is_rejected_at_import(lines, kind):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "data"
        path.write_bytes("\n".join(lines).encode(errors="replace"))
        report = check(kind, path, "en-US")
        rejected = _rejected(kind, path)
    assert (rejected is not None) or report.errors
    assert (rejected or 0) <= report.warnings + report.errors


def _rejected(kind, path):
    """How many lines the import leaves out; None when it fails as a whole."""
    try:
        return inspect_dataset(kind, path).rejected_line_count
    except EngineError:
        return None
