"""Links of one object in each version."""

from training.speechapi.versions import spellings

OLD = "https://a.test/speechtotext/v3.2/models/base/1"
NEW = "https://a.test/speechtotext/models/base/1?api-version=2025-10-15"


def test_a_link_is_known_however_a_version_writes_it():
    assert spellings(OLD) == [OLD, NEW]
    assert spellings(NEW) == [NEW, OLD]
    assert spellings("https://a.test/elsewhere") == ["https://a.test/elsewhere"]
