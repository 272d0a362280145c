"""Answers kept by what they depend on: the law, the theorem, the versions of the solvers and of this program.

One file an answer, written aside and moved into place, so that two runs at once do no harm; a file that cannot be
read counts as absent. `gave up` is never kept.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
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
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self.folder, suffix=".part")
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
                json.dump(to_json(found), stream, ensure_ascii=False, indent=1, sort_keys=True)
            os.replace(name, self.path(job))
        except OSError:
            return

    def path(self, job: Job) -> Path:
        return self.folder / f"{key_of(job)}.json"


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


__all__ = ["Cache", "key_of"]
