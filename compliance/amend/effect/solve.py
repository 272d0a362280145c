"""For which values of a parameter the law stays consistent, keeps every route open, and is no stricter than today.

Values are tried on a grid; between two that answer differently the search goes on until they are neighbours, so every
edge stands between two values that were both tried. Neighbours on the grid that answer alike are taken to agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice, pairwise
from typing import Any, Final, Literal

from attrs import define, field, frozen

from compliance.amend.effect.ask import Asker, story_json
from compliance.amend.effect.compare import Relation, compare
from compliance.amend.effect.deadlines import Tight, late_fields, tight
from compliance.amend.effect.flips import stories
from compliance.amend.effect.meaning import Difference, difference
from compliance.amend.effect.situations import Book, Lost, Situation, lost, read_book, typed
from compliance.amend.effect.values import parameter_of, said, values_like, with_value
from compliance.amend.finding import Says, says
from compliance.calendar.load import shipped_calendar
from compliance.law.anchors import AnchoredValue, write_value
from compliance.law.citation import citation
from compliance.law.model import Law, Norm
from compliance.law.written import Parameter
from compliance.norm.evaluate import DUE, OPEN, Evaluator
from compliance.norm.facts import Facts
from compliance.source.data import data_path

Criterion = Literal["consistent", "routes_open", "no_stricter"]
CRITERIA: Final[tuple[Criterion, ...]] = ("consistent", "routes_open", "no_stricter")
FEW: Final = 8
"""So many stored stories are kept for each situation."""
GRID: Final = 8
"""Into so many parts the values are cut at first."""


@frozen(eq=False)
class Reason:
    """Why a criterion fails at a value: a code, the words, and a story."""

    code: str
    message: Says
    story: Facts | None


@frozen(eq=False)
class Tried:
    """One value with everything that was found."""

    value: AnchoredValue
    reasons: Mapping[Criterion, tuple[Reason, ...]]
    relation: Relation

    def holds(self, criterion: Criterion) -> bool:
        """Whether nothing stands against it."""
        return not self.reasons[criterion]

    @property
    def signature(self) -> tuple[object, ...]:
        """What must agree for two values to count as alike."""
        codes = (tuple(sorted(_key(reason) for reason in self.reasons[each])) for each in CRITERIA)
        return (*codes, self.relation)


def _key(reason: Reason) -> str:
    return f"{reason.code} {reason.message.fields.get('what_en', '')}"


@frozen(eq=False)
class Answer:
    """The values for which a criterion holds, as ranges, and the first value past each edge with its reasons."""

    criterion: Criterion
    ranges: tuple[tuple[AnchoredValue, AnchoredValue], ...]
    edges: tuple[tuple[AnchoredValue, tuple[Reason, ...]], ...]


@frozen(eq=False)
class Solved:
    """The answers for one parameter."""

    law: Law
    parameter: Parameter
    span: tuple[AnchoredValue, AnchoredValue]
    tried: tuple[AnchoredValue, ...]
    answers: tuple[Answer, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "schema": "reserve.amend.solve/1",
            "unit": self.parameter.unit,
            "parameter": self.parameter.name,
            "now": write_value(self.parameter.value),
            "words": self.parameter.words,
            "between": [said(each).en for each in self.span],
            "tried": [said(each).en for each in self.tried],
            "answers": {answer.criterion: self._answer(answer) for answer in self.answers},
        }

    def _answer(self, answer: Answer) -> dict[str, Any]:
        return {
            "ranges": [{"from": said(low).en, "to": said(high).en} for low, high in answer.ranges],
            "edges": [
                {"at": said(value).en, "code": reason.code,
                 "message": {lang: reason.message.say(lang) for lang in ("en", "ru")},
                 "story": story_json(reason.story, self.law.vocabulary) if reason.story else None}
                for value, reasons in answer.edges for reason in reasons
            ],
        }  # fmt: skip


def solve(law: Law, word: str) -> Solved:
    """The answer for `UNIT.PARAM`; raises `Problems` with the nearest known parameter."""
    parameter = parameter_of(law, word)
    values = values_like(parameter.value)
    search = Search(law, parameter, values)
    for at in _first(law, parameter, values):
        search.at(at)
    points = sorted(search.known)
    for low, high in pairwise(points):
        search.between(low, high)
    places = sorted(search.known)
    answers = tuple(answer_of(criterion, [search.known[at] for at in places], places, search) for criterion in CRITERIA)
    return Solved(law, parameter, (values[0], values[-1]), tuple(values[at] for at in places), answers)


def _first(law: Law, parameter: Parameter, values: tuple[AnchoredValue, ...]) -> Iterator[int]:
    """Where the search begins: both ends, a grid, today's value with its neighbours, the values of other parameters."""
    last = len(values) - 1
    yield from (last * part // GRID for part in range(GRID + 1))
    for each in law.parameters.values():
        if each.value in values:
            at = values.index(each.value)
            yield from (near for near in (at - 1, at, at + 1) if 0 <= near <= last)


@define(eq=False)
class Search:
    """Tries values and remembers them by their place."""

    law: Law
    parameter: Parameter
    values: tuple[AnchoredValue, ...]
    known: dict[int, Tried] = field(factory=dict)
    asker: Asker = field(init=False)
    book: Book = field(init=False)
    witnesses: Mapping[str, tuple[Facts, ...]] = field(init=False)
    """By situation, some stored stories that show it today."""
    tight_now: frozenset[str] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.asker = Asker(shipped_calendar(), self.law.default_profile)
        self.book = read_book()
        stored = [each.facts for each in stories(data_path("scenarios"), self.law).stored]
        situations = (*self.book.goals, *self.book.situations)
        self.witnesses = {each.id: tuple(islice(self._shown(each, self.law, stored, self.law.norms), FEW))
                          for each in situations}  # fmt: skip
        now = tight(self.law, self.asker.calendar, self.book.steps)
        self.tight_now = frozenset(each.before.parameter for each in now if each.hard)

    def between(self, low: int, high: int) -> None:
        """Goes on between two places until they answer alike or are neighbours."""
        if high - low < 2 or self.at(low).signature == self.at(high).signature:
            return
        middle = (low + high) // 2
        self.at(middle)
        self.between(low, middle)
        self.between(middle, high)

    def at(self, place: int) -> Tried:
        """What is found at a place."""
        if place not in self.known:
            self.known[place] = self._try(self.values[place])
        return self.known[place]

    def _try(self, value: AnchoredValue) -> Tried:
        new = with_value(self.law, self.parameter.name, value)
        found = difference(self.law, new, self.law.default_profile)
        if found.same:
            return Tried(value, dict.fromkeys(CRITERIA, ()), "equivalent")
        late = [each for each in tight(new, self.asker.calendar, self.book.steps)
                if each.hard and each.before.parameter not in self.tight_now]  # fmt: skip
        losses = self._lost(found, self.book.situations)
        routes = tuple(map(_lost, self._lost(found, self.book.goals)))
        compared = compare(found, self.asker, facets=False)
        word = says(f"effect.compare-{compared.relation}", **_cited(found.units))
        stricter = () if compared.relation in ("equivalent", "looser") else (
            Reason("COMPARE", word, compared.stricter_side.facts),)  # fmt: skip
        return Tried(value, {"consistent": (*map(_late, late), *map(_lost, losses)), "routes_open": routes,
                             "no_stricter": stricter}, compared.relation)  # fmt: skip

    def _lost(self, found: Difference, situations: Iterable[Situation]) -> list[Lost]:
        """What is lost; a story that shows a situation today and breaks nothing that came answers first."""
        law = found.new
        left = [each for each in situations if not any(self._shown(each, law, self.witnesses[each.id], found.come))]
        return list(lost(found, left, self.asker, ()))

    def _shown(
        self, situation: Situation, law: Law, records: Iterable[Facts], norms: Iterable[Norm]
    ) -> Iterator[Facts]:
        """The records that show a situation and keep some norms."""
        goal, conditions = typed(situation, law)
        wanted = [each.expr for each in (goal, *conditions.values()) if each is not None]
        profile = {DUE: OPEN, **law.default_profile}
        for facts in records if goal is not None else ():
            evaluator = Evaluator(law.program, self.asker.calendar, facts, profile)
            if all(evaluator.truth(expr, {}) for expr in (*wanted, *(norm.expr for norm in norms))):
                yield facts


def _cited(units: tuple[str, ...]) -> dict[str, str]:
    return {f"units_{lang}": ", ".join(citation(unit, lang) for unit in units) for lang in ("en", "ru")}


def _lost(loss: Lost) -> Reason:
    fields = {"what_en": loss.situation.says.en, "what_ru": loss.situation.says.ru}
    return Reason(loss.situation.code, says("effect.solve-lost", **fields), loss.story)


def _late(each: Tight) -> Reason:
    return Reason("DEADLINE_ORDER", says("effect.order-hard", **late_fields(each)), None)


def answer_of(criterion: Criterion, tried: list[Tried], places: list[int], search: Search) -> Answer:
    """The ranges between edges that were found; a failing value beside a holding one is an edge."""
    ranges: list[tuple[int, int]] = []
    edges: dict[int, Tried] = {}
    for at, (place, each) in enumerate(zip(places, tried, strict=True)):
        if not each.holds(criterion):
            near = [tried[other] for other in (at - 1, at + 1) if 0 <= other < len(tried)]
            if any(other.holds(criterion) for other in near):
                edges[place] = each
        elif at and tried[at - 1].holds(criterion):
            ranges[-1] = (ranges[-1][0], place)
        else:
            ranges.append((place, place))
    if not ranges and tried:
        edges[places[0]] = tried[0]
    values = search.values
    return Answer(
        criterion,
        tuple((values[low], values[high]) for low, high in ranges),
        tuple((each.value, each.reasons[criterion]) for _, each in sorted(edges.items(), key=lambda item: item[0])),
    )


__all__ = ["CRITERIA", "Answer", "Reason", "Search", "Solved", "Tried", "answer_of", "solve"]
