"""Folders that are built once."""

import os
import time

import pytest

from localspeech.engine import caching


def fill(draft):
    (draft / "file").write_text("x")


def test_it_is_built_once_and_whole(tmp_path):
    folder = caching.built_once(tmp_path / "cache" / "one", fill)
    assert [one.name for one in folder.iterdir()] == ["file"]
    assert caching.built_once(folder, lambda _: pytest.fail("built again")) == folder


def test_a_build_that_fails_leaves_nothing(tmp_path):
    def full(draft):
        fill(draft)
        raise OSError("No space left on device")

    with pytest.raises(OSError, match="No space"):
        caching.built_once(tmp_path / "one", full)
    assert [one for one in tmp_path.iterdir() if one.is_dir()] == []


def test_what_a_killed_process_left_goes(tmp_path):
    (tmp_path / "one.4711").mkdir()
    caching.built_once(tmp_path / "one", fill)
    assert sorted(one.name for one in tmp_path.iterdir() if one.is_dir()) == ["one"]


def test_the_oldest_are_forgotten_but_not_what_was_just_asked_for(tmp_path):
    names = [f"number{place}" for place in range(caching.MOST_CACHED + 2)]
    for place, name in enumerate(names):
        folder = caching.built_once(tmp_path / name, fill)
        long_ago = time.time() - 3600 + place if place < 2 else time.time()
        os.utime(folder, (long_ago, long_ago))
    caching.built_once(tmp_path / names[-1], fill)
    left = {one.name for one in tmp_path.iterdir() if one.is_dir()}
    assert left == set(names[2:])
