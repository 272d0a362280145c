"""The one entry of the logic half: a package against a law, every layer, one report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from attrs import frozen

from compliance.amend.effect.ask import Asker, story_json
from compliance.amend.effect.compare import Comparison, compare
from compliance.amend.effect.deadlines import Tight, missing_days, tight
from compliance.amend.effect.flips import Flip, Stories, flips, stories
from compliance.amend.effect.meaning import difference
from compliance.amend.effect.newlaw import NewLaw, new_law
from compliance.amend.effect.quotes import quotes
from compliance.amend.effect.repairs import Repairs, tried_again
from compliance.amend.effect.report import AmendReport
from compliance.amend.effect.saving import Saving
from compliance.amend.effect.situations import Book, Lost, lost, read_book
from compliance.amend.effect.theorems import Verdict, verdicts
from compliance.amend.effect.transition import Moved
from compliance.amend.examine import TextReport, examine
from compliance.amend.finding import Finding, Says, Weight, says
from compliance.amend.from_law import tree_of
from compliance.amend.operations import Package
from compliance.calendar.days import format_iso
from compliance.calendar.load import shipped_calendar
from compliance.law.citation import citation
from compliance.law.model import Law
from compliance.norm.facts import Facts
from compliance.norm.program import Profile
from compliance.source.data import data_path
from compliance.source.diagnostic import Problems

SHOWN = 3


@frozen
class AmendOptions:
    """What a caller can choose: the first day, and which of the slower parts are wanted."""

    in_force: date | None = None
    publication: date | None = None
    theorems: bool = True
    scenarios: bool = True
    facets: bool = True
    compare_only: bool = False
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
    """The layers one after the other."""

    def __init__(self, law: Law, new: NewLaw, text: TextReport, options: AmendOptions) -> None:
        self.law, self.new, self.text, self.options = law, new, text, options
        self.calendar = shipped_calendar()
        self.asker = Asker(self.calendar, new.old.default_profile)
        self.found = difference(new.old, new.law, new.old.default_profile)
        self.first = text.in_force.day.toordinal() if text.in_force else None
        self.saving = Saving(self.found, self.calendar, self.first, new, text.package.transitional)

    def report(self) -> AmendReport:
        """Everything that was asked for."""
        comparison = compare(self.found, self.asker, facets=self.options.facets)
        followed = self._followed()
        if self.options.compare_only:
            return AmendReport(self.text, self.new, comparison, followed)
        stored = self._stories()
        turned = flips(self.found, stored.stored, self.calendar, self.first) if not self.found.same else ()
        proved = self._theorems()
        moved = self._moved()
        book = read_book()
        losses = tuple(lost(self.found, (*book.goals, *book.situations), self.asker, stored.stored))
        late = self._deadlines(book)
        logic = (
            *self._from_losses(losses),
            *self._from_deadlines(late),
            *self._from_comparison(comparison, followed),
            *self._from_flips(turned),
            *self._from_theorems(proved),
            *self._from_moved(moved),
            *self._unformalised(),
        )
        repairs = Repairs(self.law, self.new, self.text, self.asker, book, stored.stored)
        logic = repairs.mended(logic, losses, late)
        return AmendReport(
            self.text, self.new, comparison, followed, logic, turned, proved, moved,
            tuple(self._not_checked(stored, proved)), tuple(self._conflicts(losses, late)),
        )  # fmt: skip

    # parts ------------------------------------------------------------------------------------------------------

    def _followed(self) -> Comparison | None:
        if self.new.followed is None:
            return None
        found = difference(self.new.old, self.new.followed, self.new.old.default_profile)
        return compare(found, self.asker, facets=False)

    def _stories(self) -> Stories:
        if not self.options.scenarios or self.found.same:
            return Stories((), 0)
        return stories(self.options.stories or data_path("scenarios"), self.new.old)

    def _theorems(self) -> tuple[Verdict, ...]:
        if not self.options.theorems or self.found.same:
            return ()
        return verdicts(self.found, self.asker, self.options.proofs or data_path("proofs"))

    def _moved(self) -> tuple[Moved, ...]:
        return self.saving.moved

    def _deadlines(self, book: Book) -> tuple[Tight, ...]:
        before = {(each.before.parameter, each.hard) for each in tight(self.new.old, self.calendar, book.steps)}
        after = tight(self.new.law, self.calendar, book.steps)
        return tuple(each for each in after if (each.before.parameter, each.hard) not in before)

    # findings ---------------------------------------------------------------------------------------------------

    def _finding(
        self,
        code: str,
        weight: Weight,
        units: tuple[str, ...],
        message: Says,
        *,
        repair: Says | None = None,
        story: Facts | None = None,
        paste: str = "",
    ) -> Finding:
        shown = tuple(dict.fromkeys(self.new.name(unit) for unit in units))
        told = None if story is None else story_json(story, self.new.law.vocabulary)
        return Finding(code, weight, shown, self._quote(units), message, repair, story=told, paste=paste)

    def _quote(self, units: tuple[str, ...]) -> str:
        """The changed words of the units, with a little around them."""
        names = {self.new.name(unit): unit for unit in units}
        return " | ".join(quote.text for quote in quotes([*names], self.text.redline, self.new.law, names))

    def _cited(self, units: tuple[str, ...]) -> Mapping[str, str]:
        names = [self.new.name(unit) for unit in dict.fromkeys(units)]
        return {f"units_{lang}": ", ".join(citation(name, lang) for name in names) for lang in ("en", "ru")}

    def _units(self, norms: tuple[str, ...]) -> tuple[str, ...]:
        known = {norm.id: norm.unit for norm in (*self.new.old.norms, *self.new.law.norms)}
        return tuple(dict.fromkeys(known.get(norm, norm) for norm in norms))

    def _from_losses(self, losses: tuple[Lost, ...]) -> Iterator[Finding]:
        for loss in losses:
            units = (*self._units(loss.norms), *loss.situation.units)
            named = [each for each in loss.situation.conditions if each.id in loss.conditions]
            when = {lang: "; ".join(each.says[lang] for each in named) for lang in ("en", "ru")}
            fields = {"what_en": loss.situation.says.en, "what_ru": loss.situation.says.ru, **self._cited(units),
                      "when_en": when["en"] or "-", "when_ru": when["ru"] or "-"}  # fmt: skip
            fields |= {f"bound_{lang}": words for lang, words in _bound(loss).items()}
            weight: Weight = "warn" if loss.situation.code == "STATE_UNREACHABLE" else "reject"
            yield self._finding(loss.situation.code, weight, units, says("effect.lost", **fields), story=loss.story)
            if loss.situation.deadend:
                yield self._finding("LIFECYCLE_DEADEND", "reject", units, says("effect.deadend", **fields),
                                    story=loss.story)  # fmt: skip
            if loss.situation.duty:
                yield self._finding("DUTY_UNDISCHARGEABLE", "reject", (loss.situation.duty, *units),
                                    says("effect.undischargeable", **fields), story=loss.story)  # fmt: skip

    def _from_deadlines(self, late: tuple[Tight, ...]) -> Iterator[Finding]:
        for each in late:
            units = (each.before.unit, each.after.unit)
            fields = {"first_en": each.before.en, "first_ru": each.before.ru, "then_en": each.after.en,
                      "then_ru": each.after.ru, "margin": str(abs(each.margin)), "count": str(len(each.quarters)),
                      "quarter": each.quarters[0]}  # fmt: skip
            code = "effect.order-hard" if each.hard else "effect.order-soft"
            yield self._finding("DEADLINE_ORDER", "reject" if each.hard else "note", units, says(code, **fields))
        known = {name for name, _, _ in missing_days(self.new.old)}
        for name, unit, months in missing_days(self.new.law):
            if name not in known or name in self.new.parameters:
                yield self._finding("DATE_NOT_EXISTING", "warn", (unit,),
                                    says("effect.no-such-day", months=", ".join(months)))  # fmt: skip

    def _from_comparison(self, comparison: Comparison, followed: Comparison | None) -> Iterator[Finding]:
        if self.found.same:
            return
        units = self.found.units
        side = comparison.stricter_side if comparison.relation == "stricter" else comparison.looser_side
        word = f"effect.compare-{comparison.relation}"
        yield self._finding("COMPARE", "note", units, says(word, **self._cited(units)), story=side.facts)
        if followed is not None:
            yield self._finding("COMPARE", "note", units, says(f"effect.followed-{followed.relation}"))

    def _from_flips(self, turned: tuple[Flip, ...]) -> Iterator[Finding]:
        if not turned:
            return
        units = self._units(tuple(dict.fromkeys(norm for flip in turned for norm in flip.norms)))
        files = ", ".join(flip.file for flip in turned[:SHOWN])
        fields = {"count": str(len(turned)), "files": files, "now": str(sum(bool(f.transitional) for f in turned))}
        yield self._finding("SCENARIO_FLIP", "warn", units, says("effect.flips", **fields))

    def _from_theorems(self, proved: tuple[Verdict, ...]) -> Iterator[Finding]:
        for each in proved:
            if each.flipped:
                fields = {"id": each.id, "says_en": each.says.en, "says_ru": each.says.ru}
                word = "effect.theorem-lost" if each.old == "proved" else "effect.theorem-gained"
                yield self._finding("THEOREM_BREAK", "warn", self.found.units, says(word, **fields), story=each.story)

    def _from_moved(self, moved: tuple[Moved, ...]) -> Iterator[Finding]:
        weights: Mapping[str, Weight] = {"stranded": "reject", "unlawful": "warn", "barred": "warn", "allowed": "note"}
        told: set[tuple[str, ...]] = set()
        for each in moved:
            units = self._units(each.norms)
            alike = (each.effect, *each.norms) if not each.act else (each.effect, each.position, *each.norms)
            if alike in told:
                continue
            told.add(alike)
            fields = self._moved_fields(each)
            paste = self.saving.tested(each, units)
            repair = says(f"effect.saving-{each.effect}") if paste else None
            yield self._finding("TRANSITION", weights[each.effect], units, says(f"effect.{each.effect}", **fields),
                                repair=repair, story=each.facts, paste=paste)  # fmt: skip
            if each.effect in ("unlawful", "stranded"):
                yield self._finding("RETROACTIVITY", "note", units, says("effect.retroactive", **fields))

    def _moved_fields(self, each: Moved) -> dict[str, str]:
        low, high = (format_iso(day) for day in each.cohort)
        says_en, says_ru = (each.says[lang].replace("{day}", high) for lang in ("en", "ru"))
        before = format_iso(each.cohort[1] + 1)
        return {"low": low, "high": high, "day": format_iso(each.first), "before": before, "position_en": says_en,
                "position_ru": says_ru, "act_en": each.act_says.en, "act_ru": each.act_says.ru}  # fmt: skip

    def _unformalised(self) -> Iterator[Finding]:
        for unit in self.new.unformalised:
            message = says("effect.not-formalised", **self._cited((unit,)))
            repair = says("effect.not-formalised-repair")
            yield self._finding("NOT_FORMALISED", "warn", (unit,), message, repair=repair)
        for name in self.new.lost:
            parameter = self.new.old.parameters[name]
            fields = {**self._cited((parameter.unit,)), "words": parameter.words}
            yield self._finding("LOST_TERM", "note", (parameter.unit,), says("effect.lost-term", **fields))

    def _conflicts(self, losses: tuple[Lost, ...], late: tuple[Tight, ...]) -> Iterator[tuple[str, ...]]:
        seen = set()
        for units in (
            *((each.before.unit, each.after.unit) for each in late if each.hard),
            *(tuple(dict.fromkeys((*self._units(each.norms), *each.situation.units))) for each in losses),
        ):
            shown = tuple(sorted({self.new.name(unit) for unit in units}))
            if shown not in seen:
                seen.add(shown)
                yield shown

    def _not_checked(self, stored: Stories, proved: tuple[Verdict, ...]) -> Iterator[Says]:
        if stored.open:
            yield says("effect.unchecked-stories", count=str(stored.open))
        open_ = [each.id for each in proved if each.new == "open"]
        if open_:
            yield says("effect.unchecked-theorems", names=", ".join(open_))
        if self.first is None:
            yield says("effect.unchecked-transition")
        yield says("effect.unchecked-codes", names=", ".join(NOT_MADE))
        yield says("effect.unchecked-readings")


NOT_MADE = (
    "CONFLICT_DIRECT", "DEAD_CLAUSE", "DEAD_BRANCH", "REDUNDANT", "NOT_DECISIVE", "SANCTION_MONOTONICITY",
    "EXCEPTION_OVERLAP", "COHORT_ONLY",
)  # fmt: skip
"""Checks of a changed law that are not made: a report that is silent on them says nothing."""


def _bound(loss: Lost) -> dict[str, str]:
    """How far it is known that there is no lawful record."""
    if loss.told.outcome == "none":
        return {"en": "proved for any number of events", "ru": "доказано для любого числа событий"}
    count = loss.told.slots
    return {
        "en": f"none with up to {count} events of a kind",
        "ru": f"нет таких при числе событий каждого вида до {count}",
    }


def profile_of(law: Law) -> Profile:
    """The default readings."""
    return law.default_profile


__all__ = ["DEFAULTS", "AmendOptions", "amend"]
