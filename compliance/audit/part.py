"""One part of a register (whole officers): judged, settled, explained, and written as lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from random import Random
from typing import TYPE_CHECKING, Any

from attrs import define, field, frozen

from compliance.audit.engine import Engine, Part
from compliance.audit.explain import Explainer
from compliance.audit.lines import Line, plain_line
from compliance.audit.settle import Settler
from compliance.bulk.forks import fork_map
from compliance.bulk.statuses import Cell
from compliance.calendar.days import format_iso
from compliance.calendar.quarters import format_quarter, quarter_of
from compliance.verdict import SEVERITY, worst

if TYPE_CHECKING:
    from compliance.bulk.registers.block import Block
    from compliance.bulk.registers.quarantine import Quarantine

SHARE = 64
"""Officers are explained and settled in portions of about so many."""


@frozen
class Budget:
    """How much evidence and how much of the solver is left for a part; None is without end."""

    explain: int | None
    settle: int | None
    sample: int


@define
class Tally:
    """What was counted in a part."""

    officers: int = 0
    events: int = 0
    uncertain: int = 0
    verdicts: Counter[str] = field(factory=Counter)
    explained: int = 0
    verified: int = 0
    open_pairs: int = 0
    settled: int = 0
    notices: Counter[str] = field(factory=Counter)

    def as_json(self) -> dict[str, Any]:
        return {
            "officers": self.officers, "events": self.events, "uncertain": self.uncertain,
            "verdicts": dict(sorted(self.verdicts.items())), "explained": self.explained, "verified": self.verified,
            "open_pairs": self.open_pairs, "settled": self.settled, "notices": dict(sorted(self.notices.items())),
        }  # fmt: skip


@define(eq=False)
class PartJudge:
    """Judges one block after the other under one budget."""

    engine: Engine
    file: str
    tally: Tally = field(factory=Tally)

    def judge(self, block: Block, quarantine: Quarantine, budget: Budget, salt: str) -> list[Line]:
        """The lines of a block, in the order of officers and of the text."""
        lines: list[Line] = []
        parts = self.engine.judge(block)
        for part in parts:
            self.note_unread(part, block, quarantine)
        for part in parts:
            lines += self.part(part, quarantine, budget, salt)
        order = {unit: at for at, unit in enumerate(self.engine.setting.law.units)}
        lines.sort(key=lambda line: (line["officer"], order.get(line["unit"] or "", -1), line["norm"] or ""))
        return lines

    def note_unread(self, part: Part, block: Block, quarantine: Quarantine) -> None:
        """Puts aside the rows with a value that is no word of the vocabulary; their officers stay undetermined."""
        from compliance.bulk.registers.quarantine import Aside

        for (kind, name), places in sorted(part.packed.unread.items()):
            words = part.events.column(name).take(places).to_pylist()
            who = part.events.column("officer_id").take(places).to_pylist()
            rows = part.rows[places].tolist()
            quarantine.add(
                Aside(self.file, row, officer, "audit.unknown-value", f"{kind}.{name}={word}")
                for row, officer, word in zip(rows, who, words, strict=True)
            )

    def part(self, part: Part, quarantine: Quarantine, budget: Budget, salt: str) -> list[Line]:
        found = [(cell, self.line(part, cell)) for cell in part.judged.cells]
        found = self.settled(part, found, budget, quarantine.officers.keys())
        found = self.explained(part, found, budget, salt)
        lines = [line for _, line in found if line["verdict"] != "compliant" or not line["robust"]]
        lines = self.tainted(lines, part, quarantine)
        self.count(part, lines)
        return lines

    def line(self, part: Part, cell: Cell) -> Line:
        because = [
            {"event": each.kind, "index": row, "date": format_iso(each.day), "line": row}
            for each in cell.events if each.source >= 0
            for row in [int(part.rows[each.source])]
        ]  # fmt: skip
        line = plain_line(self.file, part.packed.ids[cell.officer], cell.unit, cell.norm, cell.status, because)
        line["robust"], line["depends_on"] = not cell.depends_on, {k: dict(v) for k, v in cell.depends_on.items()}
        line["body"] = self.body(part, cell.officer)
        line["quarter"] = format_quarter(quarter_of(cell.events[0].day)) if because else None
        return line

    def body(self, part: Part, officer: int) -> str:
        column = part.packed.officers["body"]
        lo, hi = int(column.lo[officer]), int(column.hi[officer])
        bodies = list(self.engine.setting.law.vocabulary.enumerations["body"].values)
        return bodies[lo] if lo == hi else "unknown"

    # --- the solver ------------------------------------------------------------------------------------------------

    def settled(
        self, part: Part, found: list[tuple[Cell, Line]], budget: Budget, touched: Collection[str]
    ) -> list[tuple[Cell, Line]]:
        """The open pairs with the solver's verdict, as far as the budget goes; the others say that they were not."""
        violated = {cell.officer for cell, line in found if line["verdict"] == "violated"}
        by_officer: dict[int, list[int]] = {}
        for at, (cell, line) in enumerate(found):
            if (
                line["verdict"] == "undetermined"
                and not self.engine.readings.undecided & line["depends_on"].keys()
                and line["officer"] not in touched
            ):
                found[at] = (cell, {**line, "settled": False})
                by_officer.setdefault(cell.officer, []).append(at)
        self.tally.open_pairs += sum(map(len, by_officer.values()))
        left = None if budget.settle is None else max(0, budget.settle - self.tally.settled)
        chosen: list[tuple[int, list[int]]] = []
        # most telling first: where nothing else is violated, and with the fewest open units
        for officer, places in sorted(by_officer.items(), key=lambda e: (e[0] in violated, len(e[1]), e[0])):
            if left is not None and len(places) > left:
                break
            left = None if left is None else left - len(places)
            chosen.append((officer, places))
        settler = Settler(self.engine.setting, self.engine.readings, self.engine.as_of)

        def work(portion: list[tuple[int, list[int]]]) -> list[list[Line]]:
            return [
                settler.settle(part.packed, officer, [found[at][1] for at in places], part.rows)
                for officer, places in portion
            ]

        told = fork_map(work, portions(chosen), self.engine.options.workers)
        for (_, places), lines in zip(chosen, (each for group in told for each in group), strict=True):
            for at, line in zip(places, lines, strict=True):
                found[at] = (found[at][0], line)
            self.tally.settled += len(places)
        return found

    # --- the evaluator ---------------------------------------------------------------------------------------------

    def explained(
        self, part: Part, found: list[tuple[Cell, Line]], budget: Budget, salt: str
    ) -> list[tuple[Cell, Line]]:
        """The first violations, a sample of the others and what is pending, judged again and explained."""
        wanted = [at for at, (_, line) in enumerate(found) if line["verdict"] == "violated"]
        left = None if budget.explain is None else max(0, budget.explain - self.tally.explained)
        first, rest = (wanted, []) if left is None else (wanted[:left], wanted[left:])
        self.tally.explained += len(first)
        if rest:
            first += sorted(Random(f"{self.engine.options.seed}:{salt}").sample(rest, min(budget.sample, len(rest))))
        due = [at for at, (_, line) in enumerate(found) if line["verdict"] == "pending"]
        first += due if left is None else due[: max(left, budget.sample)]
        by_officer: dict[int, list[int]] = {}
        for at in first:
            by_officer.setdefault(found[at][0].officer, []).append(at)
        explainer = Explainer(self.engine.setting, self.engine.readings, self.file, self.engine.as_of)

        def work(portion: list[tuple[int, list[int]]]) -> list[list[Line]]:
            return [
                explainer.explain(part.packed, officer, [found[at][1] for at in places], part.rows)
                for officer, places in portion
            ]

        chosen = sorted(by_officer.items())
        told = fork_map(work, portions(chosen), self.engine.options.workers)
        for (_, places), lines in zip(chosen, (each for group in told for each in group), strict=True):
            for at, line in zip(places, lines, strict=True):
                found[at] = (found[at][0], line)
        self.tally.verified += len(first)
        return found

    # --- what the rows put aside do --------------------------------------------------------------------------------

    def tainted(self, lines: list[Line], part: Part, quarantine: Quarantine) -> list[Line]:
        """Officers with a row put aside are undetermined: their findings say what was found without that row."""
        everyone, touched = set(part.packed.ids), set()
        found: list[Line] = []
        reasons = {part.packed.ids[at]: names for at, names in part.judged.contradictions.items()}
        for line in lines:
            rows = quarantine.officers.get(line["officer"])
            if rows is None:
                found.append(line)
                continue
            touched.add(line["officer"])
            aside = [{"row": row, "reason": reason} for row, reason in rows]
            found.append({**line, "verdict": "undetermined", "otherwise": line["verdict"], "quarantined": aside})
        for officer in sorted(everyone & quarantine.officers.keys() - touched):
            rows = quarantine.officers[officer]
            found.append(whole_line(self.file, officer, [{"row": row, "reason": reason} for row, reason in rows], ()))
        found += [whole_line(self.file, officer, [], names) for officer, names in sorted(reasons.items())]
        return found

    def count(self, part: Part, lines: Sequence[Line]) -> None:
        by_officer: dict[str, list[Any]] = {}
        for line in lines:
            by_officer.setdefault(line["officer"], []).append(line["verdict"])
        verdicts = Counter(worst(each) for each in by_officer.values())
        verdicts["compliant"] += len(part.packed) - len(by_officer)
        self.tally.verdicts.update(verdicts)
        self.tally.officers += len(part.packed)
        self.tally.events += len(part.rows)
        self.tally.uncertain += int((~part.packed.certain).sum())
        self.tally.notices.update(part.judged.notices)


def whole_line(file: str, officer: str, aside: Sequence[Mapping[str, Any]], contradictions: Iterable[str]) -> Line:
    """An officer who is undetermined as a whole: for rows put aside, or for contradictions in his record."""
    rows = [each["row"] for each in aside]
    line: Line = {
        "officer": officer, "file": file, "row": rows[0] if rows else None, "unit": None, "verdict": "undetermined",
        "robust": True, "depends_on": {}, "citation": None, "norm": None, "because": [], "says": {"en": "", "ru": ""},
        "repair": [], "explained": False,
    }  # fmt: skip
    if aside:
        line["quarantined"] = list(aside)
    if contradictions:
        line["contradictions"] = list(contradictions)
    return line


def portions(items: Sequence[Any]) -> list[list[Any]]:
    """The items in portions that can be worked on apart."""
    return [list(items[at : at + SHARE]) for at in range(0, len(items), SHARE)]


__all__ = ["SEVERITY", "Budget", "PartJudge", "Tally", "portions", "whole_line"]
