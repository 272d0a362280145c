"""What the cells of a register become: defaults, what is unknown, what cannot be read, who comes first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import pyarrow as pa
import pytest

from bench.registers import EPOCH
from compliance.bulk.arrow import pack_table
from compliance.bulk.tables import Packed
from compliance.bulk.unpack import unpack
from compliance.calendar.days import day
from compliance.law.load import load_law
from compliance.norm.vocabulary import Vocabulary
from compliance.timeline.edtf import EARLIEST
from compliance.timeline.model import Days, FromDate, OneOf, OpenItems, Slot

AS_OF = day(2027, 6, 30)
SENT = day(2026, 11, 20)
ACTOR_COUNT = 14


@cache
def vocabulary() -> Vocabulary:
    return load_law().vocabulary


def dates(*days: int | None) -> Any:
    return pa.array([None if each is None else each - EPOCH for each in days], pa.int32()).cast(pa.date32())


def packed(rows: Sequence[Mapping[str, object]], **tables: Any) -> Packed:
    """A register of rows whose `date` and `date_last` are ordinals, of officers of one body."""
    ids = [id for id in dict.fromkeys(row["officer_id"] for row in rows) if id is not None]
    tables.setdefault("officers", pa.table({"officer_id": ids, "body": ["knb"] * len(ids)}))
    names = {name for row in rows for name in row} - {"date", "date_last"}
    columns = {name: [row.get(name) for row in rows] for name in sorted(names)}
    columns["date"] = dates(*(row["date"] for row in rows))  # type: ignore[arg-type]
    columns["date_last"] = dates(*(row.get("date_last") for row in rows))  # type: ignore[arg-type]
    return pack_table(pa.table(columns), vocabulary(), as_of=AS_OF, **tables)


def row(event: str, date: int = SENT, officer: str = "A-1", **cells: object) -> dict[str, object]:
    return {"officer_id": officer, "event": event, "date": date, **cells}


ASSESSED = row("qualification_assessment", SENT - 10, meets="true")


def only(kind: str, register: Packed, officer: int = 0) -> Slot:
    (found,) = [slot for slot in unpack(register, officer).slots if slot.kind == kind]
    return found


def test_cells_left_out_mean_what_the_vocabulary_says() -> None:
    register = packed(
        [ASSESSED, row("materials_sent", contents="special_check;qualities", by="other", signed_by="other")]
    )
    assert register.certain.tolist() == [True]
    attrs = only("materials_sent", register).attrs
    assert attrs["quarter"] == 2026 * 4 + 3
    assert attrs["basis"] == "ordinary"
    assert attrs["position"] is None
    assert attrs["contents"] == frozenset({"special_check", "qualities"})
    assert unpack(register, 0).officer["in_service"] is True


def test_what_is_unknown_is_the_whole_domain() -> None:
    register = packed([ASSESSED, row("materials_sent", contents="unknown", by="unknown", quarter="unknown")])
    attrs = only("materials_sent", register).attrs
    assert isinstance(attrs["by"], OneOf)
    assert len(attrs["by"].values) == ACTOR_COUNT
    assert isinstance(attrs["signed_by"], OneOf)
    assert isinstance(attrs["contents"], OpenItems)
    assert attrs["contents"].sure == frozenset()
    assert attrs["quarter"] == OneOf(tuple(range(2026 * 4 - 1, 2027 * 4 + 4)))
    assert register.certain.tolist() == [False]


def test_an_uncertain_day_takes_what_follows_from_it_along() -> None:
    register = packed([ASSESSED, row("materials_sent", date_last=SENT + 60, contents="qualities", by="other")])
    slot = only("materials_sent", register)
    assert slot.date == Days(((SENT, SENT + 60),))
    assert slot.attrs["quarter"] == FromDate(quarter=True)


def test_an_event_may_not_have_happened() -> None:
    register = packed([ASSESSED, row("dismissal", maybe=True), row("exclusion_request", maybe=False)])
    assert only("dismissal", register).occurred is None
    assert only("exclusion_request", register).occurred is True


def test_a_judgement_may_be_missing_from_a_silent_record() -> None:
    register = packed([row("dismissal"), row("dismissal", officer="A-2"), {**ASSESSED, "officer_id": "A-2"}])
    assert register.ids == ("A-2", "A-1")
    assert register.order.tolist() == [1, 0]
    assert register.certain.tolist() == [True, False]
    ghost = only("qualification_assessment", register, 1)
    assert ghost.phantom
    assert ghost.date == Days(((EARLIEST, AS_OF),))
    settled = packed([row("dismissal")], phantoms=False)
    assert settled.certain.tolist() == [True]


def test_a_decision_without_materials_has_an_open_position() -> None:
    posts = pa.table({"position": ["p1"], "listed": ["true"], "first_head": ["false"], "higher": ["true"]})
    decision = row("reserve_decision", outcome="enrol", by="head_of_administration")
    alone = only("reserve_decision", packed([ASSESSED, decision], positions=posts)).attrs["position"]
    assert alone == OneOf(("p1", "?"))
    sent = row("materials_sent", contents="qualities", by="other", signed_by="other")
    assert only("reserve_decision", packed([ASSESSED, decision, sent], positions=posts)).attrs["position"] is None


def test_a_post_that_no_table_declares_is_little_known() -> None:
    register = packed([ASSESSED, row("appointment", position="p9")])
    assert register.certain.tolist() == [False]
    assert unpack(register, 0).positions["p9"] == {
        "listed": OneOf((False, True)), "first_head": False, "higher": OneOf((False, True)), "body": None,
    }  # fmt: skip


def test_a_word_that_cannot_be_read_is_unknown_and_named() -> None:
    register = packed([ASSESSED, row("transfer", to="moon"), row("transfer", to="armed_forces")])
    assert {key: rows.tolist() for key, rows in register.unread.items()} == {("transfer", "to"): [1]}
    to = [slot.attrs["to"] for slot in unpack(register, 0).slots if slot.kind == "transfer"]
    assert isinstance(to[0], OneOf)
    assert to[1] == "armed_forces"


def test_references_are_one_within_the_register() -> None:
    register = packed([
        ASSESSED, row("penalty", ref="w1", kind="remark"), row("penalty_lifted", SENT + 9, ref=" w1 "),
        row("penalty_lifted", SENT + 9), row("restoration", SENT + 20, ref="unknown"),
    ])  # fmt: skip
    slots = {slot.index: slot.attrs.get("ref") for slot in unpack(register, 0).slots}
    assert slots[1] == slots[2] == "w1"
    assert slots[3] is None
    assert slots[4] == OneOf((None, "w1"))


def test_officers_may_have_a_table_and_need_no_events() -> None:
    officers = pa.table({"officer_id": [7, 5], "body": ["sgs", "unknown"]})
    register = packed([{**ASSESSED, "officer_id": "7"}], officers=officers)
    assert register.ids == ("7", "5")
    assert unpack(register, 0).officer["body"] == "sgs"
    assert isinstance(unpack(register, 1).officer["body"], OneOf)


def test_rows_in_any_order_come_out_by_officer_and_day() -> None:
    rows = [row("dismissal", SENT + n, f"A-{n % 3}") for n in (5, 1, 4, 0, 2, 3)]
    register = packed(rows, phantoms=False)
    events = register.kinds["dismissal"]
    assert events.offsets.tolist() == [0, 2, 4, 6]
    found = [(register.ids[n], int(day) - SENT) for n in range(3) for day in events.date.lo[2 * n : 2 * n + 2]]
    assert found == [("A-2", 2), ("A-2", 5), ("A-1", 1), ("A-1", 4), ("A-0", 0), ("A-0", 3)]
    assert events.source.tolist() == [4, 0, 1, 2, 3, 5]


@pytest.mark.parametrize(
    ("spoilt", "said"),
    [
        ({"event": "flight"}, "unknown kinds"),
        ({"officer_id": None}, "without an officer"),
        ({"date": None}, "without a day"),
    ],
)
def test_what_readers_must_sort_out_is_refused(spoilt: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        packed([ASSESSED, {**row("dismissal"), **spoilt}])
