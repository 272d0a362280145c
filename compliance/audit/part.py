"""One part of a register (whole officers), judged by columns: its findings as a table, and what was counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from attrs import define, field

from compliance.audit.engine import Engine, Part

if TYPE_CHECKING:
    from compliance.bulk.registers.block import Block
    from compliance.bulk.registers.quarantine import Quarantine


@define
class Tally:
    """What was counted in a part."""

    officers: int = 0
    events: int = 0
    uncertain: int = 0
    unexplored: int = 0
    notices: Counter[str] = field(factory=Counter)

    def add(self, part: Part) -> None:
        self.officers += len(part.packed)
        self.events += part.packed.events - part.packed.phantoms
        self.uncertain += int((~part.packed.certain).sum())
        self.unexplored += part.judged.unexplored
        self.notices.update(part.judged.notices)

    def as_json(self) -> dict[str, Any]:
        return {
            "officers": self.officers, "events": self.events, "uncertain": self.uncertain,
            "unexplored": self.unexplored, "notices": dict(sorted(self.notices.items())),
        }  # fmt: skip


def judge_block(engine: Engine, file: str, block: Block, quarantine: Quarantine) -> tuple[Any, Tally]:
    """The findings on a block, in the order of officers and of the text.

    Officers with a row put aside are undetermined: their findings say what was found without that row.
    """
    from compliance.bulk.registers.findings import found_in, in_order, whole_records

    part, tally = engine.judge(block), Tally()
    note_unread(part, file, quarantine)
    tally.add(part)
    found = found_in(part.packed, part.judged.cells, part.rows, quarantine.officers, engine.order)
    alone = whole_records(apart(part, quarantine, set(found.column("officer").to_pylist())))
    return in_order([found, alone], engine.order), tally


def note_unread(part: Part, file: str, quarantine: Quarantine) -> None:
    """Puts aside the rows with a value that is no word of the vocabulary; their officers stay undetermined."""
    from compliance.bulk.registers.quarantine import Aside

    for (kind, name), places in sorted(part.packed.unread.items()):
        words = part.events.column(name).take(places).to_pylist()
        who = part.events.column("officer_id").take(places).to_pylist()
        rows = part.rows[places].tolist()
        quarantine.add(
            Aside(file, row, officer, "audit.unknown-value", f"{kind}.{name}={word}")
            for row, officer, word in zip(rows, who, words, strict=True)
        )


def apart(
    part: Part, quarantine: Quarantine, found: set[str]
) -> Iterator[tuple[str, Sequence[tuple[int, str]], Sequence[str]]]:
    """The officers who are undetermined as a whole: rows put aside and no finding, or a contradictory record."""
    for officer in sorted(quarantine.officers.keys() & set(part.packed.ids) - found):
        yield officer, quarantine.officers[officer], ()
    for at, names in sorted(part.judged.contradictions.items()):
        yield part.packed.ids[at], (), names


__all__ = ["Tally", "judge_block"]
