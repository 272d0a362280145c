"""The cache under two runs at once: nothing lost, nothing half written."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from compliance.norm.vocabulary import Words
from compliance.prove.cache import keep, kept
from compliance.prove.outcome import LABELS, ProofResult

FOUND = ProofResult("T", Words("a", "б"), "always", "proved", "proved", "proved", LABELS["proved"])


def test_two_runs_at_once_leave_whole_files(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "cache"
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: keep(folder, "x", [FOUND] * 20), range(40)))
    found = kept(folder, "x")
    assert found is not None
    assert [each.theorem for each in found] == ["T"] * 20
    assert all(each.cached for each in found)
    assert [path.name for path in folder.iterdir()] == ["x.json"]


def test_a_corrupt_file_counts_as_absent(tmp_path: Path) -> None:
    for text in ("", "{", "[1]", '[{"theorem": "T"}]', "\x00"):
        (tmp_path / "x.json").write_text(text, encoding="utf-8")
        assert kept(tmp_path, "x") is None
    assert kept(tmp_path, "absent") is None


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    keep(tmp_path / "file", "x", [FOUND])
    assert kept(tmp_path / "file", "x") is None
