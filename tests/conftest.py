"""What all tests share: whole outputs held against golden files, and the switch for the long runs."""

from __future__ import annotations

import os
from collections.abc import Callable
from difflib import unified_diff
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent
GOLDEN = CHECKOUT / "tests" / "golden"

Golden = Callable[[str, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the project's two switches."""
    parser.addoption("--update-goldens", action="store_true", help="write the golden files anew instead of comparing")
    parser.addoption("--deep", action="store_true", help="run the long tests too, with ten times the random cases")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skips the tests marked `deep` unless they were asked for."""
    if not config.getoption("--deep"):
        for item in items:
            if "deep" in item.keywords:
                item.add_marker(pytest.mark.skip(reason="runs with --deep"))


def pytest_configure(config: pytest.Config) -> None:
    """Random tests are the same on every run and judge no wall time."""
    from hypothesis import settings

    settings.register_profile("reserve", deadline=None, derandomize=True, database=None)
    settings.load_profile("reserve")
    os.environ.pop("NO_COLOR", None)


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The root of the repository."""
    return CHECKOUT


@pytest.fixture(scope="session")
def scale(request: pytest.FixtureRequest) -> int:
    """How many times the usual number of random cases to try: 1, or 10 with --deep."""
    return 10 if request.config.getoption("--deep") else 1


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """`golden("check/story.txt", text)` holds a whole output against `tests/golden/check/story.txt`."""
    update = bool(request.config.getoption("--update-goldens"))

    def compare(name: str, actual: str) -> None:
        path = GOLDEN / name
        if update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(actual, encoding="utf-8", newline="\n")
            return
        assert path.is_file(), f"there is no golden file {name}; run pytest with --update-goldens and read the change"
        expected = path.read_text(encoding="utf-8")
        diff = "".join(unified_diff(expected.splitlines(True), actual.splitlines(True), name, "now"))
        assert actual == expected, f"the output changed; if it should, run with --update-goldens\n{diff}"

    return compare
