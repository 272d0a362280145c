"""Answers kept by what they depend on: the law, the theorem, the versions of the solvers and of this program.

One file an answer, written aside and moved into place, so that two runs at once do no harm; a file that cannot be
read counts as absent. `gave up` is never kept.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import define, evolve, field

from compliance import __version__
from compliance.norm.fingerprint import fingerprint
from compliance.prove.outcome import ProofResult
from compliance.prove.record import from_json, to_json

if TYPE_CHECKING:
    from compliance.prove.prove import Job

FORMAT = "reserve.proof/1"


@define
class Cache:
    """A folder of answers."""

    folder: Path
    broken: list[str] = field(factory=list)
    """Files that were there and could not be read."""

    def get(self, job: Job) -> ProofResult | None:
        path = self.path(job)
        try:
            text = path.read_text(encoding="utf-8")
        except OSError:
            return None
        try:
            found = from_json(json.loads(text))
        except (ValueError, KeyError, TypeError):
            self.broken.append(path.name)
            return None
        return evolve(found, cached=True) if found.theorem == job.theorem.id else None

    def put(self, job: Job, found: ProofResult) -> None:
        """Keeps an answer that is settled; a folder that cannot be written is no error."""
        text = json.dumps(to_json(found), ensure_ascii=False, indent=1, sort_keys=True)
        _write(self.folder, self.path(job), text)

    def path(self, job: Job) -> Path:
        return self.folder / f"{key_of(job)}.json"


def kept(folder: Path, name: str) -> tuple[ProofResult, ...] | None:
    """Several answers kept under one name; none where they cannot be read."""
    try:
        data = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        return tuple(evolve(from_json(each), cached=True) for each in data)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep(folder: Path, name: str, found: Iterable[ProofResult]) -> None:
    """Keeps several answers under one name; a folder that cannot be written is no error."""
    text = json.dumps([to_json(each) for each in found], ensure_ascii=False, indent=1, sort_keys=True)
    _write(folder, folder / f"{name}.json", text)


def _write(folder: Path, path: Path, text: str) -> None:
    """Aside, and then into its place: two runs at once do no harm."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, suffix=".part")
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        os.replace(name, path)
    except OSError:
        return


def key_of(job: Job) -> str:
    """The hash of everything that an answer depends on."""
    from compliance.smt.versions import cvc5_version, z3_version

    theorem, options = job.theorem, job.options
    near = fingerprint(theorem.near_miss.formula) if theorem.near_miss else ""
    parts = [
        FORMAT, __version__, z3_version(), cvc5_version() or "absent", job.law.fingerprint,
        fingerprint(theorem.program), fingerprint(theorem.formula), near, theorem.id, theorem.says.en, theorem.says.ru,
        theorem.kind, theorem.expect, repr(sorted(theorem.readings.items())), repr(theorem.for_all_readings),
        repr(theorem.under), repr(theorem.without), repr(theorem.rests_on), repr(theorem.single_method),
        repr(theorem.vacuous),
        *(f"{name} {fingerprint(typed)}" for name, typed in sorted(job.lemmas.items())),
        *(f"{name} {found.core} {found.world}" for name, found in sorted(job.lemma_results.items())),
        repr((options.confirm, options.drops, options.premises, options.near_misses, options.polish, options.slots)),
    ]  # fmt: skip
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


__all__ = ["Cache", "keep", "kept", "key_of"]
