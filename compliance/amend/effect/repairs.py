"""The smallest changes that mend a failing amendment; each is put into the package, applied, and the checks run again.

Tried in this order: another number in the place of the drafter's, an instruction left out, a reading said in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve, frozen

from compliance.amend.address import replacing
from compliance.amend.effect.ask import Asker
from compliance.amend.effect.deadlines import Tight, tight
from compliance.amend.effect.newlaw import NewLaw, new_law
from compliance.amend.effect.situations import Book, Lost, possible
from compliance.amend.effect.values import in_words, said, values_like
from compliance.amend.examine import TextReport, examine
from compliance.amend.finding import Finding, Says, says
from compliance.amend.from_law import tree_of
from compliance.amend.instruction import parse_instruction
from compliance.amend.operations import Package
from compliance.law.anchors import AnchoredValue, occurrences
from compliance.law.model import Law, Reading
from compliance.law.written import Parameter
from compliance.norm.phrases import say_quarter_day
from compliance.norm.types import QuarterDay
from compliance.source.diagnostic import Problems

MENDED = frozenset(
    "GLOBAL_UNSAT ROUTE_LOST GOAL_UNREACHABLE STATE_UNREACHABLE CONFLICT_CONDITIONAL LIFECYCLE_DEADEND "
    "DUTY_UNDISCHARGEABLE DEADLINE_ORDER".split()
)
"""The codes whose checks are run again."""


@frozen(eq=False)
class Repair:
    """What to do, and the instruction to add where there is one."""

    says: Says
    paste: str = ""


@frozen(eq=False)
class Repairs:
    """Tries changes of one package against the law that it amends."""

    law: Law
    new: NewLaw
    text: TextReport
    asker: Asker
    book: Book

    def mended(self, findings: Iterable[Finding], losses: Sequence[Lost], late: Sequence[Tight]) -> tuple[Finding, ...]:
        """The findings with a repair that was tried, where one is found."""
        hard = [each for each in late if each.hard]
        found = self.find(losses, hard) if losses or hard else None
        if found is None:
            return tuple(findings)
        return tuple(
            evolve(each, repair=found.says, paste=found.paste) if each.code in MENDED and _is_hard(each) else each
            for each in findings
        )

    def find(self, losses: Sequence[Lost], late: Sequence[Tight]) -> Repair | None:
        """The first repair under which every failing check passes."""
        ways = (*self._numbers(losses), *self._left_out(losses))
        return next(iter(ways), None) or next(self._readings(losses, late), None)

    # another number -------------------------------------------------------------------------------------------------

    def _numbers(self, losses: Sequence[Lost]) -> Iterator[Repair]:
        for before, after in self.new.parameters.values():
            found = self._nearest(before, after, losses)
            if found is None:
                continue
            value, paste = found
            words = in_words(value, after.words)
            yield Repair(
                says("effect.repair-number", value_en=f"{_in_english(value)} (`{words}`)", value_ru=f"«{words}»"), paste
            )

    def _nearest(self, before: Parameter, after: Parameter, losses: Sequence[Lost]) -> tuple[AnchoredValue, str] | None:
        """The value nearest to the drafter's that passes, between it and the old one, found by halving; applied."""
        values = values_like(after.value)
        if type(before.value) is not type(after.value) or before.value not in values or after.value not in values:
            return None
        good, bad = values.index(before.value), values.index(after.value)
        while abs(good - bad) > 1:
            middle = (good + bad) // 2
            if self._passes(self._with_number(after, values[middle])[0], losses):
                good = middle
            else:
                bad = middle
        if values[good] == before.value:
            return None
        package, paste = self._with_number(after, values[good])
        return (values[good], paste) if self._passes(package, losses) else None

    def _with_number(self, parameter: Parameter, value: AnchoredValue) -> tuple[Package, str]:
        """The package with an instruction that puts another value in the place of the drafter's words."""
        unit = self.new.name(parameter.unit)
        paste = replacing(unit, parameter.words, in_words(value, parameter.words))
        return self._with(paste), paste

    def _with(self, instruction: str) -> Package:
        package = self.text.package
        more = parse_instruction(instruction, "repair")
        return evolve(package, operations=(*package.operations, *more.operations))

    # an instruction left out ----------------------------------------------------------------------------------------

    def _left_out(self, losses: Sequence[Lost]) -> Iterator[Repair]:
        operations = self.text.package.operations
        if len(operations) < 2:
            return
        for at in range(len(operations)):
            rest = (*operations[:at], *operations[at + 1 :])
            if self._passes(evolve(self.text.package, operations=rest), losses):
                yield Repair(says("effect.repair-left-out", number=str(at + 1)))

    # a reading said in words ----------------------------------------------------------------------------------------

    def _readings(self, losses: Sequence[Lost], late: Sequence[Tight]) -> Iterator[Repair]:
        if late:
            return
        for reading in self._near(losses):
            for value in reading.order[1:]:
                asker = Asker(self.asker.calendar, {**self.asker.profile, reading.id: value}, polish=False)
                if all(possible(loss.situation, self.new.law, asker) for loss in losses):
                    question, words = reading.question, reading.values[value]
                    fields = {"question_en": question.en, "question_ru": question.ru, "value_en": words.en,
                              "value_ru": words.ru, "quote": reading.words}  # fmt: skip
                    yield Repair(says("effect.repair-reading", **fields))

    def _near(self, losses: Sequence[Lost]) -> Iterator[Reading]:
        """The readings of words that stand in the units at odds."""
        norms = {norm.id: norm.unit for norm in self.new.law.norms}
        units = {norms[name] for loss in losses for name in loss.norms if name in norms}
        for reading in self.new.law.readings.values():
            texts = [self.new.law.units[unit].text.ru for unit in reading.units if unit in units]
            if any(occurrences(reading.words, text) for text in texts):
                yield reading

    # the checks again -----------------------------------------------------------------------------------------------

    def _passes(self, package: Package, losses: Sequence[Lost]) -> bool:
        """Whether a package can be applied and none of the failing checks fails any more."""
        tree = tree_of(self.law.written)
        text = examine(tree, package, self.text.in_force.day if self.text.in_force else None)
        if not text.applicable:
            return False
        try:
            new = new_law(self.law, text, tree)
        except Problems:
            return False
        if any(each.hard for each in tight(new.law, self.asker.calendar, self.book.steps)):
            return False
        return all(possible(loss.situation, new.law, self.asker) for loss in losses)


def _in_english(value: AnchoredValue) -> str:
    return say_quarter_day(value, "en") if isinstance(value, QuarterDay) else said(value).en


def _is_hard(finding: Finding) -> bool:
    return finding.weight != "note"


def tried_again(text: TextReport, law: Law) -> TextReport:
    """The report with those instructions to paste that really make their finding go away when they are added."""
    pasted = [finding for finding in text.findings if finding.paste]
    if not pasted or not text.applicable:
        return text
    tree, day = tree_of(law.written), text.in_force.day if text.in_force else None

    def gone(findings: Sequence[Finding]) -> bool:
        operations = text.package.operations
        try:
            more = [op for each in findings for op in parse_instruction(each.paste, "repair").operations]
        except Problems:
            return False
        after = examine(tree, evolve(text.package, operations=(*operations, *more)), day)
        left = {(each.code, each.units) for each in after.findings}
        return after.applicable and not any((each.code, each.units) in left for each in findings)

    if gone(pasted):
        return text
    kept = {repr(each.key) for each in pasted if gone([each])}
    findings = tuple(
        each if not each.paste or repr(each.key) in kept else evolve(each, paste="") for each in text.findings
    )
    return evolve(text, findings=findings)


__all__ = ["MENDED", "Repair", "Repairs", "tried_again"]
