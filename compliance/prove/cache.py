"""Answers kept by what they depend on: the law, the theorem, the calendar, the solvers and this program itself.

One file an answer, written aside and moved into place, so that two runs at once do no harm; a file that cannot be
read counts as absent, and is named. `gave up` is never kept.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define, evolve, field

from compliance.norm.fingerprint import fingerprint
from compliance.prove.inputs import engine
from compliance.prove.outcome import ProofResult
from compliance.prove.record import from_json, to_json

if TYPE_CHECKING:
    from compliance.prove.prove import Job

T = TypeVar("T")


class Unreadable(ValueError):
    """Something was kept that is no answer."""


@define
class Cache:
    """A folder of answers."""

    folder: Path
    broken: list[str] = field(factory=list)
    """Files that were there and could not be read."""

    def get(self, job: Job) -> ProofResult | None:
        def read(data: Any) -> ProofResult:
            found = from_json(data)
            if found.theorem != job.theorem.id or not found.settled:
                raise Unreadable
            return evolve(found, cached=True)

        return load(self.folder, key_of(job), read, self.broken)

    def put(self, job: Job, found: ProofResult) -> None:
        """Keeps an answer that is settled; a folder that cannot be written is no error."""
        write(self.folder, key_of(job), json.dumps(to_json(found), ensure_ascii=False, indent=1, sort_keys=True))


def kept(folder: Path, name: str, broken: list[str]) -> tuple[ProofResult, ...] | None:
    """Several answers kept under one name; none where they cannot be read."""

    def read(data: Any) -> tuple[ProofResult, ...]:
        found = tuple(evolve(from_json(each), cached=True) for each in data)
        if not found or not all(each.settled for each in found):
            raise Unreadable
        return found

    return load(folder, name, read, broken)


def keep(folder: Path, name: str, found: Iterable[ProofResult]) -> None:
    """Keeps several answers under one name; a folder that cannot be written is no error."""
    write(folder, name, json.dumps([to_json(each) for each in found], ensure_ascii=False, indent=1, sort_keys=True))


def load(folder: Path, name: str, read: Callable[[Any], T], broken: list[str]) -> T | None:
    """What is kept under a name; None where nothing is, or what cannot be read, whose file is then noted."""
    path = folder / f"{name}.json"
    try:
        text = path.read_bytes()
    except OSError:
        return None
    try:
        return read(json.loads(text.decode("utf-8")))
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        broken.append(path.name)
        return None


def write(folder: Path, name: str, text: str) -> None:
    """Aside, and then into its place: two runs at once do no harm."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, aside = tempfile.mkstemp(dir=folder, suffix=".part")
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        os.replace(aside, folder / f"{name}.json")
    except OSError:
        return


def key_of(job: Job) -> str:
    """The hash of everything that an answer depends on."""
    theorem = job.theorem
    near = fingerprint(theorem.near_miss.formula) if theorem.near_miss else ""
    parts = [
        engine(), job.law.fingerprint, job.setting.calendar.fingerprint, theorem.program.fingerprint,
        fingerprint(theorem.formula), near, theorem.id, theorem.says.en, theorem.says.ru, theorem.kind, theorem.expect,
        repr(sorted(theorem.readings.items())), repr(theorem.for_all_readings), repr(theorem.under),
        repr(theorem.without), repr(theorem.rests_on), repr(theorem.single_method), repr(theorem.vacuous),
        *(f"{name} {fingerprint(typed)}" for name, typed in sorted(job.lemmas.items())),
        *(f"{name} {found.core} {found.world}" for name, found in sorted(job.lemma_results.items())),
        repr(job.options.questions),
    ]  # fmt: skip
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


__all__ = ["Cache", "Unreadable", "keep", "kept", "key_of", "load", "write"]
