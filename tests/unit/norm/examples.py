"""Example formulas over the small vocabulary of tests: every pass must handle each of them."""

from __future__ import annotations

from typing import Final

from compliance.norm.parse import parse_expr, parse_signature
from compliance.norm.program import Program, Typed
from compliance.norm.typecheck import RawDefinition, Scope, check_expr, check_program
from compliance.norm.vocabulary import Words
from compliance.source.loc import Place, Source
from tests.randomised_words import NOTIONS, PARAMS, READINGS, VOCABULARY

DEFINITIONS: Final = (
    (
        "last_day(p: quarter_day, q: quarter): date",
        "case bound {exclusive: day p of q - 1 day; inclusive: day p of q}",
        Words("the last day for {p} of {q}", "последний день срока {p} в {q}"),
    ),
    (
        "later(t: date, p: period): date",
        "case rounding {down: t + p rounded down; up: t + p rounded up}",
        Words("{t} plus {p}", "{t} плюс {p}"),
    ),
    ("earlier(t: date, p: period): date", "t - p rounded down", None),
    (
        "of(m: sent, a: act)",
        "m.date <= a.date and (a.quarter is not given or a.quarter = m.quarter)",
        Words("{a} belongs to {m}", "{a} относится к {m}"),
    ),
    ("is_head(w: actor)", "w in {head, president}", None),
    ("same_post(s: position, d: enrolment)", "d.position = s", None),
    ("quiet()", "no report r with r.date <= as_of", Words("nothing was reported", "рапортов не было")),
)

EXAMPLES: Final = (
    "every sent m: m.date <= last_day(send_before, m.quarter)",
    "every enrolment e with not e.regular, every sent m with of(m, e): m.position.listed and e.by = head",
    "some live_penalty p with p.ground in {g1.sub1, g2}: p.date <= as_of",
    "no penalty p with p.grave",
    "no report r",
    "some lifting l",
    "every sent m: m.contents has certificate or not m.contents has photo",
    "every decision d: by later(d.date, notice): some report r with d.date <= r.date",
    "every decision d with d.position.listed: d.date >= d.date + 3 months rounded down implies d.by = officer",
    "every enrolment e: date of first sent m with of(m, e), else never <= e.date",
    "every penalty p: (date of last lifting l with l.ref = p.ref, else as_of) + 14 months rounded up > p.in_force",
    "if officer.serving then quiet() else officer.body = guard",
    "case route {short: true; long: quiet(); none: some report r}",
    "every lifting l: if l.until is given then l.until <= l.date + 10 working days else l.date = never",
    "every lifting l: (if l.until is given then l.until else l.date) <= replaced",
    "every sent m: next_working_day(m.date) < 2026-12-31 and quarter_of(m.date) != 2026Q3",
    "every sent m: day 15 of month 3 of m.quarter > day early of quarter_of(in_force) - 1 day",
    "every sent a, every sent b with a != b: a.date != b.date",
    "every decision d: d.sure = true or d.quarter is not given or is_head(d.by)",
    "every decision d, every sent m: same_post(d.position, d) or m.by not in {other, department}",
    "not (quiet() or officer.host = army) and not officer.serving",
    "every decision d: earlier(d.date, waiting) < d.date and (some sent m with of(m, d)) and not quiet()",
    "every penalty p: p.ref is given implies p.date = p.in_force implies p.ref = p.ref",
)


class Text:
    """A text that knows its places, as a value of a file does."""

    def __init__(self, text: str, name: str = "norm") -> None:
        self.text, self.name = text, name

    def place_at(self, offset: int, length: int = 1) -> Place:
        return Source(self.name, self.text).place_of(offset, length)


def raw(head: str, body: str, words: Words | None = None) -> RawDefinition:
    return RawDefinition(parse_signature(Text(head, head)), parse_expr(Text(body, head)), words)


def example_program() -> Program:
    return check_program(VOCABULARY, NOTIONS, [raw(*each) for each in DEFINITIONS], READINGS, PARAMS)


PROGRAM: Final = example_program()


def typed(text: str) -> Typed:
    """The checked formula of a text over the examples' program."""
    return check_expr(parse_expr(Text(text)), Scope(PROGRAM))
