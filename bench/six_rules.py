"""Six rules of the Rules over a register: the columns against Polars, DuckDB and hand-written loops, on one core.

All engines get the register in memory in their own best form (columns sorted and coded; making them is shown apart)
and give the officers who break each rule; the counts must be equal.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, Final

import numpy as np
from attrs import frozen

from bench.registers import AS_OF, EPOCH, Register, register
from bench.rows import Row, median, per_second
from compliance.bulk.arrow import pack_table
from compliance.bulk.plan import Plan
from compliance.bulk.run import Judge
from compliance.calendar.days import TABLE_FIRST, TABLE_LAST
from compliance.calendar.functions import AddMonths, table
from compliance.calendar.load import shipped_calendar
from compliance.law.load import load_law
from compliance.norm.evaluate import DUE, OPEN
from compliance.norm.parse import parse_expr
from compliance.norm.typecheck import Scope, check_expr

RULES: Final = {
    "decided after submitted": """
        every enrolment e: some list_submitted s: s.date <= e.date""",
    "sent before the last month": """
        every materials_sent m: m.date < day 1 of month 3 of m.quarter""",
    "three years at most": """
        every enrolment e: as_of <= e.date + 3 years rounded down
          or some exclusion_decision x with e.date <= x.date: x.date <= e.date + 3 years rounded down""",
    "three months at least": """
        every appointment a, every enrolment e with e.date <= a.date and a.date < e.date + 3 months rounded down:
          some stay_waiver w: e.date <= w.date and w.date <= a.date""",
    "a year after removal": """
        every exclusion_decision x with x.ground = p18.sub3, every enrolment e with x.date < e.date:
          some penalty_lifted l with l.ref = x.ref:
            x.date <= l.date and l.date + 1 year rounded down <= e.date""",
    "no penalty at sending": """
        every materials_sent m: no penalty p with p.date <= m.date:
          no penalty_lifted l with l.ref = p.ref and l.date <= m.date""",
}
KINDS: Final = (
    "list_submitted", "reserve_decision", "materials_sent", "exclusion_decision", "appointment", "stay_waiver",
    "penalty", "penalty_lifted",
)  # fmt: skip


@frozen(eq=False)
class Coded:
    """The events the rules speak of, as columns of numbers sorted by officer and day."""

    officers: int
    columns: dict[str, Any]
    offsets: Any


def coded(given: Register, officers: int) -> Coded:
    """Kinds by their place in KINDS, days by ordinal; `flag` is an enrolment, or an exclusion under sub-point 3)."""
    words = given.events.column("event").unify_dictionaries().combine_chunks()
    place = {word: at for at, word in enumerate(words.dictionary.to_pylist())}
    kinds = np.full(len(place), -1, dtype=np.int8)
    for at, kind in enumerate(KINDS):
        kinds[place[kind]] = at
    event = kinds[words.indices.to_numpy()]
    flag = _equals(given.events, "outcome", "enrol") | _equals(given.events, "ground", "p18.sub3")
    keep = event >= 0
    officer = given.events.column("officer_id").combine_chunks()
    number = np.array([int(name[2:]) for name in officer.dictionary.to_pylist()], dtype=np.int32)
    ref = given.events.column("ref").combine_chunks().indices.fill_null(-1).to_numpy(zero_copy_only=False)
    days = given.events.column("date").combine_chunks().cast("int32").to_numpy() + EPOCH
    columns = {
        "officer": number[officer.indices.to_numpy()][keep],
        "event": event[keep],
        "date": days[keep].astype(np.int32),
        "flag": flag[keep],
        "ref": ref[keep].astype(np.int32),
    }
    return Coded(officers, columns, np.searchsorted(columns["officer"], np.arange(officers + 1)))


def _equals(events: Any, name: str, word: str) -> Any:
    column = events.column(name).combine_chunks()
    words = np.array([each == word for each in column.dictionary.to_pylist()] + [False])
    return words[column.indices.fill_null(-1).to_numpy(zero_copy_only=False)]


# the columns of this project


def our_judge(given: Register) -> tuple[Callable[[], list[int]], Callable[[], object]]:
    """Judging the packed register, and packing it."""
    law = load_law()
    norms = {name: check_expr(parse_expr(text), Scope(law.program)) for name, text in RULES.items()}
    judge = Judge(Plan(law.program, norms), shipped_calendar())
    profile = {**law.default_profile, DUE: OPEN}

    def pack() -> Any:
        return pack_table(
            given.events, law.vocabulary, as_of=AS_OF, officers=given.officers, positions=given.positions,
            phantoms=False,
        )  # fmt: skip

    packed = pack()
    return lambda: [len(outcome.violated) for outcome in judge.judge(packed, profile).values()], pack


# Polars, by hand


def polars_judge(data: Coded) -> Callable[[], list[int]]:
    import polars as pl

    frame = pl.DataFrame({name: pl.Series(name, column) for name, column in data.columns.items()})
    frame = frame.with_columns((pl.col("date") - EPOCH).cast(pl.Date))
    as_of = pl.lit(AS_OF - EPOCH).cast(pl.Date)
    day, other = pl.col("date"), pl.col("date_right")

    def of(kind: str, **named: str) -> Any:
        return frame.lazy().filter(pl.col("event") == KINDS.index(kind)).select("officer", "date", "ref", "flag")

    def people(found: Any) -> Any:
        return found.select(pl.col("officer").n_unique())

    def judge() -> list[int]:
        enrolled = of("reserve_decision").filter("flag").select("officer", "date")
        excluded, lifted, sent = of("exclusion_decision"), of("penalty_lifted"), of("materials_sent")
        first = of("list_submitted").group_by("officer").agg(pl.col("date").min().alias("date_right"))
        unsubmitted = enrolled.join(first, on="officer", how="left").filter(other.is_null() | (other > day))
        late = sent.filter((day.dt.month() - 1) % 3 == 2)
        stays = enrolled.with_row_index("stay").with_columns(day.dt.offset_by("3y").alias("limit"))
        over = stays.filter(pl.col("limit") < as_of)
        ended = over.join(excluded, on="officer").filter((day <= other) & (other <= pl.col("limit")))
        too_long = over.join(ended, on="stay", how="anti")
        pairs = (
            of("appointment").join(enrolled, on="officer").filter((other <= day) & (day < other.dt.offset_by("3mo")))
        )
        pairs = pairs.with_row_index("pair")
        waived = pairs.join(of("stay_waiver"), on="officer", suffix="_w")
        waived = waived.filter((other <= pl.col("date_w")) & (pl.col("date_w") <= day))
        too_soon = pairs.join(waived, on="pair", how="anti")
        again = excluded.filter("flag").join(enrolled, on="officer").filter(day < other).with_row_index("pair")
        removed = again.join(lifted, on=["officer", "ref"], suffix="_l")
        removed = removed.filter((day <= pl.col("date_l")) & (pl.col("date_l").dt.offset_by("1y") <= other))
        not_cooled = again.join(removed, on="pair", how="anti")
        live = (
            sent.select("officer", "date").join(of("penalty"), on="officer").filter(other <= day).with_row_index("pair")
        )
        over_by_then = live.join(lifted, on=["officer", "ref"], suffix="_l").filter(pl.col("date_l") <= day)
        burdened = live.join(over_by_then, on="pair", how="anti")
        found = [unsubmitted, late, too_long, too_soon, not_cooled, burdened]
        return [int(each.item()) for each in pl.collect_all([people(each) for each in found])]

    return judge


# DuckDB, by hand

QUERIES: Final = (
    """from enrolled e where not exists (
         from events s where s.event = 0 and s.officer = e.officer and s.date <= e.date)""",
    "from events e where event = 2 and (month(date) - 1) % 3 = 2",
    """from enrolled e where e.date + interval 3 year < $as_of and not exists (
         from events x where x.event = 3 and x.officer = e.officer and e.date <= x.date
         and x.date <= e.date + interval 3 year)""",
    """from events a join enrolled e on a.officer = e.officer and e.date <= a.date
         and a.date < e.date + interval 3 month
       where a.event = 4 and not exists (
         from events w where w.event = 5 and w.officer = a.officer and e.date <= w.date and w.date <= a.date)""",
    """from events x join enrolled e on x.officer = e.officer and x.date < e.date
       where x.event = 3 and x.flag and not exists (
         from events l where l.event = 7 and l.officer = x.officer and l.ref = x.ref and x.date <= l.date
         and l.date + interval 1 year <= e.date)""",
    """from events e join events p on p.officer = e.officer and p.event = 6 and p.date <= e.date
       where e.event = 2 and not exists (
         from events l where l.event = 7 and l.officer = p.officer and l.ref = p.ref and l.date <= e.date)""",
)


def duckdb_judge(data: Coded) -> Callable[[], list[int]]:
    import duckdb
    import pyarrow as pa

    base = duckdb.connect()
    base.execute("set threads = 1")
    columns = {**data.columns, "date": pa.array(data.columns["date"] - EPOCH).cast(pa.date32())}
    base.register("given", pa.table(columns))
    base.execute("create table events as from given")
    base.execute("create view enrolled as from events where event = 1 and flag")
    as_of = str(np.datetime64(AS_OF - EPOCH, "D"))
    queries = [f"select count(distinct e.officer) {query}".replace("$as_of", f"date '{as_of}'") for query in QUERIES]
    return lambda: [base.execute(query).fetchall()[0][0] for query in queries]


# loops, compiled


def numba_judge(data: Coded) -> Callable[[], list[int]]:
    from bench import six_loops

    tables = [_table(months) for months in (36, 3, 12)]
    names = ("event", "date", "flag", "ref")
    quarter_month = _last_month_table()

    def work() -> list[int]:
        broken: Any = six_loops.judge(
            data.offsets, *(data.columns[name] for name in names), AS_OF, TABLE_FIRST, *tables, quarter_month
        )
        return [int(count) for count in broken.sum(axis=1)]

    return work


def _table(months: int) -> Any:
    return np.array(table(AddMonths(months), shipped_calendar(), TABLE_FIRST, TABLE_LAST), dtype=np.int32)


def _last_month_table() -> Any:
    days = (np.arange(TABLE_FIRST, TABLE_LAST + 1) - EPOCH).astype("datetime64[D]")
    return days.astype("datetime64[M]").astype(np.int64) % 3 == 2


def run(quick: bool) -> list[Row]:
    os.environ["POLARS_MAX_THREADS"] = "1"
    officers, runs = (5_000, 3) if quick else (100_000, 7)
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    try:
        return _rows(register(officers), officers, runs)
    finally:
        os.sched_setaffinity(0, before)


def _rows(given: Register, officers: int, runs: int) -> list[Row]:
    data = coded(given, officers)
    ours, pack = our_judge(given)
    engines = {"columns (no code generated)": ours, "Polars, by hand": polars_judge(data)}
    engines["DuckDB, by hand"] = duckdb_judge(data)
    try:
        engines["Numba loops, by hand (the limit)"] = numba_judge(data)
    except ImportError:
        print("  numba is not installed: no loops")
    expected = ours()
    for name, judge in engines.items():
        assert judge() == expected, (name, judge(), expected)
    rows, base = [], 0.0
    for name, judge in engines.items():
        seconds = median(judge, runs)
        base = base or seconds
        ratio = f"{seconds / base:.2f} times the columns"
        rows.append(Row(f"{name}, {officers:,} officers", seconds, per_second(officers, seconds, "officers"), ratio))
    seconds = median(pack, runs)
    note = f"all attributes, {given.events.num_rows:,} events; officers breaking each rule: {expected}"
    return [*rows, Row("packing Arrow into columns", seconds, per_second(officers, seconds, "officers"), note)]
