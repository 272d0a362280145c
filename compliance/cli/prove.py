"""`reserve prove`: theorems about the Rules, for every timeline."""

from __future__ import annotations

import os
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from attrs import evolve, frozen

from compliance.cli.errors import say_line
from compliance.cli.exits import Exit, strongest
from compliance.cli.options import View, declare, view_options
from compliance.cli.output import check_outputs, deliver
from compliance.cli.types import Word
from compliance.report.text import Details

if TYPE_CHECKING:
    from compliance.law.model import Law
    from compliance.norm.vocabulary import Vocabulary
    from compliance.prove.mutate.outcome import MutationReport
    from compliance.prove.mutate.theorems import Against
    from compliance.prove.outcome import ProofReport

FORMATS = ("text", "json", "jsonl", "junit", "sarif", "github", "md")


@frozen(kw_only=True)
class Request:
    """What one command line asks for."""

    files: tuple[str, ...]
    only: tuple[str, ...]
    details: Details
    caching: bool
    cache_dir: Path | None
    save_stories: Path | None
    proofs: Path | None
    obligations: bool | None
    mutating: bool
    unit: str | None
    every: int
    against: Against
    jobs: int | None

    @property
    def cache(self) -> Path | None:
        """Where answers are kept; nowhere if none are to be."""
        from compliance.prove.inputs import default_cache

        return (self.cache_dir or default_cache()) if self.caching else None

    @property
    def everything(self) -> bool:
        """Whether what every law must fulfil is asked too."""
        return bool(self.obligations or (self.obligations is None and not self.files and not self.only))

    def places(self, folder: str) -> tuple[Path, ...]:
        """The files and folders that are named, or else the shipped folder."""
        from compliance.source.data import data_path

        return tuple(Path(name) for name in self.files) or (data_path(folder),)


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
@click.option("--every", type=click.IntRange(1), default=1, metavar="N", help="With --mutate: each N-th change only.")
@click.option(
    "--theorems",
    "against",
    type=Word("alive", "some", "all"),
    default="alive",
    help="With --mutate: the changes that are held against the theorems too.",
)
@click.option("-j", "jobs", type=click.IntRange(1, 64), default=None, metavar="N", help="Processes.")
@view_options(FORMATS)
def prove(view: View, watching: bool, **asked: Any) -> int:
    """Prove or refute the theorems of some files (all shipped ones if none is named).

    Exit code 1: a theorem is not as expected; 3: something stayed open; 2: a file cannot be read.
    """
    request = Request(**asked)
    once = partial(_mutate if request.mutating else _prove, view, request)
    if not watching:
        return once()
    from compliance.cli.errors import report_error
    from compliance.cli.watch import watch
    from compliance.source.data import model_path

    def forgiving() -> int:
        try:
            return once()
        except Exception as error:  # noqa: BLE001 - said in words; the file is being written
            return report_error(error, ("--lang", view.lang))

    return watch([*request.places("proofs"), model_path()], forgiving)


def _prove(view: View, request: Request) -> int:
    from compliance.cli.check import MANY, progress_bar
    from compliance.prove.options import ProveOptions
    from compliance.prove.whole import Asked, prove_whole
    from compliance.report.proofs import render_proofs

    check_outputs(view.outputs)
    options = ProveOptions(cache=request.cache, proofs=request.proofs)
    asked = Asked(request.places("proofs"), request.only, request.everything, options)
    with progress_bar(MANY, view, "proving") as progress:
        found = prove_whole(asked, request.jobs, progress)
    for name in found.broken:
        say_line("proofs.unreadable-answer", {"word": name}, view.lang)
    if request.save_stories is not None:
        _save(found.report, request.save_stories)
    page, words = evolve(view.page(), details=request.details), cache(_vocabulary)
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


def _mutate(view: View, request: Request) -> int:
    """Judges the stories (all shipped ones if none is named) by what they notice of a changed law.

    Exit code 1: a change goes unnoticed; 3: of some it is not known whether they change anything.
    """
    from compliance.cli.check import MANY, expand, progress_bar
    from compliance.law.citation import unit_id_from_user
    from compliance.law.load import load_law
    from compliance.prove.mutate.run import MutateOptions, mutate
    from compliance.report.mutation import FORMATS as MUTATION_FORMATS
    from compliance.report.mutation import render_mutation
    from compliance.source.data import data_path
    from compliance.source.diagnostic import Diagnostic, Problems

    check_outputs(view.outputs)
    for form in (view.form, *(form for form, _ in view.outputs)):
        if form not in MUTATION_FORMATS:
            words = {"word": form, "option": "--format"}
            raise Problems([Diagnostic("cli.unknown-value", None, words, MUTATION_FORMATS)])
    law, folder, jobs = load_law(), request.save_stories, request.jobs or os.cpu_count() or 1
    unit = law.unit(unit_id_from_user(request.unit)).id if request.unit else None
    theorems = (data_path("proofs"),)
    options = MutateOptions(unit, request.every, request.against, theorems, request.cache, polish=folder is not None)
    with progress_bar(MANY, view, "mutating") as progress:
        report = mutate(law, expand(map(str, request.places("scenarios"))), options, jobs, progress)
    if folder is not None:
        _save_mutants(report, folder, law)
    deliver(view, lambda form, page: render_mutation(report, form, page.lang, law, request.details))
    score = report.score()
    codes = [Exit.FAILED] * bool(score.survives) + [Exit.INCONCLUSIVE] * bool(score.open + score.bounded)
    return strongest([*codes, Exit.AS_EXPECTED if report.answers else Exit.NOTHING_CHECKED])


def _save_mutants(report: MutationReport, folder: Path, law: Law) -> None:
    from compliance.norm.vocabulary import Words
    from compliance.prove.scenario import scenario_text

    folder.mkdir(parents=True, exist_ok=True)
    for each in report.answers:
        if each.story is not None:
            words = Words(f"{each.where}: {each.label}", f"{each.where}: {each.label}")
            (folder / f"{each.mutant}.yaml").write_text(scenario_text(each.story, words, law), encoding="utf-8")


command = prove
