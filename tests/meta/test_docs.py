"""Generated pages are fresh, and every decision stands in the index."""

import re
from pathlib import Path

import pytest

from docs.build import PAGES


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_generated_page_is_fresh(name: str, checkout: Path) -> None:
    path = checkout / "docs" / name
    assert path.is_file(), f"run `make docs` to write {name}"
    assert path.read_text(encoding="utf-8") == PAGES[name](), f"run `make docs` to write {name} anew"


def test_every_decision_is_in_the_index_and_names_its_number(checkout: Path) -> None:
    folder = checkout / "docs" / "decisions"
    index = (folder / "README.md").read_text(encoding="utf-8")
    pages = sorted(path for path in folder.glob("*.md") if path.name != "README.md")
    assert [path.name for path in pages if f"({path.name})" not in index] == []
    assert sorted(re.findall(r"\((\d{4}-[^)]*\.md)\)", index)) == [path.name for path in pages]
    numbers = [path.name[:4] for path in pages]
    assert len(set(numbers)) == len(numbers)
    assert [path.name for path in pages if path.name[:4] not in path.read_text(encoding="utf-8").splitlines()[0]] == []
