"""The cache: whole runs and single answers, broken files, two runs at once; nothing lost, nothing half written."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from compliance.norm.vocabulary import Words
from compliance.prove.cache import keep, kept
from compliance.prove.inputs import of_files
from compliance.prove.options import ProveOptions
from compliance.prove.outcome import LABELS, ProofResult
from compliance.prove.whole import Asked, prove_whole

FOUND = ProofResult("T", Words("a", "б"), "always", "proved", "proved", "proved", LABELS["proved"])


def test_two_runs_at_once_leave_whole_files(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "cache"
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: keep(folder, "x", [FOUND] * 20), range(40)))
    broken: list[str] = []
    found = kept(folder, "x", broken)
    assert found is not None
    assert [each.theorem for each in found] == ["T"] * 20
    assert all(each.cached for each in found)
    assert [path.name for path in folder.iterdir()] == ["x.json"]
    assert not broken


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b"[1]", b'[{"theorem": "T"}]', b"\x00", b"\xff\xfe", b"null", b"[" * 100_000]
)
def test_a_corrupt_file_counts_as_absent_and_is_named(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.json").write_bytes(data)
    broken: list[str] = []
    assert kept(tmp_path, "x", broken) is None
    assert broken == ["x.json"]
    assert kept(tmp_path, "absent", broken) is None
    assert broken == ["x.json"]


def test_what_gave_up_is_no_answer_even_where_it_was_kept(tmp_path: Path) -> None:
    keep(tmp_path, "x", [FOUND, evolve(FOUND, result="open", label="gave_up")])
    assert kept(tmp_path, "x", []) is None


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    keep(tmp_path / "file", "x", [FOUND])
    assert kept(tmp_path / "file", "x", []) is None


def test_the_hash_of_files_turns_on_names_and_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("1", encoding="utf-8")
    first = of_files([tmp_path])
    assert of_files([tmp_path / "a.yaml"]) == first
    (tmp_path / "a.yaml").write_text("2", encoding="utf-8")
    second = of_files([tmp_path])
    (tmp_path / "b.yaml").write_text("", encoding="utf-8")
    assert len({first, second, of_files([tmp_path])}) == 3


THEOREM = """
- id: {id}
  says: {{en: a claim, ru: утверждение}}
  theorem: "{formula}"
"""


def asked(tmp_path: Path, **others: Any) -> Asked:
    options = ProveOptions(cache=tmp_path / "cache", polish=False)
    return Asked((tmp_path / "some.yaml",), obligations=False, options=options, **others)


def test_a_run_is_kept_whole_and_asked_again_once_a_byte_changes(tmp_path: Path) -> None:
    path = tmp_path / "some.yaml"
    path.write_text(THEOREM.format(id="T", formula="some training t: t.place = academy"), encoding="utf-8")
    told: list[tuple[int, int]] = []
    first = prove_whole(asked(tmp_path), 1, lambda done, total: told.append((done, total)))
    assert told == [(1, 1)]
    assert [each.cached for each in first.report.results] == [False]
    again = prove_whole(asked(tmp_path), 1, lambda done, total: told.append((done, total)))
    assert told == [(1, 1)]
    assert [each.cached for each in again.report.results] == [True]
    assert (again.report, again.places) == (first.report, first.places)
    path.write_text(path.read_text(encoding="utf-8") + "# a word\n", encoding="utf-8")
    meant = prove_whole(asked(tmp_path), 1)
    assert [each.cached for each in meant.report.results] == [True]
    path.write_text(THEOREM.format(id="T", formula="some training t: t.place = other"), encoding="utf-8")
    assert [each.cached for each in prove_whole(asked(tmp_path), 1).report.results] == [False]


def test_a_broken_run_is_named_and_made_again_from_its_answers(tmp_path: Path) -> None:
    path = tmp_path / "some.yaml"
    path.write_text(THEOREM.format(id="T", formula="some training t: t.place = academy"), encoding="utf-8")
    first = prove_whole(asked(tmp_path), 1)
    for kept_file in (tmp_path / "cache").iterdir():
        kept_file.write_text("{", encoding="utf-8")
    again = prove_whole(asked(tmp_path), 1)
    assert len(again.broken) == 2
    assert again.report == first.report
    assert prove_whole(asked(tmp_path), 1).broken == ()


def test_two_runs_at_once_on_one_cache_give_the_same(tmp_path: Path) -> None:
    text = "".join(
        THEOREM.format(id=place, formula=f"some training t: t.place = {place}") for place in ("academy", "other")
    )
    (tmp_path / "some.yaml").write_text(text, encoding="utf-8")
    with ProcessPoolExecutor(2, get_context("fork")) as pool:
        first, second = pool.map(prove_whole, [asked(tmp_path)] * 2, [1] * 2)
    assert first.report == second.report
    assert not [path.name for path in (tmp_path / "cache").iterdir() if path.suffix != ".json"]
    assert prove_whole(asked(tmp_path), 1).broken == ()
