"""What the checks of the logic found, in words, and under which readings each finding holds."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from attrs import evolve, frozen

from compliance.amend.effect.compare import Relation
from compliance.amend.effect.deadlines import Tight
from compliance.amend.effect.newlaw import NewLaw
from compliance.amend.effect.over import ALWAYS, Alternative, Found, Under, stands
from compliance.amend.effect.situations import Lost
from compliance.amend.effect.transition import Moved
from compliance.amend.effect.trouble import Trouble
from compliance.amend.finding import Finding, Says, says
from compliance.law.citation import citation

ONCE = ("AMBIGUITY", "SANCTION_MONOTONICITY", "COHORT_ONLY")
"""Codes that are asked for under the default readings alone."""

PROVED: Mapping[str, str] = {"en": "proved for every conceivable story", "ru": "доказано для любых случаев"}
BOUNDED: Mapping[str, str] = {"en": "checked for all stories in which nothing happens more than twice",
                              "ru": "проверено для всех случаев, где ничто не происходит больше двух раз"}  # fmt: skip


@frozen(eq=False)
class Tally:
    """What was found under each alternative; `usual` under the default readings."""

    usual: Found
    others: Mapping[Alternative, Found]

    def under(self, holds: Callable[[Found], bool]) -> Under:
        """Where something holds."""
        if holds(self.usual):
            return Under(absent=tuple(each for each, found in self.others.items() if not holds(found)))
        return Under(only=tuple(each for each, found in self.others.items() if holds(found)))

    def trouble(self, trouble: Trouble) -> Under:
        """Where a trouble is one; nothing for those that are asked about under the default readings alone."""
        if trouble.code in ONCE:
            return ALWAYS
        return self.under(lambda found: any(each.key == trouble.key for each in found.troubles))

    def lost(self, loss: Lost) -> Under:
        """Where a situation is lost."""
        return self.under(lambda found: any(each.situation.id == loss.situation.id for each in found.losses))

    def late(self, parameter: str, hard: bool) -> Under:
        """Where two steps are out of order."""
        return self.under(lambda found: any((e.before.parameter, e.hard) == (parameter, hard) for e in found.late))

    def moved(self, moved: Moved) -> Under:
        """Where a position is touched."""
        return self.under(lambda found: stands([moved]) <= found.moved)

    def relation(self) -> Under:
        """Where the laws compare as they do by default."""
        return self.under(lambda found: found.relation == self.usual.relation)

    def relations(self) -> Mapping[str, Relation]:
        """The comparison under the alternatives where it is another, by `reading=value`."""
        return {
            f"{reading}={value}": found.relation
            for (reading, value), found in self.others.items()
            if found.relation != self.usual.relation
        }

    def all_troubles(self) -> Iterator[Trouble]:
        """Those under the default readings, then those that other readings alone bring."""
        seen = set()
        for found in (self.usual, *self.others.values()):
            for each in found.troubles:
                if each.key not in seen:
                    seen.add(each.key)
                    yield each

    def all_losses(self) -> Iterator[Lost]:
        """The same for situations that are lost."""
        seen = set()
        for found in (self.usual, *self.others.values()):
            for each in found.losses:
                if each.situation.id not in seen:
                    seen.add(each.situation.id)
                    yield each

    def all_late(self) -> Iterator[Tight]:
        """The same for steps out of order."""
        seen = set()
        for found in (self.usual, *self.others.values()):
            for each in found.late:
                if (each.before.parameter, each.hard) not in seen:
                    seen.add((each.before.parameter, each.hard))
                    yield each


def message_of(trouble: Trouble, new: NewLaw) -> Says:
    """The words of a trouble."""
    fields = dict(trouble.said)
    for hole, norms in trouble.cited.items():
        units = [new.name(unit) for unit in units_of(norms, new)]
        for lang in ("en", "ru"):
            fields[f"{hole}_{lang}"] = ", ".join(citation(unit, lang) for unit in units) or "-"
    for lang, words in (PROVED if trouble.proved else BOUNDED).items():
        fields[f"bound_{lang}"] = words
    return says(trouble.word, **fields)


def units_of(norms: Iterable[str], new: NewLaw) -> tuple[str, ...]:
    """The units of some norms of either law."""
    known = {norm.id: norm.unit for norm in (*new.old.norms, *new.law.norms)}
    return tuple(dict.fromkeys(known.get(norm, norm) for norm in norms))


def units_at_odds(trouble: Trouble, new: NewLaw) -> tuple[str, ...]:
    """The units that a trouble speaks of."""
    return units_of((*trouble.norms, *(norm for norms in trouble.cited.values() for norm in norms)), new)


def placed(finding: Finding, under: Under, undecided: Collection[str]) -> Finding:
    """The finding with the readings it turns on.

    One that only another reading than the default brings is a note; where the text supports no default, a warning.
    """
    if not under.readings:
        return finding
    weight = finding.weight
    if under.only and weight != "note":
        weight = "warn" if any(reading in undecided for reading, _ in under.only) else "note"
    return evolve(finding, depends_on=under.readings, weight=weight, not_under=_pairs(under.absent),
                  only_under=_pairs(under.only))  # fmt: skip


def _pairs(alternatives: Iterable[Alternative]) -> tuple[str, ...]:
    return tuple(f"{reading}={value}" for reading, value in alternatives)


__all__ = ["Tally", "message_of", "placed", "units_at_odds", "units_of"]
