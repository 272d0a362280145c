"""Packages that wait together: each applied to what the one before it leaves, and whether their order counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from attrs import evolve

from compliance.amend.effect.consolidate import folder_texts, write_texts
from compliance.amend.effect.report import AmendReport
from compliance.amend.effect.run import DEFAULTS, AmendOptions, amend
from compliance.amend.finding import Finding, ordered
from compliance.amend.from_law import tree_of
from compliance.amend.interaction import packages as order_of
from compliance.amend.operations import Package
from compliance.amend.tree import Tree
from compliance.law.load import load_law
from compliance.law.model import Law
from compliance.source.data import working_with


def amend_in_turn(law: Law, packages: Sequence[Package], options: AmendOptions = DEFAULTS) -> tuple[AmendReport, ...]:
    """A report for each package on the law that the former ones make; the first that cannot be applied is the last."""
    first, out = tree_of(law.written), []
    with ExitStack() as stack:
        for at, package in enumerate(packages):
            report = amend(law, package, options)
            out.append(_with_order(report, tuple(_order(first, packages[:at], package))))
            if report.new is None or not report.applicable:
                break
            texts = folder_texts(report.new)
            out[-1] = evolve(out[-1], texts=texts)
            folder = Path(stack.enter_context(TemporaryDirectory())) / package.name.rpartition("/")[2]
            write_texts(texts, folder)
            stack.enter_context(working_with(folder))
            law = load_law()
    return tuple(out)


def _order(tree: Tree, before: Sequence[Package], package: Package) -> Iterator[Finding]:
    for other in before:
        yield from order_of(tree, other, package)


def _with_order(report: AmendReport, found: tuple[Finding, ...]) -> AmendReport:
    return evolve(report, text=evolve(report.text, findings=ordered((*report.text.findings, *found))))


__all__ = ["amend_in_turn"]
