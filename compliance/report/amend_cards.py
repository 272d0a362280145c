"""The findings of a report on an amendment as cards of a page: what belongs together stands together, nothing twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from attrs import define, evolve, field, frozen

from compliance.amend.effect.quotes import Quote, beginning, quotes
from compliance.amend.effect.repairs import MENDED
from compliance.amend.effect.report import AmendReport
from compliance.amend.finding import Finding
from compliance.amend.redline import Segment
from compliance.law.model import Law
from compliance.norm.vocabulary import Lang
from compliance.prove.questions import natural_values
from compliance.report.amend_story import Lines, cited, told
from compliance.report.amend_words import quoted, word
from compliance.source.catalog import message
from compliance.source.diagnostic import say

if TYPE_CHECKING:
    from compliance.smt.natural import Natural

EVE: Final = ("TRANSITION", "RETROACTIVITY")
OWN: Final = ("DEAD_CLAUSE", "DEAD_BRANCH", "NOT_DECISIVE", "REDUNDANT", "EXCEPTION_OVERLAP")
"""Codes that speak of a unit's own words, whether these changed or not."""
NAMED: Final = 6
"""So many findings of one code that no story shows are named in full; a page may fold the rest."""

Facts = tuple[tuple[str, str], ...]


@frozen
class Item:
    """Findings of a card that one story shows, or that have none."""

    messages: tuple[str, ...]
    where: tuple[Quote, ...]
    label: str
    """What the story is."""
    story: Lines
    facts: Facts
    """Labels and words: what it depends on, how to repair it."""


@frozen
class Card:
    """Findings that belong together: of one code and weight, or mended by one repair."""

    weight: str
    code: str
    title: str
    where: tuple[Quote, ...]
    why: str
    """The units that it rests on."""
    items: tuple[Item, ...]
    facts: Facts = ()
    """What is said of all of them."""
    folded: tuple[str, ...] = ()
    """More of the same, which a page may fold away."""

    @property
    def single(self) -> bool:
        """Whether one finding makes the card: its words then come before the place."""
        return len(self.items) == 1 and len(self.items[0].messages) == 1


@define(eq=False)
class Cards:
    """Makes the cards of one report; `shown` are the stories that another section tells, by their lines."""

    report: AmendReport
    lang: Lang
    shown: Mapping[Lines, str]
    quoted: set[Quote] = field(factory=set)
    """The words that a card has quoted already: later ones name the unit alone."""

    def all(self) -> Iterator[Card]:
        """The cards, the heaviest first; the comparison has a section of its own."""
        groups: dict[tuple[object, ...], list[Finding]] = {}
        for finding in self.report.findings:
            if finding.code != "COMPARE":
                groups.setdefault(_together(finding), []).append(finding)
        for findings in groups.values():
            yield self.card(findings)

    def card(self, findings: Sequence[Finding]) -> Card:
        """The findings that one card tells."""
        first = findings[0]
        places = [self.where(finding) for finding in findings]
        shared = all(each == places[0] for each in places)
        reasons = [self.why(finding, where) for finding, where in zip(findings, places, strict=True)]
        alike = len({frozenset(units) for units in reasons}) == 1
        items = [
            self.item(finding, () if shared else where, () if alike else why)
            for finding, where, why in zip(findings, places, reasons, strict=True)
        ]
        items, common = _hoisted(_joined(items))
        items, folded = _folded(items)
        codes = tuple(dict.fromkeys(finding.code for finding in findings))
        return Card(
            first.weight, ", ".join(codes), title_of(first.code, self.lang),
            self.once(places[0]) if shared else (), cited(reasons[0] if alike else (), self.lang),
            tuple(evolve(item, where=self.once(item.where)) for item in items), common, folded,
        )  # fmt: skip

    def why(self, finding: Finding, where: tuple[Quote, ...]) -> tuple[str, ...]:
        """The units that a finding rests on, where the words it quotes do not name them all."""
        if finding in self.report.text.findings or set(finding.units) <= {quote.unit for quote in where}:
            return ()
        return finding.units

    def item(self, finding: Finding, where: tuple[Quote, ...], why: tuple[str, ...]) -> Item:
        """One finding."""
        facts = [(word("why", self.lang), cited(why, self.lang))] if why else []
        lines = story_of(self.report, finding.story, self.lang, "first_day" if finding.code in EVE else "known_until")
        label = word("path" if finding.code in MENDED else "story", self.lang)
        if lines in self.shown:
            facts.append((label, word("shown_below", self.lang, heading=self.shown[lines])))
            lines = ()
        if finding.depends_on:
            facts.append((word("depends", self.lang), self.depends(finding)))
        if finding.repair is not None and not _is_said(finding.paste, finding.repair.say("ru")):
            facts.append((word("repair", self.lang), quoted(finding.repair.say(self.lang), self.lang)))
        if finding.paste:
            facts.append((word("paste", self.lang), finding.paste))
        said = quoted(finding.message.say(self.lang), self.lang)
        return Item((said,), where, label, lines, tuple(facts))

    def where(self, finding: Finding) -> tuple[Quote, ...]:
        """The words that a finding speaks of: as the check of the text quoted them, else what changed in its units."""
        report = self.report
        if finding in report.text.findings or report.new is None:
            quote = (Segment("same", finding.quote),)
            return (Quote(finding.units[0] if finding.units else "", quote),) if finding.quote else ()
        known = {report.new.name(unit): unit for unit in report.new.law.units}
        if finding.code in OWN and finding.units:
            own = finding.units[:1]
            changed = quotes(own, report.text.redline, report.new.law, known, elsewhere=False)
            return changed or beginning(own, report.new.law, known)
        return quotes(finding.units, report.text.redline, report.new.law, known)

    def once(self, where: tuple[Quote, ...]) -> tuple[Quote, ...]:
        """The quotes; words of a unit that stand on the page already are not said again."""
        said = tuple(evolve(each, segments=()) if each.unit and each in self.quoted else each for each in where)
        self.quoted.update(where)
        return said

    def depends(self, finding: Finding) -> str:
        """Under which readings a finding holds."""
        sides = (("logic.not-under", finding.not_under), ("logic.only-under", finding.only_under))
        said = (say(code, {"readings": readings_in_words(self.report, pairs, self.lang)}, self.lang)
                for code, pairs in sides if pairs)  # fmt: skip
        return "; ".join(said) or readings_in_words(self.report, finding.depends_on, self.lang)


def _is_said(paste: str, repair: str) -> bool:
    """Whether a repair says nothing but the instruction to paste, which then stands alone."""
    return bool(paste) and repair.endswith(paste.rstrip(";."))


def _together(finding: Finding) -> tuple[object, ...]:
    """What has one repair is one trouble seen from several sides; else what has one code and one weight."""
    if finding.code in MENDED and finding.weight != "note":
        repair = (finding.repair.code, tuple(finding.repair.fields.items())) if finding.repair else ()
        return "mended", finding.weight, repair or frozenset(finding.units)
    return finding.weight, finding.code


def _joined(items: Sequence[Item]) -> list[Item]:
    """Items that differ in their message alone are one; those that a story shows come first."""
    found: dict[tuple[object, ...], Item] = {}
    for item in items:
        key = (item.story, item.facts, item.where)
        known = found.get(key)
        messages = item.messages if known is None else (*known.messages, *item.messages)
        found[key] = evolve(item, messages=tuple(dict.fromkeys(messages)))
    return sorted(found.values(), key=lambda item: not (item.story or item.facts))


def _hoisted(items: list[Item]) -> tuple[list[Item], Facts]:
    """What is said of every item is said once, of the card."""
    if len(items) < 2:
        return items, ()
    common = tuple(fact for fact in items[0].facts if all(fact in item.facts for item in items))
    return [evolve(item, facts=tuple(each for each in item.facts if each not in common)) for item in items], common


def _folded(items: list[Item]) -> tuple[list[Item], tuple[str, ...]]:
    """The first messages of an item without a story, and those that may be folded away."""
    plain = [item for item in items if not item.story and not item.facts and len(item.messages) > NAMED + 1]
    if len(plain) != 1:
        return items, ()
    (long,) = plain
    cut = [evolve(item, messages=item.messages[:NAMED]) if item is long else item for item in items]
    return cut, long.messages[NAMED:]


def title_of(code: str, lang: Lang) -> str:
    """What a code means, in a few words."""
    slug = code.lower().replace("_", "-")
    found = next((name for name in (f"amend.about-{slug}", f"effect.about-{slug}") if message(name)), None)
    return say(found, {}, lang) if found else code


def readings_in_words(report: AmendReport, pairs: Sequence[str], lang: Lang) -> str:
    """Readings with their values, as questions and answers."""
    known = report.new.law.readings if report.new else {}
    asked: dict[str, list[str]] = {}
    for pair in pairs:
        name, _, value = pair.partition("=")
        reading = known.get(name)
        answers = asked.setdefault(f"{reading.question[lang]}?" if reading else name, [])
        if reading and value in reading.values:
            answers.append(reading.values[value][lang])
    either = f" {word('or', lang)} "
    return "; ".join(f"{name} - {either.join(said)}" if said else name for name, said in asked.items())


def story_of(report: AmendReport, story: object, lang: Lang, last: str = "known_until") -> Lines:
    """The lines of a story."""
    if not isinstance(story, Mapping) or report.new is None:
        return ()
    usual = _usual(report.new.old)
    return told(story, report.new.law.vocabulary, lang, report.new.name, last, usual.value)


@lru_cache(maxsize=1)
def _usual(law: Law) -> Natural:
    """Who usually does what under the old law."""
    return natural_values(law)


__all__ = ["Card", "Cards", "Facts", "Item", "readings_in_words", "story_of", "title_of"]
