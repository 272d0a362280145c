"""Generated pages are fresh, and decisions are numbered."""

from pathlib import Path

import pytest

from docs.build import PAGES


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_generated_page_is_fresh(name: str, checkout: Path) -> None:
    path = checkout / "docs" / name
    assert path.is_file(), f"run `make docs` to write {name}"
    assert path.read_text(encoding="utf-8") == PAGES[name](), f"run `make docs` to write {name} anew"


def test_every_decision_begins_with_its_own_number(checkout: Path) -> None:
    pages = sorted((checkout / "docs" / "decisions").glob("[0-9]*.md"))
    numbers = [path.name[:4] for path in pages]
    assert len(set(numbers)) == len(numbers), "two decisions share a number"
    first_lines = {path.name: path.read_text(encoding="utf-8").splitlines()[0] for path in pages}
    assert [name for name, line in first_lines.items() if not line.startswith(f"# {name[:4]}")] == []
