"""`--watch`: runs again after a change, and ends with the code of the last run."""

from __future__ import annotations

from pathlib import Path

from compliance.cli.watch import watch, watched


def test_it_runs_again_after_a_change_and_ends_on_interrupt(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("a: 1\n", encoding="utf-8")
    codes, pauses = iter((1, 0)), iter(range(10))
    ran: list[int] = []

    def run() -> int:
        ran.append(next(codes))
        return ran[-1]

    def pause() -> None:
        if next(pauses) == 0:
            path.write_text("a: 12\n", encoding="utf-8")
        else:
            raise KeyboardInterrupt

    assert watch([tmp_path], run, pause) == 0
    assert ran == [1, 0]


def test_only_yaml_files_that_are_there_are_watched(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("", encoding="utf-8")
    (tmp_path / "b.txt").write_text("", encoding="utf-8")
    assert [path.name for path in watched([tmp_path, tmp_path / "gone.yaml"])] == ["a.yaml"]
