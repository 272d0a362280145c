"""What the layers found, as findings: weight, units, quoted words, message, story, readings, clause to paste."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import evolve, frozen

from compliance.amend.effect.ask import story_json
from compliance.amend.effect.compare import Comparison
from compliance.amend.effect.deadlines import late_fields, missing_days
from compliance.amend.effect.flips import Flip, Stories
from compliance.amend.effect.meaning import Difference
from compliance.amend.effect.newlaw import NewLaw
from compliance.amend.effect.over import Under
from compliance.amend.effect.powers import powerless
from compliance.amend.effect.quotes import quotes
from compliance.amend.effect.saving import Saving
from compliance.amend.effect.situations import Lost
from compliance.amend.effect.tell import BOUNDED, PROVED, Tally, message_of, placed, units_at_odds, units_of
from compliance.amend.effect.theorems import Verdict
from compliance.amend.effect.transition import Moved
from compliance.amend.examine import TextReport
from compliance.amend.finding import Finding, Says, Weight, says
from compliance.calendar.days import format_en, format_ru
from compliance.law.citation import citation
from compliance.norm.facts import Facts

AT_ODDS = ("CONFLICT_DIRECT",)
"""Codes whose units contradict each other."""


@frozen(eq=False)
class Findings:
    """Makes findings of what the layers of one package found."""

    new: NewLaw
    text: TextReport
    found: Difference
    saving: Saving
    tally: Tally

    def all(
        self, comparison: Comparison, followed: Comparison | None, turned: tuple[Flip, ...], proved: tuple[Verdict, ...]
    ) -> tuple[Finding, ...]:
        """The findings of every layer."""
        return (
            *self._from_losses(),
            *self._from_deadlines(),
            *self._from_troubles(),
            *self._from_comparison(comparison, followed),
            *self._from_flips(turned),
            *self._from_theorems(proved),
            *self._from_moved(self.saving.moved),
            *self.unformalised(),
            *powerless(self.new),
        )

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

    def _norm_units(self, norms: tuple[str, ...]) -> tuple[str, ...]:
        return units_of(norms, self.new)

    def _placed(self, finding: Finding, under: Under) -> Finding:
        return placed(finding, under, self.new.law.undecided)

    def _from_losses(self) -> Iterator[Finding]:
        for loss in self.tally.all_losses():
            under = self.tally.lost(loss)
            yield from (self._placed(finding, under) for finding in self._of_loss(loss))

    def _of_loss(self, loss: Lost) -> Iterator[Finding]:
        units = (*self._norm_units(loss.norms), *loss.situation.units)
        named = [each for each in loss.situation.conditions if each.id in loss.conditions]
        when = {lang: "; ".join(each.says[lang] for each in named) for lang in ("en", "ru")}
        fields = {"what_en": loss.situation.says.en, "what_ru": loss.situation.says.ru, **self._cited(units),
                  "when_en": when["en"], "when_ru": when["ru"]}  # fmt: skip
        fields |= {f"bound_{lang}": words for lang, words in _bound(loss).items()}
        weight: Weight = "warn" if loss.situation.code == "STATE_UNREACHABLE" else "reject"
        message = says("effect.lost-when" if named else "effect.lost", **fields)
        yield self._finding(loss.situation.code, weight, units, message, story=loss.story)
        if loss.situation.deadend:
            yield self._finding("LIFECYCLE_DEADEND", "reject", units, says("effect.deadend", **fields),
                                story=loss.story)  # fmt: skip
        if loss.situation.duty:
            yield self._finding("DUTY_UNDISCHARGEABLE", "reject", (loss.situation.duty, *units),
                                says("effect.undischargeable", **fields), story=loss.story)  # fmt: skip

    def _from_deadlines(self) -> Iterator[Finding]:
        for each in self.tally.all_late():
            units = (each.before.unit, each.after.unit)
            message = says("effect.order-hard" if each.hard else "effect.order-soft", **late_fields(each))
            finding = self._finding("DEADLINE_ORDER", "reject" if each.hard else "note", units, message)
            yield self._placed(finding, self.tally.late(each.before.parameter, each.hard))
        known = {name for name, _, _ in missing_days(self.new.old)}
        for name, unit, months in missing_days(self.new.law):
            if name not in known or name in self.new.parameters:
                yield self._finding("DATE_NOT_EXISTING", "warn", (unit,),
                                    says("effect.no-such-day", months=", ".join(months)))  # fmt: skip

    def _from_troubles(self) -> Iterator[Finding]:
        for each in self.tally.all_troubles():
            units = units_at_odds(each, self.new)
            finding = self._finding(each.code, each.weight, units, message_of(each, self.new), story=each.facts)
            yield self._placed(evolve(finding, formula=each.formula), self.tally.trouble(each))

    def _from_comparison(self, comparison: Comparison, followed: Comparison | None) -> Iterator[Finding]:
        if self.found.same:
            return
        units = self.found.units
        side = comparison.stricter_side if comparison.relation == "stricter" else comparison.looser_side
        word = f"effect.compare-{comparison.relation}"
        finding = self._finding("COMPARE", "note", units, says(word, **self._cited(units)), story=side.facts)
        yield self._placed(finding, self.tally.relation())
        if followed is not None:
            yield self._finding("COMPARE", "note", units, says(f"effect.followed-{followed.relation}"))

    def _from_flips(self, turned: tuple[Flip, ...]) -> Iterator[Finding]:
        if not turned:
            return
        units = self._norm_units(tuple(dict.fromkeys(norm for flip in turned for norm in flip.norms)))
        fields = {"count": str(len(turned)), "now": str(sum(bool(flip.transitional) for flip in turned))}
        word = "effect.flips-always" if self.saving.first is None else "effect.flips"
        yield self._finding("SCENARIO_FLIP", "warn", units, says(word, **fields))

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
            units = self._norm_units(each.norms)
            alike = (each.effect, *each.norms) if not each.act else (each.effect, each.position, *each.norms)
            if alike in told:
                continue
            told.add(alike)
            fields = self._moved_fields(each)
            paste = self.saving.tested(each, units)
            repair = says(f"effect.saving-{each.effect}") if paste else None
            finding = self._finding("TRANSITION", weights[each.effect], units, says(f"effect.{each.effect}", **fields),
                                    repair=repair, story=each.facts, paste=paste)  # fmt: skip
            yield self._placed(finding, self.tally.moved(each))
            if each.effect in ("unlawful", "stranded"):
                yield self._finding("RETROACTIVITY", "note", units, says("effect.retroactive", **fields))

    def _moved_fields(self, each: Moved) -> dict[str, str]:
        low, high = each.cohort
        spans = {"en": f"the same for every such day from {format_en(low)} to {format_en(high)}",
                 "ru": f"так же для каждого такого дня с {format_ru(low)} по {format_ru(high)}"}  # fmt: skip
        if low == high:
            spans = {"en": "so for this day alone", "ru": "так только для этого дня"}
        said = {f"span_{lang}": words for lang, words in spans.items()}
        said |= {"day_en": format_en(each.first), "day_ru": format_ru(each.first)}
        said |= {"position_en": each.says.en.replace("{day}", format_en(high)),
                 "position_ru": each.says.ru.replace("{day}", format_ru(high))}  # fmt: skip
        return {**said, "act_en": each.act_says.en, "act_ru": each.act_says.ru}

    def unformalised(self) -> Iterator[Finding]:
        """Words of which nothing formal follows, and terms that nothing sets any more."""
        for unit in self.new.unformalised:
            message = says("effect.not-formalised", **self._cited((unit,)))
            repair = says("effect.not-formalised-repair")
            yield self._finding("NOT_FORMALISED", "warn", (unit,), message, repair=repair)
        for name in self.new.lost:
            parameter = self.new.old.parameters[name]
            fields = {**self._cited((parameter.unit,)), "words": parameter.words}
            yield self._finding("LOST_TERM", "note", (parameter.unit,), says("effect.lost-term", **fields))

    def conflicts(self) -> Iterator[tuple[str, ...]]:
        """The units at odds under the default readings, one tuple each."""
        usual, seen = self.tally.usual, set()
        for units in (
            *((each.before.unit, each.after.unit) for each in usual.late if each.hard),
            *(tuple(dict.fromkeys((*self._norm_units(e.norms), *e.situation.units))) for e in usual.losses),
            *(self._norm_units(each.norms) for each in usual.troubles if each.code in AT_ODDS),
        ):
            shown = tuple(sorted({self.new.name(unit) for unit in units}))
            if shown not in seen:
                seen.add(shown)
                yield shown

    def not_checked(self, stored: Stories, proved: tuple[Verdict, ...], first: int | None) -> Iterator[Says]:
        """What no layer could answer."""
        if stored.open:
            yield says("effect.unchecked-stories", count=str(stored.open))
        open_ = [each for each in proved if each.new == "open"]
        if open_:
            names = {f"names_{lang}": "; ".join(f"{e.says[lang]} ({e.id})" for e in open_) for lang in ("en", "ru")}
            yield says("effect.unchecked-theorems", **names)
        if self.found.same:
            return
        if first is None and not any(said.code == "amend.unchecked-day" for said in self.text.not_checked):
            yield says("effect.unchecked-transition")
        yield says("effect.unchecked-readings")


def _bound(loss: Lost) -> dict[str, str]:
    """How far it is known that there is no lawful record."""
    return {**(PROVED if loss.told.outcome == "none" else BOUNDED)}


__all__ = ["Findings"]
