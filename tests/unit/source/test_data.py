"""The shipped data is found, and named the same on every machine."""

from pathlib import Path

from compliance.source.data import FOLDERS, data_dir, data_path, shown_name


def test_the_law_is_found() -> None:
    assert data_path("model").is_dir()
    assert data_path("model", "rules") == data_dir() / "model" / "rules"
    assert "model" in FOLDERS


def test_shipped_files_are_named_without_the_machine(tmp_path: Path) -> None:
    assert shown_name(data_path("model", "readings.yaml")) == "model/readings.yaml"
    assert shown_name(tmp_path / "story.yaml") == (tmp_path / "story.yaml").as_posix()
