"""`reserve prove`: theorems about the Rules, for every timeline."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click
from attrs import evolve

from compliance.cli.exits import Exit, strongest
from compliance.cli.options import View, declare, view_options
from compliance.cli.output import check_outputs, deliver
from compliance.cli.types import Word
from compliance.report.text import Details

if TYPE_CHECKING:
    from compliance.law.model import Law

FORMATS = ("text", "json", "jsonl", "junit", "sarif", "github", "md")


@declare("prove")
@click.argument("files", nargs=-1, metavar="[FILE|FOLDER]...")
@click.option("--only", multiple=True, metavar="ID", help="Only this theorem; may be given several times.")
@click.option("--details", type=Word("auto", "all", "none"), default="auto", help="How much is told.")
@click.option("--cache/--no-cache", "caching", default=True, help="Use answers kept from earlier runs.")
@click.option("--cache-dir", type=click.Path(path_type=Path), help="Where answers are kept.")
@click.option("--save-stories", type=click.Path(path_type=Path), metavar="DIR", help="Save stories as scenario files.")
@click.option("--proofs", type=click.Path(path_type=Path), metavar="DIR", help="Keep the second solver's proofs.")
@click.option("--obligations/--no-obligations", default=None, help="What every law must fulfil; by default with all.")
@click.option("--watch", "watching", is_flag=True, help="Again whenever a file changes.")
@click.option("--mutate", "mutating", is_flag=True, help="Change the law everywhere; do the stories notice?")
@click.option("--unit", help="With --mutate: only this unit.")
@click.option("-j", "jobs", type=click.IntRange(1, 64), default=None, metavar="N", help="Processes.")
@view_options(FORMATS)
def prove(
    view: View,
    files: tuple[str, ...],
    only: tuple[str, ...],
    details: Details,
    caching: bool,
    cache_dir: Path | None,
    save_stories: Path | None,
    proofs: Path | None,
    obligations: bool | None,
    watching: bool,
    mutating: bool,
    unit: str | None,
    jobs: int | None,
) -> int:
    """Prove or refute the theorems of some files (all shipped ones if none is named).

    Exit code 1: a theorem is not as expected; 3: something stayed open; 2: a file cannot be read.
    """
    once = partial(
        _prove, view, files, only, details, caching, cache_dir, save_stories, proofs, obligations, mutating, unit, jobs
    )
    if not watching:
        return once()
    from compliance.cli.errors import report_error
    from compliance.cli.watch import watch
    from compliance.source.data import data_path

    def forgiving() -> int:
        try:
            return once()
        except Exception as error:  # noqa: BLE001 - said in words; the file is being written
            return report_error(error, ("--lang", view.lang))

    places = [Path(name) for name in files] or [data_path("proofs")]
    return watch([*places, data_path("model")], forgiving)


def _prove(
    view: View,
    files: tuple[str, ...],
    only: tuple[str, ...],
    details: Details,
    caching: bool,
    cache_dir: Path | None,
    save_stories: Path | None,
    proofs: Path | None,
    obligations: bool | None,
    mutating: bool,
    unit: str | None,
    jobs: int | None,
) -> int:
    from compliance.law.load import load_law
    from compliance.prove.obligations.baseline import read_baseline
    from compliance.prove.obligations.run import kept_obligations
    from compliance.prove.prove import ProveOptions
    from compliance.prove.read import BASELINE, read_theorems
    from compliance.prove.run import chosen, default_cache, prove_many
    from compliance.prove.scenario import save_story
    from compliance.report.proofs import render_proofs
    from compliance.source.data import data_path

    check_outputs(view.outputs)
    law = load_law()
    if mutating:
        return _mutate(view, law, files, unit, jobs or os.cpu_count() or 1, save_stories)
    read = read_theorems([Path(name) for name in files] or [data_path("proofs")], law)
    theorems = chosen(read, only)
    folder = (cache_dir or default_cache()) if caching else None
    report = prove_many(law, theorems, ProveOptions(cache=folder, proofs=proofs), jobs)
    if obligations or (obligations is None and not files and not only):
        known = read_baseline(data_path("proofs") / BASELINE)
        more = kept_obligations(law, known, jobs or os.cpu_count() or 1, folder)
        report = evolve(report, results=(*report.results, *more))
    if save_stories is not None:
        for result in report.results:
            save_story(result, save_stories, law)
    places = {theorem.id: theorem.place for theorem in theorems}
    page = evolve(view.page(), details=details)
    deliver(view, lambda form, page: render_proofs(report, form, page, places, law.vocabulary), page)
    wrong = [result for result in report.results if not result.as_expected]
    codes = [Exit.INCONCLUSIVE if result.result == "open" else Exit.FAILED for result in wrong]
    return strongest([*codes, Exit.AS_EXPECTED if report.results else Exit.NOTHING_CHECKED])


def _mutate(view: View, law: Law, files: tuple[str, ...], unit: str | None, jobs: int, folder: Path | None) -> int:
    """Judges the stories (all shipped ones if none is named) by what they notice of a changed law."""
    from compliance.cli.check import expand
    from compliance.law.citation import unit_id_from_user
    from compliance.norm.vocabulary import Words
    from compliance.prove.mutate.run import mutate
    from compliance.prove.scenario import scenario_text
    from compliance.report.mutation import render_mutation
    from compliance.source.data import data_path

    chosen = law.unit(unit_id_from_user(unit)).id if unit else None
    report = mutate(law, expand(files or (str(data_path("scenarios")),)), chosen, jobs)
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        for each in report.answers:
            if each.story is not None:
                words = Words(f"{each.where}: {each.label}", f"{each.where}: {each.label}")
                (folder / f"{each.mutant}.yaml").write_text(scenario_text(each.story, words, law), encoding="utf-8")
    deliver(view, lambda form, page: render_mutation(report, form, page.lang, law))
    score = report.score()
    return Exit.FAILED if score.survives else Exit.INCONCLUSIVE if score.open else Exit.AS_EXPECTED


command = prove
