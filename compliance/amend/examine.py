"""The text half of `reserve amend`: a package against a law, layers 1 and 2, with the new text and its redline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from attrs import evolve, frozen

from compliance.amend.apply import Applied, apply
from compliance.amend.enacting import InForce, enacting_findings, entry_findings, first_day, in_force
from compliance.amend.finding import Finding, Says, Verdict, ordered, says, verdict_of
from compliance.amend.impossible import impossible_numbers, unreadable_words
from compliance.amend.interaction import interactions
from compliance.amend.numbering import chapter_border, numbering, punctuation, structure
from compliance.amend.operations import Operation, Package, Renumber, target_of
from compliance.amend.partial import partial_findings
from compliance.amend.redline import UnitChange, redline
from compliance.amend.references import reference_findings
from compliance.amend.terms import term_findings
from compliance.amend.tree import Tree
from compliance.amend.wording import wording_findings
from compliance.source.diagnostic import Diagnostic


@frozen
class TextReport:
    """What the words alone give away. `tree` is the new law, or nothing where the package cannot be applied."""

    package: Package
    applicable: bool
    tree: Tree | None
    findings: tuple[Finding, ...]
    redline: tuple[UnitChange, ...]
    left_alone: tuple[str, ...]
    not_checked: tuple[Says, ...]
    in_force: InForce | None
    foreign: tuple[Operation, ...]

    @property
    def verdict(self) -> Verdict:
        """By the heaviest finding; a package that cannot be applied is rejected."""
        return verdict_of(self.findings) if self.applicable else "reject"

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What stops the package, as bad input with carets in the drafter's own text."""
        return tuple(finding.diagnostic() for finding in self.findings if finding.fatal)


def examine(tree: Tree, package: Package, given: date | None = None, publication: date | None = None) -> TextReport:
    """Applies a package and runs every check of the text layers; `given` is a first day named on the command line."""
    applied = apply(tree, package.operations)
    new = applied.tree
    day = given or (first_day(package.entry, publication) if package.entry else None)
    findings = [*unreadable_words(package.operations), *applied.findings, *interactions(tree, package.operations)]
    findings += impossible_numbers(package.operations, tree, applied)
    if new is not None:
        findings += numbering(tree, new, applied)
        if any(finding.fatal for finding in findings):
            new = None
    if new is not None:
        findings += [*idle(package.operations, applied), *entry_findings(package)]
        findings += _with_meanings(_of_new_text(tree, new, applied, package.operations), package)
        findings += enacting_findings(package, given)
    found = ordered(findings)
    left = tuple(dict.fromkeys(unit for each in found if each.code in _LEFT for unit in each.left))
    return TextReport(
        package=package,
        applicable=new is not None,
        tree=new,
        findings=found,
        redline=redline(tree, new) if new is not None else (),
        left_alone=left,
        not_checked=not_checked(applied, dated=day is not None or package.entry is not None),
        in_force=in_force(day, new) if new is not None and day is not None else None,
        foreign=applied.foreign,
    )


_LEFT = frozenset(("PARTIAL_EDIT", "CADENCE_MISMATCH"))


def _of_new_text(old: Tree, new: Tree, applied: Applied, operations: Sequence[Operation]) -> tuple[Finding, ...]:
    renumbered = any(isinstance(operation, Renumber) for operation in operations)
    return (
        *punctuation(old, new),
        *structure(old, new, renumbered),
        *chapter_border(new, applied),
        *reference_findings(old, new, renumbered),
        *term_findings(old, new),
        *wording_findings(old, new),
        *partial_findings(old, new, operations),
    )


_OF_MEANING = frozenset(("MODALITY_CHANGE",))
"""What words alone only make likely: where the drafter supplies the norm, the norm decides."""


def _with_meanings(findings: Iterable[Finding], package: Package) -> Iterator[Finding]:
    supplied = [package.supplied, *(operation.supplied for operation in package.operations)]
    has_norm = any(each.norm is not None or each.norms is not None for each in supplied)
    for finding in findings:
        yield evolve(finding, weight="note") if has_norm and finding.code in _OF_MEANING else finding


def idle(operations: Sequence[Operation], applied: Applied) -> Iterator[Finding]:
    """Instructions that change nothing: their new words are those that stand there."""
    for operation, touched in zip(operations, applied.trail, strict=True):
        if not touched and operation not in applied.foreign:
            target = target_of(operation)
            message = says("amend.changes-nothing", words=target.words or target.address.whole)
            yield Finding("NO_CHANGE", "warn", (), target.words, message, place=operation.place)


def not_checked(applied: Applied, *, dated: bool) -> tuple[Says, ...]:
    """What no check of the words can answer, said every time."""
    out = [says("amend.unchecked-external"), says("amend.unchecked-hierarchy")]
    if not dated:
        out.append(says("amend.unchecked-day"))
    if applied.foreign:
        out.append(says("amend.unchecked-foreign", count=str(len(applied.foreign))))
    return tuple(out)
