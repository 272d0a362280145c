"""A pytest plugin: scenario and theorem files as test items, where `--reserve` (or `reserve = true`) asks for it.

Files under a folder `scenarios` are stories, those under `proofs` are theorems. A failure names the line of the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

if TYPE_CHECKING:
    from compliance.check.setting import Setting
    from compliance.law.model import Law
    from compliance.prove.theorem import Theorem

SCENARIOS: Final = "scenarios"
PROOFS: Final = "proofs"
BASELINE: Final = "baseline.yaml"


class Shared:
    """What all items of one process use: read once, when the first item needs it."""

    @cached_property
    def setting(self) -> Setting:
        from compliance.check.open import open_setting
        from compliance.check.options import CheckOptions

        return open_setting(CheckOptions(repair=False))

    @cached_property
    def law(self) -> Law:
        return self.setting.law


SHARED: Final = pytest.StashKey[Shared]()


class NotAsExpected(Exception):
    """A story or a theorem that does not come out as its file says."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--reserve`, `reserve` and `reserve_cache` in the ini file."""
    group = parser.getgroup("reserve", "compliance stories and theorems")
    group.addoption("--reserve", action="store_true", help="collect scenarios/*.yaml and proofs/*.yaml")
    group.addoption("--reserve-cache", metavar="DIR", help="where answers to theorems are kept")
    parser.addini("reserve", "collect scenarios/*.yaml and proofs/*.yaml", type="bool", default=False)


def pytest_configure(config: pytest.Config) -> None:
    """One shared place a process."""
    config.stash[SHARED] = Shared()


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Stories and theorems, by the folder they lie in."""
    config = parent.config
    if file_path.suffix != ".yaml" or not (config.getoption("--reserve") or config.getini("reserve")):
        return None
    folders = {folder.name for folder in file_path.parents}
    if PROOFS in folders and file_path.name != BASELINE:
        return TheoremFile.from_parent(parent, path=file_path)
    if SCENARIOS in folders:
        return ScenarioFile.from_parent(parent, path=file_path)
    return None


class ScenarioFile(pytest.File):
    """One story; its item has the name of the file."""

    def collect(self) -> Iterator[pytest.Item]:
        yield ScenarioItem.from_parent(self, name=self.path.stem)


class TheoremFile(pytest.File):
    """A file of theorems, an item each."""

    def collect(self) -> Iterator[pytest.Item]:
        from compliance.prove.read import read_theorems
        from compliance.source.diagnostic import Problems

        try:
            theorems = read_theorems([self.path], self.config.stash[SHARED].law)
        except Problems as problems:
            raise self.CollectError(str(problems)) from problems
        by_id = {theorem.id: theorem for theorem in theorems}
        for theorem in theorems:
            yield TheoremItem.from_parent(self, name=theorem.id, theorem=theorem, known=by_id)


class _Item(pytest.Item):
    """Says what went wrong in words, without a traceback."""

    line: int | None = None

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The words of our own errors; anything else as pytest shows it."""
        from compliance.source.diagnostic import Problems

        if isinstance(excinfo.value, NotAsExpected | Problems):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """The file, the line (counted from 0) and the name."""
        return self.path, None if self.line is None else self.line - 1, self.name

    def fail(self, line: int | None, words: list[str]) -> None:
        place = f"{self.path}:{line}" if line else str(self.path)
        raise NotAsExpected("\n".join(f"{place}: {each}" for each in words))


class ScenarioItem(_Item):
    """A story judged; without an expectation a violation fails it."""

    def runtest(self) -> None:
        from compliance.check.open import lexicon_of
        from compliance.check.run import check_scenarios
        from compliance.timeline.scenario import read_scenario

        setting = self.config.stash[SHARED].setting
        scenario = read_scenario(self.path, lexicon_of(setting.law), str(self.path))
        report = check_scenarios(setting, [scenario])
        expects = [scenario.expect, *(case.expect for case in scenario.cases)]
        places = [each.place for each in expects if each is not None and each.place is not None]
        words: list[str] = []
        for result in report.results:
            words += [
                f"{result.officer}: {each.what}: expected {each.expected}, got {each.got}" for each in result.unmet
            ]
            if not result.expected and result.verdict == "violated":
                words.append(f"{result.officer}: violated: {', '.join(result.blamed)}")
        if words:
            self.fail(places[0].line if places else None, words)


class TheoremItem(_Item):
    """A theorem proved or refuted; its lemmas first."""

    def __init__(self, *, theorem: Theorem, known: dict[str, Theorem], **others: Any) -> None:
        super().__init__(**others)
        self.theorem, self.known = theorem, known
        self.line = theorem.place.line if theorem.place else None

    def runtest(self) -> None:
        from compliance.prove.prove import ProveOptions, prove_all
        from compliance.prove.run import chosen

        cache = self.config.getoption("--reserve-cache")
        options = ProveOptions(cache=Path(cache) if cache else None)
        wanted = chosen(tuple(self.known.values()), [self.theorem.id])
        report = prove_all(self.config.stash[SHARED].law, wanted, options)
        found = next(each for each in report.results if each.theorem == self.theorem.id)
        if not found.as_expected:
            self.fail(self.line, [f"{found.theorem}: {each.en}" for each in found.unmet])
