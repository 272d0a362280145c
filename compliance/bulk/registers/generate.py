"""A register of made-up officers with a fixed seed: careers that keep the Rules, and known violations in some of them.

Every officer is a story of his own seed, so that the first thousand are the same in a register of any size.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any, Final

from attrs import define, field, frozen

from compliance.calendar.days import add_months, day, format_iso
from compliance.source.diagnostic import Collector

AS_OF: Final = day(2030, 3, 31)
POSTS: Final = 40
SHARE: Final = 0.08
"""How many officers have a seeded violation."""
ITEMS: Final = (
    "representation", "qualities", "three_year_results", "qualification_statement", "attestation_decision",
    "service_record_with_photo", "special_check",
)  # fmt: skip
COLUMNS: Final = (
    "officer_id", "event", "date", "by", "to", "signed_by", "position", "outcome", "meets", "contents", "item", "place",
    "basis", "kind", "ref", "corruption", "ground", "by_attestation", "body", "listed", "first_head", "higher",
)  # fmt: skip

Row = dict[str, str]


@frozen
class Plan:
    """The days of one candidacy; a seeded violation moves one of them."""

    sent: int
    checked: int
    formed: int
    agreed: int
    submitted: int
    decided: int
    informed: int
    extract: int
    notified: int


@define
class Story:
    """One officer's rows, and the units that he was made to break."""

    id: str
    rng: Random
    rows: list[Row] = field(factory=list)
    broken: tuple[str, ...] = ()

    def add(self, event: str, date: int, **attributes: str) -> None:
        if date <= AS_OF:
            self.rows.append({"officer_id": self.id, "event": event, "date": format_iso(date), **attributes})

    def drop(self, event: str) -> None:
        self.rows = [row for row in self.rows if row["event"] != event]

    def change(self, event: str, **attributes: str) -> None:
        for row in self.rows:
            if row["event"] == event:
                row.update(attributes)


def stories(officers: int, seed: int) -> Iterator[Story]:
    """The officers' stories, one after the other."""
    for number in range(officers):
        yield story(number, seed)


def story(number: int, seed: int) -> Story:
    rng = Random(seed * 1_000_003 + number)
    made = Story(f"A-{number + 1:07d}", rng)
    sgs = rng.random() < 0.15
    body = "sgs" if sgs else rng.choice(("knb", "knb", "syrbar"))
    made.rows.append({"officer_id": made.id, "event": "profile", "body": body})
    post = f"post-{rng.randrange(POSTS):02d}"
    plan = plan_of(rng)
    old = plan.decided + 120 <= AS_OF
    breach = rng.choice(BREACHES) if rng.random() < SHARE and not sgs and old else None
    candidacy(made, plan, post, sgs)
    stay(made, plan, post, breach)
    if breach is not None:
        breach(made, plan, post)
    made.rows[1:] = sorted(made.rows[1:], key=lambda row: row["date"])
    return made


def plan_of(rng: Random) -> Plan:
    """The days of a candidacy in one of the quarters from 2025Q3 to 2030Q1; the last ones are still under way."""
    year, quarter = divmod(rng.randrange(19) + 2, 4)
    first = day(2025 + year, 3 * quarter + 1, 1)
    last_month = day(2025 + year, 3 * quarter + 3, 1)
    sent = rng.randrange(first + 5, last_month - 5)
    checked = sent + rng.randrange(2, 10)
    formed = last_month + rng.randrange(15, 24)
    submitted = formed + rng.randrange(3, 12)
    decided = submitted + rng.randrange(2, 20)
    extract = decided + rng.randrange(1, 10)
    agreed, informed = formed + rng.randrange(1, 3), decided + rng.randrange(0, 8)
    return Plan(sent, checked, formed, agreed, submitted, decided, informed, extract, extract + rng.randrange(0, 8))


def candidacy(made: Story, plan: Plan, post: str, sgs: bool) -> None:
    rng, head = made.rng, "head_of_sgs" if sgs else "first_head"
    made.add("attestation", plan.sent - rng.randrange(30, 360), outcome="conforms")
    made.add("qualification_assessment", plan.sent - rng.randrange(3, 28), position=post, meets="true")
    made.add("materials_sent", plan.sent, by=head, signed_by=head, to="head_of_administration", position=post,
             contents=";".join(ITEMS))  # fmt: skip
    if rng.random() < 0.1:
        made.add("defect_found", plan.sent + 1, item="qualities")
        made.add("defect_cured", plan.checked, item="qualities")
    made.add("materials_checked", plan.checked)
    made.add("list_formed", plan.formed)
    made.add("secretary_agreement", plan.agreed)
    if sgs:
        made.add("list_submitted", plan.submitted, by="head_of_sgs", to="head_of_administration")
    if not sgs or rng.random() < 0.85:  # its head's submission alone is enough under one reading only
        made.add("list_submitted", plan.submitted, by="department", to="head_of_administration")
    made.add("reserve_decision", plan.decided, outcome="enrol", by="head_of_administration", position=post)
    made.add("heads_informed", plan.informed)
    made.add("extract_received", plan.extract)
    made.add("officer_notified", plan.notified)


def stay(made: Story, plan: Plan, post: str, breach: Any) -> None:
    """What happens in a stay, up to its lawful end: the three years run out for few, most leave before on a ground."""
    rng, end = made.rng, add_months(plan.decided, 36, "down")
    leaving = rng.random()
    out = end if breach is stayed_too_long or leaving < EXPIRES else rng.randrange(plan.decided + 240, end - 30)
    if breach is None:
        if rng.random() < 0.35:
            appointed = rng.randrange(plan.decided + 100, out - 30)
            made.add("appointment_proposed", appointed - rng.randrange(3, 20), position=post)
            made.add("appointment", appointed, position=post, by="president")
        if rng.random() < 0.15:
            lapsed = plan.sent - rng.randrange(300, 700)
            ref = f"order-{made.id[2:]}"
            made.add("penalty", lapsed, ref=ref, kind=rng.choice(("remark", "reprimand")))
            made.add("penalty_lifted", lapsed + rng.randrange(30, 200), ref=ref)
    if rng.random() < 0.3:
        made.add("training", rng.randrange(plan.decided, out), place="academy")
    ground = "p18.sub5" if out == end else ground_of(made, out - rng.randrange(8, 20))
    made.add("exclusion_materials", out if out == end else out - 3, by="personnel_unit")
    made.add("exclusion_decision", out, by="head_of_administration", ground=ground)


EXPIRES: Final = 0.04
"""How many stays last the whole three years."""
GROUNDS: Final[tuple[tuple[str, int, str, Mapping[str, str]], ...]] = (
    ("p18.sub4", 50, "exclusion_request", {}), ("p18.sub6", 20, "dismissal", {}),
    ("p18.sub7", 18, "transfer", {"to": "law_enforcement"}), ("p18.sub8", 12, "demotion", {"by_attestation": "true"}),
)  # fmt: skip


def ground_of(made: Story, date: int) -> str:
    """Adds the event that becomes the ground of an exclusion; the unit that names it."""
    ((ground, _, event, attributes),) = made.rng.choices(GROUNDS, [weight for _, weight, _, _ in GROUNDS])
    made.add(event, date, **attributes)
    return ground


# --- seeded violations: each says which units it breaks ---------------------------------------------------------------


def sent_late(made: Story, plan: Plan, post: str) -> None:
    """Sent on a day of the quarter's last month, and checked and listed after that."""
    late = plan.formed - 12
    made.change("materials_sent", date=format_iso(late))
    made.drop("defect_found")
    made.drop("defect_cured")
    made.change("materials_checked", date=format_iso(late + 1))
    made.broken = ("p10.part1",)


def checked_late(made: Story, plan: Plan, post: str) -> None:
    made.change("materials_checked", date=format_iso(plan.formed))
    made.drop("defect_found")
    made.drop("defect_cured")
    made.broken = ("p11.sub1",)


def approved_first(made: Story, plan: Plan, post: str) -> None:
    """Submitted only after the decision."""
    made.change("list_submitted", date=format_iso(plan.decided + 3))
    made.broken = ("p5.part1",)


def no_agreement(made: Story, plan: Plan, post: str) -> None:
    made.drop("secretary_agreement")
    made.broken = ("p5.part1", "p12.part1")


def wrong_decider(made: Story, plan: Plan, post: str) -> None:
    made.change("reserve_decision", by="first_head")
    made.broken = ("p5.part1", "p12.part2")


def notified_late(made: Story, plan: Plan, post: str) -> None:
    made.change("officer_notified", date=format_iso(plan.extract + 40))
    made.broken = ("p13",)


def informed_late(made: Story, plan: Plan, post: str) -> None:
    made.change("heads_informed", date=format_iso(plan.decided + 40))
    made.broken = ("p11.sub3",)


def appointed_early(made: Story, plan: Plan, post: str) -> None:
    made.add("appointment", plan.decided + 45, position="post-00", by="president")
    made.broken = ("p14.part2",)


def stayed_too_long(made: Story, plan: Plan, post: str) -> None:
    end = add_months(plan.decided, 36, "down") + 60
    if end > AS_OF:
        return notified_late(made, plan, post)
    made.change("exclusion_materials", date=format_iso(end))
    made.change("exclusion_decision", date=format_iso(end))
    made.broken = ("p14.part1",)
    return None


def papers_short(made: Story, plan: Plan, post: str) -> None:
    made.change("materials_sent", contents=";".join(item for item in ITEMS if item != "special_check"))
    made.broken = ("p10.part2.sub3",)


def punished(made: Story, plan: Plan, post: str) -> None:
    """A penalty in force on the day of sending."""
    ref = f"order-{made.id[2:]}"
    made.add("penalty", plan.sent - 40, ref=ref, kind="reprimand")
    made.add("penalty_lifted", plan.sent + 100, ref=ref)
    made.broken = ("p8.part2.sub3",)


BREACHES: Final = (
    sent_late, checked_late, approved_first, no_agreement, wrong_decider, notified_late, informed_late, appointed_early,
    stayed_too_long, papers_short, punished,
)  # fmt: skip


# --- files --------------------------------------------------------------------------------------------------------


def posts() -> Iterator[Row]:
    """The posts, as rows of the register; the first two are first heads' posts and none of the officers'."""
    for number in range(POSTS):
        yield {
            "event": "position", "position": f"post-{number:02d}", "listed": "true", "first_head": "false",
            "higher": "true" if number % 3 != 2 else "false",
        }  # fmt: skip


def rows_of(officers: int, seed: int, messy: bool, broken: list[tuple[str, str]]) -> Iterator[Row]:
    yield from posts()
    for made in stories(officers, seed):
        broken += [(made.id, unit) for unit in made.broken]
        yield from made.rows
        if messy and made.rng.random() < 0.02:
            yield mess(made)


def mess(made: Story) -> Row:
    """A row such as registers have: a slip in the event, an impossible or a foreign date, a repeated row."""
    row = made.rng.choice(made.rows[1:])
    wrong: Sequence[Mapping[str, str]] = (
        {"event": row["event"][:-1]}, {"date": "2026-02-30"}, {"date": "31.12.2026"}, {"date": ""}, {},
        {"officer_id": ""}, {"by": "somebody"},
    )  # fmt: skip
    return {**row, **made.rng.choice(wrong)}


def write_register(path: Path, officers: int, seed: int = 1, messy: bool = False, answers: Path | None = None) -> int:
    """Writes a CSV or Parquet file by its ending; the number of rows. `answers` gets the seeded violations."""
    for each in (path, *([answers] if answers else [])):
        if each.exists():
            Collector().fail("audit.already-there", None, path=str(each))
    if path.suffix not in (".csv", ".parquet"):
        Collector().fail("audit.unknown-format", None, expected=(".csv", ".parquet"), path=str(path))
    broken: list[tuple[str, str]] = []
    rows = rows_of(officers, seed, messy, broken)
    try:
        count = _csv(path, COLUMNS, rows) if path.suffix == ".csv" else _parquet(path, rows)
        if answers is not None:
            pairs = ({"officer_id": officer, "unit": unit} for officer, unit in broken)
            _csv(answers, ("officer_id", "unit"), pairs)
    except OSError as error:
        Collector().fail("audit.cannot-write", None, path=str(path), text=error.strerror or str(error))
    return count


def _csv(path: Path, columns: Sequence[str], rows: Iterator[Row]) -> int:
    temporary, count = path.with_name(f".{path.name}.tmp"), 0
    with open(temporary, "w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, restval="", lineterminator="\n")
        writer.writeheader()
        for row in rows:
            writer.writerow(row)
            count += 1
    temporary.replace(path)
    return count


def _parquet(path: Path, rows: Iterator[Row]) -> int:
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema, temporary = pa.schema([(name, pa.string()) for name in COLUMNS]), path.with_name(f".{path.name}.tmp")
    count, waiting = 0, list[Row]()
    with pq.ParquetWriter(temporary, schema, compression="zstd") as writer:
        for row in rows:
            waiting.append({name: value for name, value in row.items() if value})
            count += 1
            if len(waiting) >= 200_000:
                writer.write_table(pa.Table.from_pylist(waiting, schema))
                waiting = []
        writer.write_table(pa.Table.from_pylist(waiting, schema))
    temporary.replace(path)
    return count
