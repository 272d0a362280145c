"""A register of made-up officers as Arrow tables, written by column; some break the Rules in known ways.

Each officer has one candidacy, a quarter of them a second one; events are in order of officer and day.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
from attrs import define, field, frozen

from compliance.calendar.days import day

EPOCH = 719_163
ITEMS = (
    "representation;qualities;three_year_results;qualification_statement;attestation_decision;"
    "service_record_with_photo;special_check"
)
AS_OF = day(2032, 6, 30)
ACTORS = ("head_of_administration", "department", "first_head", "personnel_unit", "head_of_sgs", "other")
PENALTIES = ("remark", "reprimand", "strict_reprimand", "incomplete_fitness_warning", "rank_reduction_one_step")


@frozen(eq=False)
class Register:
    """The three tables that `pack_table` takes."""

    events: Any
    officers: Any
    positions: Any


@define(eq=False)
class _Writer:
    rng: np.random.Generator
    officers: int
    parts: list[dict[str, Any]] = field(factory=list)

    def chance(self, share: float) -> Any:
        return self.rng.random(self.officers) < share

    def days(self, lo: int, hi: int) -> Any:
        return self.rng.integers(lo, hi + 1, self.officers)

    def choice(self, values: tuple[str, ...], weights: tuple[float, ...]) -> Any:
        return np.array(values, dtype=object)[self.rng.choice(len(values), self.officers, p=weights)]

    def add(self, event: str, where: Any, date: Any, /, **attributes: Any) -> None:
        rows = np.flatnonzero(where & (date <= AS_OF))
        part: dict[str, Any] = {"officer": rows, "event": event, "date": date[rows]}
        for name, value in attributes.items():
            part[name] = value[rows] if isinstance(value, np.ndarray) else value
        self.parts.append(part)

    def table(self, unknown: float) -> Any:
        sizes = [len(part["officer"]) for part in self.parts]
        officer = np.concatenate([part["officer"] for part in self.parts])
        date = np.concatenate([part["date"] for part in self.parts])
        order = np.lexsort((date, officer))
        names = sorted({name for part in self.parts for name in part} - {"officer", "date"})
        columns: dict[str, Any] = {"officer_id": _ids(officer[order])}
        for name in names:
            cells = [
                np.broadcast_to(np.asarray(part.get(name), dtype=object), size)
                for part, size in zip(self.parts, sizes, strict=True)
            ]
            columns[name] = pa.array(np.concatenate(cells)[order]).dictionary_encode()
        ordered = date[order]
        columns["date"] = _dates(ordered)
        if unknown:
            spread = np.where(self.rng.random(len(ordered)) < unknown, self.rng.integers(1, 40, len(ordered)), 0)
            columns["date_last"] = _dates(np.minimum(ordered + spread, AS_OF))
        return pa.table(columns)


def register(officers: int, seed: int = 1, unknown: float = 0.0) -> Register:
    """A register of so many officers; `unknown` is the share of days that are uncertain."""
    write = _Writer(np.random.default_rng(seed), officers)
    posts = np.array([f"post{n}" for n in range(40)], dtype=object)
    sgs = write.chance(0.15)
    body = np.where(sgs, "sgs", write.choice(("knb", "syrbar"), (0.7, 0.3)))
    start = _sending_day(write, 0, 14)
    submitter = np.where(sgs, "head_of_sgs", "department").astype(object)
    _candidacy(write, posts, start, write.chance(0.97), submitter)
    again = _sending_day(write, 14, 22)
    _candidacy(write, posts, again, write.chance(0.25), submitter)
    _conduct(write, start)
    officer = pa.table({"officer_id": _ids(np.arange(officers)), "body": pa.array(body).dictionary_encode()})
    return Register(write.table(unknown), officer, _posts(posts))


def _sending_day(write: _Writer, first: int, last: int) -> Any:
    """A day in one of the quarters from 2025Q3 on; one in fifty too late in its quarter."""
    months = (np.datetime64("2025-07") + 3 * write.days(first, last)).astype("datetime64[D]").astype(np.int64) + EPOCH
    return months + np.where(write.chance(0.02), write.days(60, 85), write.days(0, 55))


def _years_later(days: Any, years: int) -> Any:
    """The anniversary (the bench leaves 29 February to March)."""
    date = (days - EPOCH).astype("datetime64[D]")
    month = date.astype("datetime64[M]")
    return (month + 12 * years).astype("datetime64[D]").astype(np.int64) + (date - month).astype(np.int64) + EPOCH


def _candidacy(write: _Writer, posts: Any, start: Any, where: Any, submitter: Any) -> None:
    post = posts[write.rng.integers(0, len(posts), write.officers)]
    head = np.where(write.chance(0.01), "other", "head_of_administration").astype(object)
    write.add("qualification_assessment", where, start - write.days(5, 90), position=post, meets="true")
    write.add("attestation", where & write.chance(0.97), start - write.days(20, 400), outcome="conforms")
    items = np.where(write.chance(0.03), ITEMS.replace(";special_check", ""), ITEMS).astype(object)
    write.add("materials_sent", where, start, by="first_head", signed_by="first_head", contents=items, position=post,
              to="head_of_administration")  # fmt: skip
    defect = where & write.chance(0.08)
    write.add("defect_found", defect, start + 1, item="qualities")
    write.add("defect_cured", defect & write.chance(0.8), start + write.days(2, 8), item="qualities")
    checked = start + write.days(2, 12)
    write.add("materials_checked", where & write.chance(0.98), checked)
    formed = checked + write.days(0, 8)
    write.add("list_formed", where & write.chance(0.99), formed)
    write.add("secretary_agreement", where & write.chance(0.98), formed + write.days(0, 6))
    submitted = formed + write.days(4, 20)
    write.add("list_submitted", where, submitted, by=submitter, to="head_of_administration")
    decided = submitted + np.where(write.chance(0.01), -2, write.days(0, 20))
    outcome = np.where(write.chance(0.9), "enrol", "refuse").astype(object)
    write.add("reserve_decision", where, decided, outcome=outcome, by=head, position=post)
    enrolled = where & (outcome == "enrol")
    write.add(
        "heads_informed", enrolled & write.chance(0.97), decided + np.where(write.chance(0.03), 15, write.days(0, 3))
    )
    extract = decided + write.days(1, 20)
    told = enrolled & write.chance(0.9)
    write.add("extract_received", told, extract)
    write.add("officer_notified", told & write.chance(0.98), extract + write.days(0, 12))
    _stay(write, post, decided, enrolled)


def _stay(write: _Writer, post: Any, decided: Any, enrolled: Any) -> None:
    appointed = decided + write.days(20, 1_300)
    write.add("stay_waiver", enrolled & write.chance(0.05), decided + write.days(5, 60), by="head_of_administration")
    named = enrolled & write.chance(0.4)
    write.add("appointment_proposed", named, appointed - write.days(3, 40), position=post)
    write.add("appointment", named, appointed, position=post, by="president")
    write.add("acting_duty", enrolled & write.chance(0.1), decided + write.days(10, 900), position=post, basis="p17")
    write.add("training", enrolled & write.chance(0.3), decided + write.days(10, 900), place="academy")
    out = _years_later(decided, 3) + np.where(write.chance(0.02), write.days(-20, 20), 0)
    gone = enrolled & write.chance(0.98)
    write.add("exclusion_materials", gone & write.chance(0.98), out, by="personnel_unit")
    write.add("exclusion_decision", gone, out, by="head_of_administration", ground="p18.sub5")


def _conduct(write: _Writer, start: Any) -> None:
    ref = np.array([f"order-{n}" for n in range(write.officers)], dtype=object)
    punished = write.chance(0.12)
    imposed = start + write.days(-700, 1_200)
    kind = write.choice(PENALTIES, (0.4, 0.3, 0.15, 0.1, 0.05))
    corrupt = np.where(write.chance(0.1), "true", "false").astype(object)
    write.add("penalty", punished, imposed, ref=ref, kind=kind, corruption=corrupt)
    write.add("penalty_lifted", punished & write.chance(0.8), imposed + write.days(30, 400), ref=ref)
    grave = punished & ((kind == PENALTIES[3]) | (kind == PENALTIES[4])) & (imposed > start)
    write.add("exclusion_materials", grave, imposed + write.days(3, 20), by="personnel_unit")
    write.add("exclusion_decision", grave, imposed + write.days(20, 40), by="head_of_administration",
              ground="p18.sub3", ref=ref)  # fmt: skip
    liable = write.chance(0.02)
    write.add("administrative_liability", liable, start + write.days(-300, 900), by_court="true", intentional="true")
    write.add("exclusion_request", write.chance(0.02), start + write.days(100, 900))
    write.add("dismissal", write.chance(0.02), start + write.days(100, 1_500))
    away = write.chance(0.04)
    sent = start - write.days(10, 500)
    write.add("secondment_start", away, sent, host="state_body")
    write.add("secondment_end", away & write.chance(0.5), sent + write.days(100, 700))
    write.add("transfer", write.chance(0.02), start + write.days(100, 1_200), to="armed_forces")
    write.add("demotion", write.chance(0.02), start + write.days(100, 1_200), by_attestation="true")


def _posts(posts: Any) -> Any:
    count = len(posts)
    return pa.table({
        "position": pa.array(list(posts)),
        "listed": pa.array([n % 20 != 7 for n in range(count)]),
        "first_head": pa.array([n % 40 == 11 for n in range(count)]),
        "higher": pa.array([n % 3 != 2 for n in range(count)]),
    })  # fmt: skip


def _ids(numbers: Any) -> Any:
    known, places = np.unique(numbers, return_inverse=True)
    words = pa.array([f"A-{n:07d}" for n in known.tolist()])
    return pa.DictionaryArray.from_arrays(pa.array(places.astype(np.int32)), words)


def _dates(ordinals: Any) -> Any:
    return pa.array((ordinals - EPOCH).astype(np.int32)).cast(pa.date32())
