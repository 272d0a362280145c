"""Judges a block of whole officers by columns: what is certain, what is open, and what other readings would turn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define, field, frozen

from compliance.audit.options import AuditOptions
from compliance.bulk.plan import Plan
from compliance.bulk.registers.findings import Order
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
    order: Order = field(init=False)

    def __attrs_post_init__(self) -> None:
        law = self.setting.law
        self.readings = self.setting.readings_of({})
        typed = {norm.id: norm.typed for norm in law.norms} | {notice.id: notice.typed for notice in law.notices}
        severe = tuple(notice.id for notice in law.notices if notice.clause.severity == "contradiction")
        self.order = Order({unit: at for at, unit in enumerate(law.units)}, self.readings.undecided)
        self.statuses = Statuses(
            judge=Judge(Plan(law.program, typed), self.setting.calendar),
            norms=tuple(NormSpec(norm.id, norm.unit, norm.open, norm.readings) for norm in law.norms),
            default=self.readings.default,
            vary=self.readings.vary if self.options.vary else {},
            undecided=self.readings.undecided,
            contradictions=severe,
            notices=tuple(notice.id for notice in law.notices if notice.id not in severe),
        )

    def judge(self, block: Block) -> Part:
        """The block judged."""
        packed = self.pack(block)
        return Part(packed, self.statuses.run(packed), block.events)

    def pack(self, block: Block) -> Packed:
        """The block as columns; an entry into force of unknown day is open for those whom it concerns."""
        from compliance.bulk.arrow import pack_table

        return pack_table(
            block.events, self.setting.law.vocabulary, as_of=self.as_of, officers=block.officers,
            positions=block.positions, in_force=self.in_force(), replaced=NEVER,
        )  # fmt: skip

    def in_force(self) -> tuple[int, int]:
        if self.options.law is not None:
            return 1, 1
        published = parse_iso(self.options.published) if self.options.published else None
        days = window(self.setting.law.version, published)
        return days.lo, days.hi
