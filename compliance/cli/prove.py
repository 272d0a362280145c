"""`reserve prove`: theorems about the Rules, for every timeline."""

from __future__ import annotations

import os
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import click
from attrs import evolve

from compliance.cli.errors import say_line
from compliance.cli.exits import Exit, strongest
from compliance.cli.options import View, declare, view_options
from compliance.cli.output import check_outputs, deliver
from compliance.cli.types import Word
from compliance.report.text import Details

if TYPE_CHECKING:
    from compliance.norm.vocabulary import Vocabulary
    from compliance.prove.outcome import ProofReport

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
    from compliance.prove.inputs import default_cache
    from compliance.prove.options import ProveOptions
    from compliance.prove.whole import Asked, prove_whole
    from compliance.report.proofs import render_proofs
    from compliance.source.data import data_path

    check_outputs(view.outputs)
    if mutating:
        return _mutate(view, files, unit, jobs or os.cpu_count() or 1, save_stories)
    folder = (cache_dir or default_cache()) if caching else None
    places = tuple(Path(name) for name in files) or (data_path("proofs"),)
    everything = obligations or (obligations is None and not files and not only)
    found = prove_whole(Asked(places, only, everything, ProveOptions(cache=folder, proofs=proofs)), jobs)
    for name in found.broken:
        say_line("proofs.unreadable-answer", {"word": name}, view.lang)
    if save_stories is not None:
        _save(found.report, save_stories)
    page, words = evolve(view.page(), details=details), cache(_vocabulary)
    deliver(view, lambda form, page: render_proofs(found.report, form, page, found.places, words), page)
    wrong = [result for result in found.report.results if not result.as_expected]
    codes = [Exit.INCONCLUSIVE if result.result == "open" else Exit.FAILED for result in wrong]
    return strongest([*codes, Exit.AS_EXPECTED if found.report.results else Exit.NOTHING_CHECKED])


def _save(report: ProofReport, folder: Path) -> None:
    from compliance.law.load import load_law
    from compliance.prove.scenario import save_story

    law = load_law()
    for result in report.results:
        save_story(result, folder, law)


def _vocabulary() -> Vocabulary:
    """The words of events, for a page that tells stories."""
    from compliance.law.load import load_law

    return load_law().vocabulary


def _mutate(view: View, files: tuple[str, ...], unit: str | None, jobs: int, folder: Path | None) -> int:
    """Judges the stories (all shipped ones if none is named) by what they notice of a changed law."""
    from compliance.cli.check import expand
    from compliance.law.citation import unit_id_from_user
    from compliance.law.load import load_law
    from compliance.norm.vocabulary import Words
    from compliance.prove.mutate.run import mutate
    from compliance.prove.scenario import scenario_text
    from compliance.report.mutation import render_mutation
    from compliance.source.data import data_path

    law = load_law()
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
