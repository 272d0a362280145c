"""Registers for the tests of audits: a small generated one, and a way to run one and read its lines."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from compliance.audit.command import audit_register
from compliance.audit.options import AuditOptions
from compliance.bulk.registers.generate import COLUMNS, rows_of

Line = dict[str, Any]
Row = dict[str, str]

POST = {"event": "position", "position": "deputy", "listed": "true", "first_head": "false", "higher": "true"}


def write_csv(path: Path, rows: Iterable[Row], **how: Any) -> Path:
    """A register in long form with all columns of the generator."""
    with open(path, "w", encoding=how.pop("encoding", "utf-8"), newline="") as stream:
        writer = csv.DictWriter(
            stream, (*COLUMNS, "attrs", "occurred", "name", "complete", "may_be_missing"), restval="", **how
        )
        writer.writeheader()
        writer.writerows(rows)
    return path


def lines_in(folder: Path) -> list[Line]:
    return [json.loads(line) for line in (folder / "findings.jsonl").read_text(encoding="utf-8").splitlines()]


def audited(path: Path, out: Path, **options: Any) -> tuple[dict[str, Any], list[Line]]:
    """`run.json` and the lines of an audit."""
    report, _ = audit_register(path, AuditOptions(workers=1, **options), out)
    return dict(report.run), lines_in(out)


def bare(lines: Iterable[Line]) -> list[tuple[Any, ...]]:
    """What the lines say, whatever file and row it stands in."""
    said = ((line["officer"], line["unit"], line["verdict"], line["robust"], line["says"]["en"]) for line in lines)
    return sorted(said, key=repr)


@pytest.fixture(scope="session")
def generated() -> tuple[list[Row], dict[str, set[str]]]:
    """Forty officers, with the units that the seeded violations break."""
    broken: list[tuple[str, str]] = []
    rows = list(rows_of(40, 32, False, broken))
    answers: dict[str, set[str]] = {}
    for officer, unit in broken:
        answers.setdefault(officer, set()).add(unit)
    return rows, answers


@pytest.fixture(scope="session")
def register(generated: tuple[list[Row], dict[str, set[str]]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_csv(tmp_path_factory.mktemp("register") / "register.csv", generated[0])


@pytest.fixture(scope="session")
def whole(register: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any], list[Line]]:
    """The audit of the small register, done once."""
    out = tmp_path_factory.mktemp("whole") / "out"
    return out, *audited(register, out)


Judge = Callable[..., tuple[dict[str, Any], list[Line]]]


@pytest.fixture
def judge(tmp_path: Path) -> Judge:
    """Judges rows: `judge([{...}, ...], as_of=...)`."""

    def run(rows: Iterable[Row], **options: Any) -> tuple[dict[str, Any], list[Line]]:
        return audited(write_csv(tmp_path / "rows.csv", rows), tmp_path / "out", **options)

    return run


@pytest.fixture(autouse=True, scope="session")
def _the_law_is_read_once() -> Iterator[None]:
    from compliance.audit import merge
    from compliance.check import open as opening
    from compliance.law.load import load_law

    law = load_law()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "load_law", lambda: law)
        patch.setattr(merge, "load_law", lambda: law)
        yield
