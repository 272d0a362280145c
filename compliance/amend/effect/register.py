"""The officers of a register whom an amendment touches: judged by columns under the old law and under the new one.

Twice, where the first day is known: as if the new text had always stood, and on the first day, when each event is
judged by the version of its day and nothing more has happened since the register was written.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from attrs import define, evolve, field, frozen

from compliance.amend.effect.meaning import Difference, difference
from compliance.amend.effect.newlaw import NewLaw
from compliance.amend.finding import Says, says
from compliance.calendar.days import format_iso
from compliance.calendar.load import shipped_calendar
from compliance.law.model import Law, Norm
from compliance.norm.evaluate import CLOSED, DUE, OPEN
from compliance.verdict import Status, worst

if TYPE_CHECKING:
    from compliance.audit.engine import Engine
    from compliance.audit.options import AuditOptions
    from compliance.audit.run import Audit, Progress
    from compliance.bulk.registers.block import Block
    from compliance.bulk.run import Outcome
    from compliance.bulk.tables import Packed

SHOWN: Final = 5
"""So many officers are named for each unit and direction."""

Direction = Literal["newly_violated", "newly_satisfied", "newly_pending", "newly_undetermined"]
DIRECTIONS: Final[Mapping[Status, Direction]] = {
    "violated": "newly_violated",
    "undetermined": "newly_undetermined",
    "pending": "newly_pending",
    "compliant": "newly_satisfied",
}
Found = dict[tuple[str, str], Status]
"""The verdicts that are not compliant, by officer and unit."""


@frozen
class Turn:
    """How many officers turn in one direction under one unit, and the first of them."""

    unit: str
    direction: Direction
    officers: int
    examples: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        return {"unit": self.unit, "direction": self.direction, "officers": self.officers,
                "examples": list(self.examples)}  # fmt: skip


@frozen
class Regime:
    """The officers touched under one way of applying the two texts, as known up to a day."""

    as_of: int
    officers: int
    turns: tuple[Turn, ...]

    def as_json(self) -> dict[str, Any]:
        return {"as_of": format_iso(self.as_of), "officers": self.officers,
                "units": [turn.as_json() for turn in self.turns]}  # fmt: skip


@frozen
class Touched:
    """What a register says of an amendment. `left_out` are officers whose rows could not all be read."""

    file: str
    rows: int
    officers: int
    as_of: int
    left_out: int
    put_aside: Mapping[str, int]
    always: Regime
    first_day: Regime | None
    open: int = 0
    """So many pairs of an officer and a changed unit are open under one of the two texts at least."""

    def unchecked(self) -> tuple[Says, ...]:
        """What the count by columns leaves open."""
        readings = says("effect.unchecked-register-readings")
        if not self.open:
            return (readings,)
        return (says("effect.unchecked-register-open", count=str(self.open)), readings)

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "file": self.file,
            "rows": self.rows,
            "officers": self.officers,
            "as_of": format_iso(self.as_of),
            "left_out": self.left_out,
            "put_aside": dict(self.put_aside),
            "open": self.open,
            "always": self.always.as_json(),
            "first_day": self.first_day.as_json() if self.first_day else None,
        }


def touched(
    new: NewLaw, first: int | None, path: Path, options: AuditOptions, progress: Progress | None = None
) -> Touched:
    """Judges a register; raises `Problems` where it cannot be read, as an audit does."""
    from compliance.audit.run import Audit

    found = difference(new.old, new.law, new.old.default_profile)
    with tempfile.TemporaryDirectory() as work:
        audit = Audit(path, options, Path(work), progress)
        audit.setting = evolve(audit.setting, law=new.old)
        return _Count(new, found, first, audit).run()


@define(eq=False)
class _Tally:
    """The officers by unit and direction."""

    everyone: set[str] = field(factory=set)
    counts: Counter[tuple[str, Direction]] = field(factory=Counter)
    examples: dict[tuple[str, Direction], list[str]] = field(factory=dict)
    open: int = 0

    def add(self, old: Found, new: Found, without: frozenset[str]) -> None:
        for officer, unit in sorted({*old, *new}):
            before, after = old.get((officer, unit), "compliant"), new.get((officer, unit), "compliant")
            self.open += "undetermined" in (before, after) and officer not in without
            if before == after or officer in without:
                continue
            key = unit, DIRECTIONS[after]
            self.everyone.add(officer)
            self.counts[key] += 1
            self.examples[key] = sorted({*self.examples.get(key, ()), officer})[:SHOWN]

    def regime(self, as_of: int, new: NewLaw) -> Regime:
        order = {unit: at for at, unit in enumerate({**new.law.units, **new.old.units})}
        ranks = list(DIRECTIONS.values())
        keys = sorted(self.counts, key=lambda key: (order[key[0]], ranks.index(key[1])))
        turns = (Turn(new.name(k[0]), k[1], self.counts[k], tuple(self.examples[k])) for k in keys)
        return Regime(as_of, len(self.everyone), tuple(turns))


class _Count:
    """Goes through a register part by part."""

    def __init__(self, new: NewLaw, found: Difference, first: int | None, audit: Audit) -> None:
        self.new, self.found, self.first, self.audit = new, found, first, audit
        self.officers = 0
        self.left_out = 0
        self.put_aside: Counter[str] = Counter()
        self.whole, self.eve = _Tally(), _Tally()

    def run(self) -> Touched:
        from compliance.bulk.registers.quarantine import Quarantine

        audit = self.audit
        audit.read()
        register = audit.register
        for number in range(register.parts.count):
            audit.tell("judging", number, register.parts.count)
            own = Quarantine()
            self.block(register.block(number, audit.as_of, own), audit.engine, own)
            self.put_aside.update(own.counts)
        self.put_aside.update(register.put_aside)
        return Touched(
            file=audit.path.name,
            rows=register.rows,
            officers=self.officers,
            as_of=audit.as_of,
            left_out=self.left_out,
            put_aside=dict(sorted(self.put_aside.items())),
            open=max(self.whole.open, self.eve.open),
            always=self.whole.regime(audit.as_of, self.new),
            first_day=None if self.first is None else self.eve.regime(max(self.first, audit.as_of), self.new),
        )

    def block(self, block: Block, engine: Engine, own: Any) -> None:
        packed, events = engine.pack(block), block.events
        unread = {
            officer
            for (_, name), places in packed.unread.items()
            for officer in events.column("officer_id").take(places).to_pylist()
        }
        self.officers += len(packed)
        without = unread | own.officers.keys() & set(packed.ids)
        self.part(packed, frozenset(without))

    def part(self, packed: Packed, unread: frozenset[str]) -> None:
        """One packed part; officers whose rows or whose record cannot be trusted are counted and set aside."""
        found = self.found
        apart = _contradicted(found.old, self.audit, packed)
        without = unread | apart
        self.left_out += len(without)
        if found.same:
            return
        units = set(found.units)
        common = [norm for norm in found.common if norm.unit in units]
        kept = self.verdicts(found.new, common, packed)
        old = _joined(kept, self.verdicts(found.old, found.gone, packed))
        new = _joined(kept, self.verdicts(found.new, found.come, packed))
        self.whole.add(old, new, without)
        if self.first is not None:
            self.on_the_first_day(packed, common, without)

    def on_the_first_day(self, packed: Packed, common: Iterable[Norm], without: frozenset[str]) -> None:
        assert self.first is not None
        found, day = self.found, max(self.first, self.audit.as_of)
        later = packed.placed(as_of=day)
        kept = self.verdicts(found.new, common, later)
        old = _joined(kept, self.verdicts(found.old, found.gone, later))
        of_their_day = [norm for norm in found.gone if norm.clause.judged == "event"]
        before = self.verdicts(found.old, of_their_day, packed.placed(as_of=day, replaced=self.first))
        after = self.verdicts(found.new, found.come, packed.placed(as_of=day, in_force=self.first))
        self.eve.add(old, _joined(kept, before, after), without)

    def verdicts(self, law: Law, norms: Iterable[Norm], packed: Packed) -> Found:
        """What some norms of a law say of everyone, unit by unit; twin of `_status` in check/judge.py."""
        from compliance.bulk.plan import Plan
        from compliance.bulk.run import Judge

        chosen = tuple(norms)
        judge = Judge(Plan(law.program, {norm.id: norm.typed for norm in chosen}), shipped_calendar())
        duties = tuple(norm.id for norm in chosen if norm.open == "pending")
        jobs = [
            ({**law.default_profile, DUE: OPEN}, tuple(norm.id for norm in chosen)),
            ({**law.default_profile, DUE: CLOSED}, duties),
        ]
        opened, closed = judge.judge_profiles(packed, jobs, workers=self.audit.options.workers)
        found: Found = {}
        for norm in chosen:
            _note(found, packed, norm.unit, opened[norm.id], "violated")
            if norm.id in closed:
                _note(found, packed, norm.unit, closed[norm.id], "pending")
        return found


def _note(found: Found, packed: Packed, unit: str, outcome: Outcome, status: Status) -> None:
    for officer in outcome.undetermined.tolist():
        _put(found, (packed.ids[officer], unit), "undetermined")
    for officer in outcome.violated.tolist():
        _put(found, (packed.ids[officer], unit), status)


def _put(found: Found, key: tuple[str, str], status: Status) -> None:
    found[key] = worst((found.get(key, "compliant"), status))


def _contradicted(law: Law, audit: Audit, packed: Packed) -> frozenset[str]:
    """The officers whose record contradicts itself."""
    from compliance.bulk.plan import Plan
    from compliance.bulk.run import Judge

    severe = {each.id: each.typed for each in law.notices if each.clause.severity == "contradiction"}
    judge = Judge(Plan(law.program, severe), shipped_calendar())
    found = judge.judge(packed, {**law.default_profile, DUE: OPEN}, workers=audit.options.workers)
    return frozenset(packed.ids[at] for outcome in found.values() for at in outcome.violated.tolist())


def _joined(*parts: Found) -> Found:
    """The worst verdict of each officer and unit."""
    out: Found = {}
    for part in parts:
        for key, status in part.items():
            _put(out, key, status)
    return out


__all__ = ["Direction", "Regime", "Touched", "Turn", "touched"]
