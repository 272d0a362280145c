"""The one entry of the logic half: a package against a law, every layer, one report."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from attrs import frozen

from compliance.amend.effect.ask import Asker
from compliance.amend.effect.compare import Comparison, compare
from compliance.amend.effect.crew import Crew
from compliance.amend.effect.findings import Findings
from compliance.amend.effect.flips import Stories, always, flips, stories
from compliance.amend.effect.life import life, life_findings
from compliance.amend.effect.logic import troubles
from compliance.amend.effect.meaning import difference
from compliance.amend.effect.newlaw import NewLaw, new_law
from compliance.amend.effect.over import Found, Over, alternatives, new_order, specific_first, stands, swept
from compliance.amend.effect.probe import Probe
from compliance.amend.effect.repairs import Repairs, tried_again
from compliance.amend.effect.report import AmendReport
from compliance.amend.effect.retell import retold
from compliance.amend.effect.sanctions import read_gravity
from compliance.amend.effect.saving import Saving
from compliance.amend.effect.situations import Book, lost, read_book
from compliance.amend.effect.sizes import Size, sizes
from compliance.amend.effect.sweep import Alternative
from compliance.amend.effect.tell import Tally
from compliance.amend.effect.theorems import Theorems, Verdict
from compliance.amend.effect.transition import Spoken
from compliance.amend.effect.trouble import Sides
from compliance.amend.effect.witness import read_witnesses
from compliance.amend.examine import TextReport, examine
from compliance.amend.finding import Says, says
from compliance.amend.from_law import tree_of
from compliance.amend.operations import Package
from compliance.calendar.load import shipped_calendar
from compliance.law.model import Law
from compliance.prove.questions import natural_values
from compliance.source.data import data_path
from compliance.source.diagnostic import Problems


@frozen
class AmendOptions:
    """What a caller can choose: the first day, and which of the slower parts are wanted."""

    in_force: date | None = None
    publication: date | None = None
    theorems: bool = True
    scenarios: bool = True
    facets: bool = True
    compare_only: bool = False
    readings: bool = True
    """Whether the questions are put under other readings than the default ones too."""
    jobs: int = 2
    """So many processes share the theorems and the readings."""
    proofs: Path | None = None
    stories: Path | None = None


DEFAULTS = AmendOptions()


def amend(law: Law, package: Package, options: AmendOptions = DEFAULTS) -> AmendReport:
    """The report on a package; bad input stands in it, nothing is half-applied."""
    tree = tree_of(law.written)
    text = examine(tree, package, options.in_force, options.publication)
    if not text.applicable:
        return AmendReport(text)
    try:
        new = new_law(law, text, tree)
    except Problems as problems:
        return AmendReport(text, problems=problems.diagnostics)
    return _Run(law, new, tried_again(text, law), options).report()


class _Run:
    """The layers one after the other; the theorems are asked by a second process meanwhile."""

    def __init__(self, law: Law, new: NewLaw, text: TextReport, options: AmendOptions) -> None:
        self.law, self.new, self.text, self.options = law, new, text, options
        self.calendar = shipped_calendar()
        self.asker = Asker(self.calendar, new.old.default_profile, natural=natural_values(new.law))
        self.found = difference(new.old, new.law, new.old.default_profile)
        self.first = text.in_force.day.toordinal() if text.in_force else None
        self.saving = Saving(self.found, self.calendar, self.first, new, text.package.transitional)
        self.asked: Theorems | None = None

    def report(self) -> AmendReport:
        """Everything that was asked for."""
        if self.options.compare_only:
            comparison = compare(self.found, self.asker, facets=self.options.facets)
            nothing = Tally(Found("equivalent", (), (), (), frozenset()), {})
            words = tuple(Findings(self.new, self.text, self.found, self.saving, nothing).unformalised())
            return AmendReport(self.text, self.new, comparison, self._followed(), words, sizes=self._sizes(),
                               not_checked=(says("effect.unchecked-compare-only"),))  # fmt: skip
        stored, book = self._stories(), read_book()
        sides = self._sides(stored)
        theorems = self._theorems(sides)
        comparison = compare(self.found, self.asker, facets=self.options.facets)
        followed = self._followed()
        usual = self._usual(sides, comparison, stored, book)
        others = self._others(sides, comparison, usual, stored, book)
        turned = flips(self.found, stored.stored, self.calendar, self.first) if not self.found.same else ()
        lived = life(self.new, self.found, self.calendar, sides.new)
        proved, found = self._retold(theorems, comparison), others.answers()
        tally = Tally(usual, dict(zip(others.tasks, found, strict=True)))
        told = Findings(self.new, self.text, self.found, self.saving, tally)
        logic = told.all(comparison, followed, turned, proved)
        repairs = Repairs(self.law, self.new, self.text, self.asker, book)
        logic = repairs.mended((*logic, *life_findings(lived, self.new)), tally.usual.losses, tally.usual.late)
        return AmendReport(
            self.text, self.new, comparison, followed, logic, turned, proved, self.saving.moved,
            (*told.not_checked(stored, proved, self.first), *self._left_out()), tuple(told.conflicts()),
            relations=tally.relations(), life=lived, sizes=self._sizes(),
        )  # fmt: skip

    # parts ------------------------------------------------------------------------------------------------------

    def _followed(self) -> Comparison | None:
        if self.new.followed is None:
            return None
        found = difference(self.new.old, self.new.followed, self.new.old.default_profile)
        return compare(found, self.asker, facets=False)

    def _left_out(self) -> tuple[Says, ...]:
        """What the caller did not want."""
        return () if self.options.theorems else (says("effect.unchecked-theorems-asked"),)

    def _sizes(self) -> tuple[Size, ...]:
        return () if self.found.same else sizes(self.new, self.calendar)

    def _stories(self) -> Stories:
        if not self.options.scenarios or self.found.same:
            return Stories((), 0)
        return stories(self.options.stories or data_path("scenarios"), self.new.old)

    def _sides(self, stored: Stories) -> Sides:
        """Both laws with what the stored stories break of them."""
        records = [*always(stored.stored), *(read_witnesses() if stored.stored else ())]
        old = Probe(self.new.old, self.calendar, self.found.profile, records)
        return Sides(self.found, old, Probe(self.new.law, self.calendar, self.found.profile, records, old))

    def _theorems(self, sides: Sides) -> Crew[str, Verdict]:
        """The stored theorems, already under way."""
        if not self.options.theorems or self.found.same:
            return Crew((), Theorems.nothing)
        folder = self.options.proofs or data_path("proofs")
        self.asked = asked = Theorems.read(self.found, self.asker, folder, sides.new)
        return Crew(tuple(asked.old), asked.verdict, self.options.jobs)

    def _retold(self, theorems: Crew[str, Verdict], comparison: Comparison) -> tuple[Verdict, ...]:
        """The theorems, those that turn with a story for people."""
        asked, proved = self.asked, theorems.answers()
        if asked is None:
            return proved
        told = (comparison.looser_side.facts, comparison.stricter_side.facts)
        return retold(asked, proved, [facts for facts in told if facts is not None])

    def _usual(self, sides: Sides, comparison: Comparison, stored: Stories, book: Book) -> Found:
        """What holds under the default readings."""
        if self.found.same:
            return Found("equivalent", (), (), (), frozenset())
        for side in (comparison.looser_side, comparison.stricter_side):
            if side.facts is not None:
                sides.learn(side.facts)
        situations = (*book.goals, *book.situations)
        return Found(
            comparison.relation,
            troubles(sides, read_gravity(self.text.package.gravity), self.first),
            tuple(lost(self.found, situations, self.asker, stored.stored, new=sides.new, old=sides.old)),
            new_order(self.found, book.steps, sides.new),
            stands(self.saving.moved),
        )

    def _others(
        self, sides: Sides, comparison: Comparison, usual: Found, stored: Stories, book: Book
    ) -> Crew[Alternative, Found]:
        """What holds under each other reading that the change consults, already under way."""
        others = () if self.found.same or not self.options.readings else alternatives(sides)
        over = Over(
            sides, (*book.goals, *book.situations), book.steps, usual.losses, self.saving.moved,
            stored.stored, self.saving.known,
            Spoken(self.text.package.transitional, self.new.touched, self.new.name),
            frozenset(norm for each in usual.troubles for norm in each.norms),
            swept(sides, comparison, usual.losses, others),
        )  # fmt: skip
        return Crew(others, over.under, self.options.jobs, order=specific_first(sides, others))


__all__ = ["DEFAULTS", "AmendOptions", "amend"]
