"""A run as a whole: theorem files and obligations to one report, all at once from the cache where nothing changed.

What is kept of a run is found by the bytes of everything that it was made from, so that neither the law nor a solver
is loaded to find it. Where a byte changed, the answers are looked up one by one, by what they mean.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any

from attrs import astuple, evolve, frozen

from compliance.prove.cache import Unreadable, load, write
from compliance.prove.inputs import BASELINE, engine, of_files
from compliance.prove.options import ProveOptions
from compliance.prove.outcome import ProofReport, ProofResult
from compliance.prove.record import from_json, to_json
from compliance.source.data import data_path, model_path
from compliance.source.loc import Place

Progress = Callable[[int, int], object]


@frozen
class Asked:
    """Theorem files or folders of them, the ids to take from them (all, for none), and whether the obligations too."""

    files: tuple[Path, ...]
    only: tuple[str, ...] = ()
    obligations: bool = True
    options: ProveOptions = ProveOptions()


@frozen
class Answered:
    """A report, where its theorems stand, and what in the cache could not be read."""

    report: ProofReport
    places: Mapping[str, Place | None]
    broken: tuple[str, ...] = ()


def prove_whole(asked: Asked, jobs: int | None = None, progress: Progress | None = None) -> Answered:
    """The answers to everything that is asked; raises `Problems` as the law and the theorem files do.

    `progress` is told after each theorem how many of how many are answered.
    """
    folder = asked.options.cache
    name = run_name(asked) if folder is not None and asked.options.proofs is None else None
    broken: list[str] = []
    if folder is not None and name is not None:
        known = load(folder, name, _read, broken)
        if known is not None:
            return known
    found = _prove(asked, jobs or os.cpu_count() or 1, progress, broken)
    settled = all(each.settled for each in found.report.results)
    if folder is not None and name is not None and settled and run_name(asked) == name:  # no file changed meanwhile
        write(folder, name, _written(found))
    return found


def run_name(asked: Asked) -> str | None:
    """The name under which a run is kept; None where its files are no plain files."""
    files = [*asked.files, model_path()]
    if asked.obligations:
        files.append(data_path("proofs", BASELINE))
    if not all(path.is_file() or path.is_dir() for path in files):
        return None
    try:
        parts = (engine(), of_files(files), asked.only, asked.obligations, asked.options.questions)
    except OSError:
        return None
    return f"run-{sha256(repr(parts).encode()).hexdigest()}"


def _prove(asked: Asked, jobs: int, progress: Progress | None, broken: list[str]) -> Answered:
    from compliance.law.load import load_law
    from compliance.prove.obligations.baseline import read_baseline
    from compliance.prove.obligations.run import kept_obligations
    from compliance.prove.read import read_theorems
    from compliance.prove.run import chosen, prove_many

    law = load_law()
    theorems = chosen(read_theorems(asked.files, law), asked.only)
    told = count(1)

    def done(_: ProofResult) -> None:
        if progress:
            progress(next(told), len(theorems))

    report = prove_many(law, theorems, asked.options, jobs, done, broken)
    if asked.obligations:
        known = read_baseline(data_path("proofs", BASELINE))
        more = kept_obligations(law, known, jobs, asked.options.cache, broken)
        report = evolve(report, results=(*report.results, *more))
    return Answered(report, {theorem.id: theorem.place for theorem in theorems}, tuple(sorted(set(broken))))


def _written(found: Answered) -> str:
    data = {
        "law": found.report.law,
        "results": [to_json(each) for each in found.report.results],
        "places": {name: astuple(place) if place else None for name, place in found.places.items()},
    }
    return json.dumps(data, ensure_ascii=False)


def _read(data: Any) -> Answered:
    results = tuple(evolve(from_json(each), cached=True) for each in data["results"])
    places = {name: Place(*place) if place else None for name, place in data["places"].items()}
    if not results or not all(each.settled for each in results):
        raise Unreadable
    return Answered(ProofReport(data["law"], results), places)


__all__ = ["Answered", "Asked", "prove_whole", "run_name"]
