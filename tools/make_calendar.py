"""Writes model/calendar/KZ-YYYY.yaml from the law on holidays, the acts that moved days, and the moon.

Not part of the package. The files it writes are the data: they are reviewed by hand, and a later act is entered in
the file itself. Run it again only to lay out anew what the tables below say: `python tools/make_calendar.py DIR`.
The reasons are in docs/decisions/0020-calendar.md.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

YEARS = range(2013, 2061)
LAST_CONFIRMED = 2026

# month, day, first year, last year, English, Russian, act; national and state holidays (Law No. 267-II, arts. 2, 3)
HOLIDAYS = (
    (1, 1, 2002, 9999, "New Year", "Новый год", "holidays-law"),
    (1, 2, 2002, 9999, "New Year", "Новый год", "holidays-law"),
    (3, 8, 2002, 9999, "International Women's Day", "Международный женский день", "holidays-law"),
    (3, 15, 2027, 9999, "Constitution Day", "День Конституции", "constitution-2026"),
    (3, 21, 2010, 9999, "Nauryz", "Наурыз мейрамы", "holidays-law"),
    (3, 22, 2002, 9999, "Nauryz", "Наурыз мейрамы", "holidays-law"),
    (3, 23, 2010, 9999, "Nauryz", "Наурыз мейрамы", "holidays-law"),
    (5, 1, 2002, 9999, "People's Unity Day", "Праздник единства народа Казахстана", "holidays-law"),
    (5, 7, 2013, 9999, "Defender of the Fatherland Day", "День защитника Отечества", "holidays-law"),
    (5, 9, 2002, 9999, "Victory Day", "День Победы", "holidays-law"),
    (7, 6, 2009, 9999, "Capital Day", "День Столицы", "holidays-law"),
    (8, 30, 2002, 2025, "Constitution Day", "День Конституции", "holidays-law"),
    (10, 25, 2022, 9999, "Republic Day", "День Республики", "holidays-law-2022"),
    (12, 1, 2012, 2021, "Day of the First President", "День Первого Президента", "holidays-law"),
    (12, 16, 2002, 9999, "Independence Day", "День Независимости", "holidays-law"),
    (12, 17, 2002, 2021, "Independence Day", "День Независимости", "holidays-law"),
)

# the day off given, the day of the weekend worked for it, the act
MOVED = (
    ("2013-05-10", "2013-05-04", "government-2013-345"),
    ("2013-10-14", "2013-10-12", "government-2013-1068"),
    ("2014-01-03", "2013-12-28", "government-2013-1322"),
    ("2014-05-02", "2014-05-04", "government-2014-365"),
    ("2014-05-08", "2014-05-11", "government-2014-365"),
    ("2016-03-07", "2016-03-05", "government-2016-67"),
    ("2017-03-20", "2017-03-18", "government-2017-5"),
    ("2017-07-07", "2017-07-01", "government-2017-5"),
    ("2018-03-09", "2018-03-03", "government-2017-864"),
    ("2018-04-30", "2018-04-28", "government-2017-864"),
    ("2018-05-08", "2018-05-05", "government-2017-864"),
    ("2018-08-31", "2018-08-25", "government-2017-864"),
    ("2018-12-31", "2018-12-29", "government-2017-864"),
    ("2019-05-10", "2019-05-04", "government-2018-888"),
    ("2020-01-03", "2020-01-05", "government-2019-820"),
    ("2020-05-08", "2020-05-11", "government-2019-820"),
    ("2020-12-18", "2020-12-20", "government-2019-820"),
    ("2021-07-05", "2021-07-03", "government-2020-930"),
    ("2022-03-07", "2022-03-05", "government-2021-713"),
    ("2022-08-29", "2022-08-27", "government-2021-713"),
    ("2022-10-24", "2022-10-22", "government-2022-796"),
    ("2023-07-07", "2023-07-01", "government-2023-326"),
    ("2024-05-08", "2024-05-04", "labour-ministry-2024-may"),
    ("2025-01-03", "2025-01-05", "labour-ministry-2025-january"),
)

# the first day of Kurban Ait as it was celebrated; 2026 as announced, with a day's reservation either way
KURBAN_AIT = {
    int(text[:4]): date.fromisoformat(text)
    for text in (
        "2013-10-15 2014-10-04 2015-09-24 2016-09-12 2017-09-01 2018-08-21 2019-08-11 "
        "2020-07-31 2021-07-20 2022-07-09 2023-06-28 2024-06-16 2025-06-06 2026-05-27"
    ).split()
}

LABOUR_CODE_OF_2015 = 2016

HEADER = "# The five-day week: Saturdays and Sundays are off without being listed, unless they stand under `worked`."
NOTES: dict[str, list[str]] = {
    "confirmed": [],
    "projected": [
        "# Projected from the statute: which days off will be moved is not known; the day of Kurban Ait is computed",
        "# and may fall a day earlier or later.",
    ],
}
NOTE_OF_2026 = [
    "# Kurban Ait stands as announced in November 2025, with a day's reservation either way; no act that moves a day",
    "# off in 2026 is known. 30 August was last a holiday in 2025; Constitution Day is 15 March from 2027 on.",
]
DAY = timedelta(days=1)


def new_moon(lunation: int) -> datetime:
    """The conjunction of a lunation counted from January 2000, in universal time, to some minutes.

    Meeus, Astronomical Algorithms, chapter 49, the larger terms.
    """
    k, t = float(lunation), lunation / 1236.85
    sun = math.radians(2.5534 + 29.1053567 * k)
    moon = math.radians(201.5643 + 385.81693528 * k + 0.0107582 * t * t)
    node = math.radians(160.7108 + 390.67050284 * k - 0.0016118 * t * t)
    terms = (
        (-0.40720, moon), (0.17241, sun), (0.01608, 2 * moon), (0.01039, 2 * node), (0.00739, moon - sun),
        (-0.00514, moon + sun), (0.00208, 2 * sun), (-0.00111, moon - 2 * node), (-0.00057, moon + 2 * node),
        (0.00056, 2 * moon + sun), (-0.00042, 3 * moon), (0.00042, sun + 2 * node), (0.00038, sun - 2 * node),
    )  # fmt: skip
    days = 5.09766 + 29.530588861 * k + 0.00015437 * t * t + sum(size * math.sin(angle) for size, angle in terms)
    return datetime(2000, 1, 1, 12, tzinfo=UTC) + timedelta(days=days - 70 / 86400)


def feast_after(moon: datetime) -> date:
    """The tenth day of the month of a new moon.

    The month begins on the day after a conjunction that comes before 13:00, on the second day after a later one. This
    gives 12 of the 14 days of 2013-2026 and is a day early in 2015 and 2016.
    """
    return moon.date() + (10 if moon.hour < 13 else 11) * DAY


def kurban_aits(year: int) -> list[date]:
    """The first days of Kurban Ait in a year: known, or computed (two fall into 2039)."""
    if year in KURBAN_AIT:
        return [KURBAN_AIT[year]]
    months = round((KURBAN_AIT[2026] - date(2000, 1, 6)).days / 29.530588861)
    feasts = (feast_after(new_moon(months + 12 * years)) for years in range(1, 40))
    return [feast for feast in feasts if feast.year == year]


def holidays_of(year: int) -> list[tuple[date, str, str, str]]:
    return [
        (date(year, month, day), en, ru, act)
        for month, day, since, until, en, ru, act in HOLIDAYS
        if since <= year <= until
    ]


def substitutes(year: int, taken: set[date]) -> Iterator[tuple[date, date, str, str]]:
    """For each holiday on a weekend the next day that would have been worked (Law No. 267-II, art. 5)."""
    for holiday, en, ru, _ in holidays_of(year):
        if holiday.weekday() < 5:
            continue
        day = holiday + DAY
        while day.weekday() >= 5 or day in taken:
            day += DAY
        taken.add(day)
        yield day, holiday, en, ru


def entry(day: date, en: str, ru: str, act: str, **more: str) -> tuple[date, str]:
    fields = {"date": day.isoformat(), "name_en": en, "name_ru": ru, "act": act, **more}
    return day, "  - {" + ", ".join(f"{key}: {value}" for key, value in fields.items()) + "}"


def days_off(year: int) -> list[tuple[date, str]]:
    code = "labour-code-2015-84" if year >= LABOUR_CODE_OF_2015 else "labour-code-2007-96"
    found = [entry(*holiday) for holiday in holidays_of(year)]
    found.append(entry(date(year, 1, 7), "Orthodox Christmas", "Православное Рождество", code))
    for feast in kurban_aits(year):
        unsure = {"status": "projected", "between": f"[{feast - DAY}, {feast + DAY}]"} if year >= 2026 else {}
        found.append(entry(feast, "First day of Kurban Ait", "Первый день Курбан-айта", code, **unsure))
    for given, worked, act in MOVED:
        if given.startswith(str(year)):
            names = "Moved day off", "Перенесенный день отдыха"
            found.append(entry(date.fromisoformat(given), *names, act, instead_of=worked))
    taken = {day for day, _ in found}
    for day, holiday, en, ru in substitutes(year, taken):
        names = f"Day off for {en}", f"Выходной за праздник ({ru})"
        found.append(entry(day, *names, "holidays-law-5", instead_of=holiday.isoformat()))
    return sorted(found)


def text_of(year: int) -> str:
    status = "confirmed" if year <= LAST_CONFIRMED else "projected"
    lines = [HEADER, *(NOTES[status] if year != LAST_CONFIRMED else NOTE_OF_2026)]
    lines += [f"year: {year}", f"status: {status}", "days_off:"]
    lines += [line for _, line in days_off(year)]
    worked = sorted((worked, given, act) for given, worked, act in MOVED if worked.startswith(str(year)))
    if worked:
        lines.append("worked:")
        lines += [f"  - {{date: {day}, act: {act}, instead_of: {given}}}" for day, given, act in worked]
    return "\n".join(lines) + "\n"


def main(folder: str) -> None:
    for year in YEARS:
        Path(folder, f"KZ-{year}.yaml").write_text(text_of(year), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
