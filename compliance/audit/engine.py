"""Judges a block of whole officers by columns: what is certain, what is open, and what other readings would turn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from attrs import define, field, frozen

from compliance.audit.options import AuditOptions
from compliance.bulk.plan import Plan
from compliance.bulk.run import Judge
from compliance.bulk.statuses import Judged, NormSpec, Statuses
from compliance.calendar.days import NEVER, parse_iso
from compliance.check.contested import Readings
from compliance.check.options import CheckOptions
from compliance.check.setting import Setting
from compliance.law.version import window

if TYPE_CHECKING:
    from compliance.bulk.registers.block import Block
    from compliance.bulk.tables import Packed


def setting_of(options: AuditOptions) -> Setting:
    """The law and the calendar with the options of the audit that a check has too; raises `Problems`."""
    from compliance.check.open import open_setting

    checked = CheckOptions(options.readings, options.published, options.law, options.as_of, repair=False)
    return open_setting(checked)


@frozen(eq=False)
class Part:
    """Officers of a block that share their place in time, packed and judged."""

    packed: Packed
    judged: Judged
    events: Any
    """The events as a table; a `source` in `packed` is a place in it."""

    @property
    def rows(self) -> Any:
        """The row in the file of each event."""
        return self.events.column("row").to_numpy()


@define(eq=False)
class Engine:
    """Everything that is made once for a whole register."""

    setting: Setting
    options: AuditOptions
    as_of: int
    readings: Readings = field(init=False)
    statuses: Statuses = field(init=False)

    def __attrs_post_init__(self) -> None:
        law = self.setting.law
        self.readings = self.setting.readings_of({})
        typed = {norm.id: norm.typed for norm in law.norms} | {notice.id: notice.typed for notice in law.notices}
        severe = tuple(notice.id for notice in law.notices if notice.clause.severity == "contradiction")
        self.statuses = Statuses(
            judge=Judge(Plan(law.program, typed), self.setting.calendar),
            norms=tuple(NormSpec(norm.id, norm.unit, norm.open, norm.readings) for norm in law.norms),
            default=self.readings.default,
            vary=self.readings.vary if self.options.vary else {},
            undecided=self.readings.undecided,
            contradictions=severe,
            notices=tuple(notice.id for notice in law.notices if notice.id not in severe),
            workers=self.options.workers,
        )

    def judge(self, block: Block) -> list[Part]:
        """The block judged; officers with acts before the version's last possible first day stand apart."""
        return [Part(packed, self.statuses.run(packed), events) for packed, events in self.packed(block)]

    def packed(self, block: Block) -> list[tuple[Packed, Any]]:
        if self.options.law is not None:
            return [self.pack(block, (1, 1))]
        published = parse_iso(self.options.published) if self.options.published else None
        days = window(self.setting.law.version, published)
        if days.certain:
            return [self.pack(block, (days.lo, days.lo))]
        early, late = parted(block, days.hi)
        found = [self.pack(late, (days.hi, days.hi))]
        return [*found, self.pack(early, (days.lo, days.hi))] if len(early) else found

    def pack(self, block: Block, in_force: tuple[int, int]) -> tuple[Packed, Any]:
        from compliance.bulk.arrow import pack_table

        packed = pack_table(
            block.events, self.setting.law.vocabulary, as_of=self.as_of, officers=block.officers,
            positions=block.positions, in_force=in_force, replaced=NEVER,
        )  # fmt: skip
        return packed, block.events


def parted(block: Block, day: int) -> tuple[Block, Block]:
    """The officers of whom some event may lie before a day, and the others; the first part may be empty."""
    from compliance.bulk.registers.block import parted_before

    return parted_before(block, day)


def norms_by_unit(setting: Setting) -> Mapping[str, Sequence[Any]]:
    return {unit: setting.law.norms_of(unit) for unit in setting.law.units}
