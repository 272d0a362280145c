"""Reports made by hand, for the tests of the renderers."""

from __future__ import annotations

from compliance.norm.vocabulary import Words
from compliance.report.book import Book
from compliance.source.diagnostic import Diagnostic
from compliance.source.loc import spot
from compliance.verdict import (
    Change,
    CheckReport,
    Duty,
    Evidence,
    Missing,
    NoticeFinding,
    Proposal,
    Result,
    UnitFinding,
    Unmet,
)

P10 = Words("part one of point 10", "часть первая пункта 10")
P13 = Words("point 13", "пункт 13")
P20 = Words("point 20", "пункт 20")

BOOK = Book(
    texts={
        "p10.part1": Words(
            "10. Up to the 1st day of the last month of the respective quarter the lists of employees recommended for"
            " enrolment in the Presidential personnel reserve are to be sent to the Presidential Administration of the"
            " Republic of Kazakhstan.",
            "10. До 1 числа последнего месяца соответствующего квартала списки сотрудников, рекомендованных для"
            " зачисления в Президентский кадровый резерв, подлежат направлению в Администрацию Президента Республики"
            " Казахстан.",
        )
    },
    questions={"until_date": Words("is the named day itself still in time", "входит ли названный день в срок")},
    values={
        "until_date": {
            "exclusive": Words("the day before is the last", "последний - предшествующий день"),
            "inclusive": Words("the named day is the last", "последний - сам названный день"),
        }
    },
)

SENT = Evidence(
    "materials_sent", 0, "2026-12-02", 7, Words("materials sent on 2026-12-02", "материалы направлены 2026-12-02")
)

LATE = UnitFinding(
    unit="p10.part1",
    norm="p10.part1.deadline",
    verdict="violated",
    citation=P10,
    because=(SENT,),
    says=(
        Words(
            "sent on 2026-12-02; the last day was 2026-11-30", "направлено 2026-12-02; последний день был 2026-11-30"
        ),
    ),
    detail=(Words("2026-12-02 is later than 2026-11-30", "2026-12-02 позже, чем 2026-11-30"),),
    repair=(
        Change(
            "events[0].date",
            "2026-11-30",
            "2026-12-02",
            Words("send the materials two days earlier", "направить материалы на два дня раньше"),
        ),
    ),
)

CONTESTED = UnitFinding(
    unit="p10.part1",
    norm="p10.part1.deadline",
    verdict="violated",
    citation=P10,
    robust=False,
    depends_on={"until_date": {"exclusive": "violated", "inclusive": "compliant"}},
    because=(SENT,),
    says=(
        Words(
            "sent on 2026-12-01; the last day was 2026-11-30", "направлено 2026-12-01; последний день был 2026-11-30"
        ),
    ),
)

WAITING = UnitFinding(
    unit="p20", norm="p20", verdict="undetermined", citation=P20, robust=False,
    combination={"p20_start": "exclusion", "removal": "lifting"}, projected=True,
    says=(Words("the day of removal is not known", "день устранения оснований неизвестен"),),
)  # fmt: skip

NOTIFY = Duty(
    unit="p13",
    norm="p13",
    by="2027-02-05",
    bearer=("personnel_unit",),
    bearer_words=Words("the personnel unit of the officer's body", "кадровое подразделение органа сотрудника"),
    citation=P13,
)


def compliant(file: str = "scenarios/compliant/ordinary.yaml", officer: str = "A-17", **changes: object) -> Result:
    fields = {
        "file": file, "officer": officer, "title": Words("An ordinary enrolment", "Обычное зачисление"), "law": "2025",
        "as_of": "2026-12-12", "verdict": "compliant", "robust": True, "depends_on": {}, "units": (), "all_units": (),
        "expected": True,
    }  # fmt: skip
    return Result(**{**fields, **changes})  # type: ignore[arg-type]


def violated(file: str = "scenarios/violating/late.yaml", **changes: object) -> Result:
    title = Words("Lists sent on the second day of the last month", "Списки направлены второго числа последнего месяца")
    units = (LATE,)
    fields = {"verdict": "violated", "title": title, "units": units, "all_units": units, **changes}
    return compliant(file, **fields)  # type: ignore[arg-type]


def contested(**changes: object) -> Result:
    units = (CONTESTED,)
    fields = {
        "verdict": "violated", "title": None, "robust": False, "units": units, "all_units": units, "expected": False,
        "depends_on": CONTESTED.depends_on, **changes,
    }  # fmt: skip
    return compliant("scenarios/violating/first-day.yaml", "B-2", **fields)


def pending(**changes: object) -> Result:
    ahead = Duty(
        "p14.part1",
        "p14.part1",
        "2029-01-20",
        (),
        Words("", ""),
        Words("part one of point 14", "часть первая пункта 14"),
    )
    fields = {
        "verdict": "pending",
        "title": None,
        "pending": (NOTIFY,),
        "ahead": (ahead,),
        "expected": False,
        **changes,
    }
    return compliant("scenarios/open/notice.yaml", "C-3", **fields)


def undetermined(**changes: object) -> Result:
    missing = Missing("events[3].date", Words("the day of the removal", "день устранения оснований"), 12, ("p20",))
    notice = NoticeFinding(
        "lifted_before_imposed", "contradiction", ("p8.part2.sub3",),
        Words("the penalty of 2026-02-01 was lifted on 2026-01-01, before it was imposed",
              "взыскание от 2026-02-01 снято 2026-01-01, до наложения"),
    )  # fmt: skip
    proposal = Proposal("not_yet", "2027-05-05", ("p20",), (LATE,))
    fields = {
        "verdict": "undetermined", "title": None, "robust": False, "units": (WAITING,), "all_units": (WAITING,),
        "missing": (missing,), "notices": (notice,), "proposal": proposal,
        "unmet": (Unmet("verdict", "compliant", "undetermined"), Unmet("units", "", "p20")), **changes,
    }  # fmt: skip
    return compliant("scenarios/open/removal.yaml", "D-4", **fields)


PROBLEM = Diagnostic(
    "source.unknown-word",
    spot("scenarios/broken.yaml", 3, 12, 13),
    {"word": "materials_snt"},
    ("materials_sent",),
    "materials_sent",
)

NOT_CHECKED = (
    ("p10.part3", Words("no record shows how the list was drawn up", "записи не показывают, как составлен список")),
)


def full() -> CheckReport:
    """One result of every kind, and a file that could not be read."""
    results = (compliant(), violated(), contested(), pending(), undetermined())
    return CheckReport(results, NOT_CHECKED, (PROBLEM,))


def hostile() -> Result:
    """A result whose words try to be markup of every kind."""
    nasty = "<script>alert(1)</script> [bold red]x[/] | & \" ' `y` %0A::error\nnew"
    words = Words(nasty, nasty)
    finding = UnitFinding("p10.part1", "p10.part1", "violated", words, says=(words,), because=(
        Evidence("materials_sent", 0, "2026-12-02", 7, words),
    ), repair=(Change("events[0].date", nasty, nasty, words),))  # fmt: skip
    return violated(file=nasty, officer=nasty, title=words, units=(finding,), all_units=(finding,))
