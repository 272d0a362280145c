"""The consolidated law of a package: words from the new text, norms as far as words or the drafter give them.

Units keep their ids through renumbering; `NewLaw.shown` says under which number a unit now stands. A deleted unit takes
its norms with it; a term that no unit sets any more never ends, and an enumerator that names a deleted unit names
nothing. Words that changed and of which nothing formal follows are listed, never passed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import pairwise

from attrs import define, evolve, field, frozen

from compliance.amend.changes import Edit, edits
from compliance.amend.effect.references import Shifted, read_literally, shifted_references
from compliance.amend.effect.supplied import Given, enlarged, read_supplied
from compliance.amend.examine import TextReport
from compliance.amend.finding import Says, says
from compliance.amend.numerals import read_numeral
from compliance.amend.tree import Row, Tree
from compliance.amend.words import PlacedValue, find_values
from compliance.calendar.days import NEVER
from compliance.law.anchors import occurrences
from compliance.law.build import build
from compliance.law.citation import parse_unit_id
from compliance.law.model import Law
from compliance.law.version import FixedDay, Version
from compliance.law.written import Chapter, Clause, DefinitionText, NoNorm, Parameter, Unit, Written
from compliance.norm import ast
from compliance.norm.ast import Expr
from compliance.norm.types import BOOL, DATE, Period, QuarterDay
from compliance.norm.vocabulary import Words
from compliance.norm.walk import nodes, rebuilt
from compliance.source.diagnostic import Collector, Problems

UNFORMALISED = Words(
    "the words came with an amendment, and no norm was supplied for them",
    "слова внесены поправкой, норма для них не задана",
)


@frozen(eq=False)
class NewLaw:
    """The law after the package, and what it was built from.

    `old` is the old law in the new vocabulary. `law` reads every reference literally; `followed` is the law whose
    references follow their targets, where that makes a difference. `unformalised` are the units whose new words have
    no formal side; `lost` says which terms nothing sets any more.
    """

    old: Law
    law: Law
    followed: Law | None
    shown: Mapping[str, str]
    touched: tuple[str, ...]
    unformalised: tuple[str, ...]
    lost: tuple[str, ...]
    shifted: tuple[Shifted, ...]
    parameters: Mapping[str, tuple[Parameter, Parameter]]
    """The parameters whose value changed: before and after."""

    def name(self, unit: str) -> str:
        """The number under which a unit stands in the new law, or stood before."""
        return self.shown.get(unit, unit)


def new_law(law: Law, report: TextReport, old_tree: Tree) -> NewLaw:
    """The law after a package that can be applied; raises `Problems` where what was supplied does not fit."""
    assert report.tree is not None
    collector = Collector()
    given = read_supplied(report.package, collector)
    vocabulary = enlarged(law.vocabulary, given, collector)
    collector.raise_if_any()
    old = law if vocabulary is law.vocabulary else law.replace(vocabulary=vocabulary)
    maker = _Maker(old.written, report, old_tree, report.tree, given)
    followed = maker.written()
    shifted = shifted_references(old_tree, report.tree, maker.ids)
    collector = maker.collector
    collector.raise_if_any()
    literal = read_literally(followed, shifted)
    plain = build(followed, reuse=old if vocabulary is law.vocabulary else None)
    return NewLaw(
        old=old,
        law=plain if literal is None else build(literal),
        followed=None if literal is None else plain,
        shown={maker.ids[row.key]: row.id for row in report.tree.rows if row.key in maker.ids},
        touched=tuple(maker.touched),
        unformalised=tuple(dict.fromkeys(maker.unformalised)),
        lost=_relied_on(maker.lost, plain),
        shifted=shifted,
        parameters=maker.parameters,
    )


def _relied_on(lost: Mapping[str, frozenset[str]], law: Law) -> tuple[str, ...]:
    """The terms that nothing sets any more and that some norm still relies on, through definitions."""
    called = {name for norm in law.norms for name in norm.typed.calls}
    return tuple(name for name, definitions in lost.items() if definitions & called)


@define
class _Maker:
    before: Written
    report: TextReport
    old: Tree
    new: Tree
    given: Given
    collector: Collector = field(factory=Collector)
    ids: dict[str, str] = field(factory=dict)
    """The id of every row of the new law, by its stable key."""
    touched: list[str] = field(factory=list)
    unformalised: list[str] = field(factory=list)
    lost: dict[str, frozenset[str]] = field(factory=dict)
    """The terms that nothing sets any more, with the definitions in which they stood."""
    parameters: dict[str, tuple[Parameter, Parameter]] = field(factory=dict)
    edits: dict[str, Edit] = field(factory=dict)

    def written(self) -> Written:
        self.edits = {edit.key: edit for edit in edits(self.old, self.new)}
        self._name_rows()
        self._check_addresses()
        rows = [row for row in self.new.rows if row.kind != "chapter"]
        units = {self.ids[row.key]: self.unit(row) for row in rows}
        gone = [id for id in self.before.units if id not in units]
        self.touched += gone
        self.unformalised += [id for id in gone if not self.before.units[id].clauses and not self._kept_as_same(id)]
        definitions = self._definitions(units, gone)
        written = evolve(
            self.before,
            units={unit.id: evolve(unit, clauses=tuple(self._clean(c, gone) for c in unit.clauses))
                   for unit in units.values()},
            definitions=definitions,
            chapters=tuple(self._chapters()),
            versions=self._versions(),
            checklist=None,
        )  # fmt: skip
        return _without_lost_formulas(written, gone)

    def _name_rows(self) -> None:
        taken = {row.key for row in self.old.rows}
        heads = {
            _head(row.id): _head(self.new.by_key[row.key].id) for row in self.old.rows if row.key in self.new.by_key
        }
        moved = {old for old, new in heads.items() if old != new}
        for row in self.new.rows:
            if row.key in self.old.by_key or row.kind == "chapter":
                self.ids[row.key] = row.key
                continue
            id, rank = row.id, 0
            while id in taken or _head(id) in moved or not _is_id(id):
                rank += 1
                head, dot, rest = row.id.partition(".")
                id = f"{head}-{rank}{dot}{rest}"
            taken.add(id)
            self.ids[row.key] = id

    def _check_addresses(self) -> None:
        """Norms can be supplied only for units that the new law has."""
        for unit in sorted(self.given.units):
            if unit not in self.new.by_id and not self.new.under(unit):
                place = self.given.places.get(unit)
                self.collector.unknown("effect.norm-for-nothing", place, unit, list(self.new.by_id))

    def _chapters(self) -> Iterator[Chapter]:
        """The headings as they stand now, each with the point that follows it."""
        known = {chapter.id: chapter for chapter in self.before.chapters}
        rows = self.new.rows
        for row, after in pairwise(rows):
            if row.kind != "chapter" or after.kind == "chapter":
                continue
            first, was = _head(self.ids[after.key]), known.get(row.key)
            same = was is not None and was.text.ru == row.text
            text = was.text if was is not None and same else Words(f"[{row.text}]", row.text)
            yield Chapter(row.id, first, text)

    # units

    def unit(self, row: Row) -> Unit:
        """One unit of the new law."""
        id = self.ids[row.key]
        old = self.before.units.get(id)
        edit = self.edits.get(row.key)
        clauses = self._given_clauses(row, id)
        if edit is None and clauses is None:
            assert old is not None
            return old if old.text.ru == row.text else evolve(old, text=Words(old.text.en, row.text))
        self.touched.append(id)
        if old is None:
            return self._new_unit(row, id, clauses)
        old = evolve(old, text=Words(old.text.en, row.text))
        if clauses is not None:
            return self._with_given(old, row, clauses)
        assert edit is not None
        return self._by_words(old, edit)

    def _given_clauses(self, row: Row, id: str) -> tuple[Clause, ...] | None:
        found = self.given.clauses.get(row.id)
        if found is not None:
            return tuple(evolve(clause, id=_moved(clause.id, row.id, id), unit=id) for clause in found)
        if row.id in self.given.same or row.id.partition(".")[0] in self.given.same:
            return self._same(row, id)
        return None

    def _same(self, row: Row, id: str) -> tuple[Clause, ...]:
        """The norms that stood where the unit stands now, those of units that went into it included."""
        return tuple(evolve(clause, unit=id) for unit in self._merged(row, id) for clause in unit.clauses)

    def _merged(self, row: Row, id: str) -> list[Unit]:
        kept = {self.ids[each.key] for each in self.new.rows}
        point = row.id.partition(".")[0]
        first = next((each.id for each in self.new.rows if each.id.partition(".")[0] == point), row.id)
        return [
            unit
            for unit in self.before.units.values()
            if unit.id == id or (row.id == first and unit.id not in kept and unit.id.partition(".")[0] == point)
        ]

    def _kept_as_same(self, id: str) -> bool:
        return any(unit.partition(".")[0] == id.partition(".")[0] for unit in self.given.same)

    def _with_given(self, old: Unit, row: Row, clauses: tuple[Clause, ...]) -> Unit:
        carried = [p for unit in self._merged(row, old.id) for p in unit.parameters]
        if row.id not in self.given.same and row.id.partition(".")[0] not in self.given.same:
            carried = list(old.parameters)
        edit = self.edits.get(row.key)
        given = {p.name: evolve(p, unit=old.id) for p in self.given.parameters.get(row.id, ())}
        parameters = []
        for parameter in carried:
            known = given.pop(parameter.name, None)
            kept = known or (self._changed(parameter, edit) if edit else parameter) or parameter
            if kept.value != parameter.value:
                self.parameters[parameter.name] = (parameter, kept)
            parameters.append(evolve(kept, unit=old.id))
        return evolve(old, clauses=clauses, parameters=(*parameters, *given.values()), no_norm=_reason(old, clauses))

    def _new_unit(self, row: Row, id: str, clauses: tuple[Clause, ...] | None) -> Unit:
        parent = id.rpartition(".")[0]
        siblings = [unit for unit in self.before.units.values() if unit.id.rpartition(".")[0] == parent and parent]
        kind, bearer = (siblings[-1].kind, siblings[-1].bearer) if siblings else ("procedure", ())
        if clauses is None:
            self.unformalised.append(id)
        parameters = tuple(evolve(p, unit=id) for p in self.given.parameters.get(row.id, ()))
        no_norm = None if clauses else NoNorm("not_checkable", UNFORMALISED)
        words = Words(f"[{row.text}]", row.text)
        return Unit(id, kind, bearer, words, no_norm=no_norm, clauses=clauses or (), parameters=parameters)

    def _by_words(self, old: Unit, edit: Edit) -> Unit:
        """What follows from the words alone: values and officials."""
        parameters = []
        used: set[int] = set()
        for parameter in old.parameters:
            changed = self._changed(parameter, edit)
            if changed is not None:
                used |= {at for at, (one, _) in enumerate(edit.values) if _is_of(one, parameter)}
                self.parameters[parameter.name] = (parameter, changed)
            anchored = changed or self._anchored(parameter, edit)
            parameters += [anchored] if anchored is not None else []
        clauses, renamed = _with_actors(old, edit)
        lost = {each.name for each in old.parameters} - {each.name for each in parameters}
        clauses = tuple(clause for clause in clauses if not _speaks_of(clause, lost))
        follows = self._explained(edit) and len(used) == len(edit.values) and renamed
        if not follows:
            self.unformalised.append(old.id)
        return evolve(old, parameters=tuple(parameters), clauses=clauses)

    def _explained(self, edit: Edit) -> bool:
        """Whether values and officials explain all that changed; the same value in other words explains itself."""
        if edit.follows:
            return True
        if any(one.bound != other.bound for one, other in edit.values):
            return False
        old = find_values(self.old.words_by_key[edit.key])
        new = find_values(self.new.words_by_key[edit.key])
        if [value.bound for value in old] != [value.bound for value in new]:
            return False
        pairs = [(one.quote, other.quote) for one, other in zip(old, new, strict=True)]
        return all(any(went in one and came in other for one, other in pairs) for went, came in edit.rest)

    def _anchored(self, parameter: Parameter, edit: Edit) -> Parameter | None:
        """The parameter under the words that now carry its value; nothing where no words do."""
        words = self.new.words_by_key[edit.key]
        if occurrences(parameter.words, words) == 1:
            return parameter
        same = [placed for placed in find_values(words) if placed.value == parameter.value]
        return evolve(parameter, words=same[0].quote) if len(same) == 1 else self._unread(parameter, edit, words)

    def _unread(self, parameter: Parameter, edit: Edit, words: str) -> Parameter | None:
        """The parameter as it was, where words came in its place that nobody here can read («незамедлительно»): their
        effect is not formalised, and nothing says that the term is gone."""
        for went, came in ((went.strip(), came.strip()) for went, came in edit.rest):
            within = bool(went) and (occurrences(parameter.words, went) or occurrences(went, parameter.words))
            if within and _stands_for_a_term(came) and occurrences(came, words) == 1:
                return evolve(parameter, words=came)
        return None

    def _changed(self, parameter: Parameter, edit: Edit) -> Parameter | None:
        for one, other in edit.values:
            if not (_is_of(one, parameter) and one.bound == other.bound):
                continue
            if isinstance(other.value, Period | QuarterDay) and type(other.value) is type(parameter.value):
                return evolve(parameter, value=other.value, words=other.quote)
        return None

    # definitions

    def _definitions(self, units: Mapping[str, Unit], gone: list[str]) -> dict[str, DefinitionText]:
        known = {p.name for unit in units.values() for p in unit.parameters}
        missing = set(self.before.parameters) - known
        given = {text.raw.head.name: text for text in self.given.definitions}
        merged = {**self.before.definitions, **given}
        out: dict[str, DefinitionText] = {}
        for name, text in merged.items():
            body = _nothing_gone(text.raw.body, gone)
            used = {node.text for node in nodes(body) if isinstance(node, ast.Name)} & missing
            if used:
                self.lost |= {each: self.lost.get(each, frozenset()) | {name} for each in sorted(used)}
                if text.raw.head.result == "date":
                    body = ast.Literal(NEVER, DATE)
                else:
                    body = ast.Literal(True, BOOL)
            out[name] = text if body is text.raw.body else evolve(text, raw=evolve(text.raw, body=body))
        return out

    def _clean(self, clause: Clause, gone: list[str]) -> Clause:
        expr = _nothing_gone(clause.formula.expr, gone)
        return clause if expr == clause.formula.expr else evolve(clause, formula=evolve(clause.formula, expr=expr))

    def _versions(self) -> tuple[Version, ...]:
        if self.report.in_force is None:
            return self.before.versions
        day = self.report.in_force.day
        last = self.before.versions[-1]
        if last.in_force == FixedDay(day.toordinal()):  # two packages of one day make one edition
            return (*self.before.versions[:-1], evolve(last, act=f"{last.act}; {self.report.package.name}"))
        title = Words(f"Rules as amended from {day.isoformat()}", f"Правила в редакции с {day.isoformat()}")
        new = Version(f"{last.id}+{day.isoformat()}", title, self.report.package.name, last.signed,
                      FixedDay(day.toordinal()))  # fmt: skip
        return (*self.before.versions, new)


_SOON = ("незамедлительн", "немедленн", "безотлагательн", "своевременн", "заблаговременн", "срок", "разумн", "кратчайш")


def _stands_for_a_term(words: str) -> bool:
    """Whether some words speak of time: a number, in digits or as a numeral, or «незамедлительно» and the like."""
    plain = words.lower().replace("ё", "е").split()
    return any(word[:1].isdigit() or read_numeral((word,)) or word.startswith(_SOON) for word in plain)


def _is_of(placed: PlacedValue, parameter: Parameter) -> bool:
    return placed.value == parameter.value


def _head(id: str) -> str:
    return id.partition(".")[0]


def _speaks_of(clause: Clause, names: set[str]) -> bool:
    return any(isinstance(node, ast.Name) and node.text in names for node in nodes(clause.formula.expr))


def _is_id(id: str) -> bool:
    try:
        parse_unit_id(id)
    except Problems:
        return False
    return True


def _moved(clause: str, shown: str, id: str) -> str:
    return id + clause.removeprefix(shown) if clause.startswith(shown) else clause


def _reason(unit: Unit, clauses: tuple[Clause, ...]) -> NoNorm | None:
    return None if clauses else unit.no_norm or NoNorm("not_checkable", UNFORMALISED)


def _with_actors(unit: Unit, edit: Edit) -> tuple[tuple[Clause, ...], bool]:
    """The clauses with changed officials; whether every change of an official reached a norm."""
    swaps = {one.actor: other.actor for one, other in edit.actors}
    if not swaps:
        return unit.clauses, True
    seen: set[str] = set()

    def swapped(part: Expr) -> Expr:
        if isinstance(part, ast.Name) and part.text in swaps:
            seen.add(part.text)
            return ast.Name(swaps[part.text])
        return rebuilt(part, swapped)

    clauses = tuple(evolve(c, formula=evolve(c.formula, expr=swapped(c.formula.expr))) for c in unit.clauses)
    return clauses, seen == set(swaps)


def _nothing_gone(expr: Expr, gone: Iterable[str]) -> Expr:
    """The formula with every comparison to the name of a unit that is gone decided: nothing bears that name."""
    names = set(gone)
    if not any(_word(node) in names for node in nodes(expr)):
        return expr

    def change(part: Expr) -> Expr:
        part = rebuilt(part, change)
        if isinstance(part, ast.Compare) and {_word(part.left), _word(part.right)} & names and part.op in ("=", "!="):
            return ast.Literal(part.op == "!=", BOOL)
        if isinstance(part, ast.In):
            kept = tuple(option for option in part.options if _word(option) not in names)
            return evolve(part, options=kept) if kept else ast.Literal(False, BOOL)
        return part

    return change(expr)


def _word(expr: Expr) -> str:
    """The enumerator that an expression may be, as it is written: `p18.sub5`."""
    if isinstance(expr, ast.Name):
        return expr.text
    if isinstance(expr, ast.Attr):
        base = _word(expr.base)
        return f"{base}.{expr.name}" if base else ""
    return ""


def _without_lost_formulas(written: Written, gone: list[str]) -> Written:
    """Notices that cite only units that are gone go with them."""
    left = set(gone)
    notices = tuple(each for each in written.notices if not each.units or not set(each.units) <= left)
    return evolve(written, notices=notices)


def first_day(report: TextReport) -> date | None:
    """The first day of the new law."""
    return report.in_force.day if report.in_force else None


__all__ = ["NewLaw", "Says", "new_law", "says"]
