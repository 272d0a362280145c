"""The yearly files: their counts, the quarter table, the acts, and what bad files are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from compliance.calendar.days import day, days_in_month, format_iso, is_weekend, parse_iso
from compliance.calendar.load import check_calendar, load_calendar, read_acts, read_year
from compliance.calendar.quarters import day_of_quarter, parse_quarter
from compliance.calendar.working import WorkingCalendar
from compliance.source.diagnostic import Problems

WORKING_DAYS = "246 245 245 245 245 246 246 246 245 246 246 249 246 247 247"  # 2013-2027
BY_MONTH = {
    2024: "21 21 17 22 20 20 22 21 21 22 21 21",
    2025: "20 20 17 22 19 20 22 21 21 22 20 22",
    2026: "19 20 18 22 17 22 22 21 22 21 21 22",
}

# The day before the 1st of a quarter's last month, the 1st, the 15th, the 30th: each and its nearest working day.
QUARTER_DAYS = {
    "2025Q1": "02-28 03-03 03-17 03-31",
    "2025Q2": "06-02 06-02 06-16 06-30",
    "2025Q3": "09-02 09-02 09-15 09-30",
    "2025Q4": "12-01 12-01 12-15 12-30",
    "2026Q1": "03-02 03-02 03-16 03-30",
    "2026Q2": "06-01 06-01 06-15 06-30",
    "2026Q3": "08-31 09-01 09-15 09-30",
    "2026Q4": "11-30 12-01 12-15 12-30",
    "2027Q1": "03-01 03-01 03-16 03-30",
}


def test_the_shipped_files_hold_together(folder: Path) -> None:
    check_calendar(folder)
    calendar = load_calendar(folder)
    assert (calendar.first_year, calendar.last_year) == (2013, 2060)


@pytest.mark.parametrize(("year", "count"), list(enumerate(map(int, WORKING_DAYS.split()), 2013)))
def test_working_days_of_the_years(calendar: WorkingCalendar, year: int, count: int) -> None:
    assert len(calendar.working_days(day(year, 1, 1), day(year, 12, 31))) == count


@pytest.mark.parametrize("year", BY_MONTH)
def test_working_days_of_the_months(calendar: WorkingCalendar, year: int) -> None:
    ends = [(day(year, month, 1), day(year, month, days_in_month(year, month))) for month in range(1, 13)]
    assert [len(calendar.working_days(*end)) for end in ends] == [int(count) for count in BY_MONTH[year].split()]


@pytest.mark.parametrize(("quarter", "expected"), list(QUARTER_DAYS.items()))
def test_the_days_of_the_chain_and_the_working_days_after_them(
    calendar: WorkingCalendar, quarter: str, expected: str
) -> None:
    first, half, last = (day_of_quarter(parse_quarter(quarter), 3, number) for number in (1, 15, 30))
    found = [calendar.next_working_day(each) for each in (first - 1, first, half, last)]
    assert " ".join(format_iso(each)[5:] for each in found) == expected


def test_years_are_confirmed_up_to_2026(folder: Path) -> None:
    statuses = {year: read_year(folder, year).status for year in range(2013, 2061)}
    assert {year for year, status in statuses.items() if status == "confirmed"} == set(range(2013, 2027))


def test_every_act_is_said_and_used(folder: Path) -> None:
    years = [read_year(folder, year) for year in range(2013, 2061)]
    used = {entry.act for year in years for entry in year.days_off}
    used |= {entry.act for year in years for entry in year.worked}
    acts = read_acts(folder)
    assert used == set(acts)
    assert all(words.en and words.ru for words in acts.values())


@pytest.mark.parametrize("year", range(2013, 2061))
def test_a_holiday_on_a_weekend_gives_a_day_off(folder: Path, year: int) -> None:
    """Each holiday on a weekend has one substitute; 7 January and Kurban Ait have none (Labour Code art. 84(5))."""
    data = read_year(folder, year)
    statute = {"holidays-law", "holidays-law-2022", "constitution-2026"}
    on_weekend = sorted(each.day for each in data.days_off if each.act in statute and is_weekend(each.day))
    substitutes = {each.day: each.instead_of for each in data.days_off if each.act == "holidays-law-5"}
    assert sorted(of for of in substitutes.values() if of is not None) == on_weekend
    assert not any(is_weekend(each) for each in substitutes)
    others = {each.day for each in data.days_off if each.act != "holidays-law-5"}
    assert not others & set(substitutes)


def bad(tmp_path: Path, text: str, acts: str = "law: {en: a law, ru: закон}\n") -> list[str]:
    (tmp_path / "KZ-2026.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "acts.yaml").write_text(acts, encoding="utf-8")
    with pytest.raises(Problems) as caught:
        check_calendar(tmp_path)
    return [each.code for each in caught.value.diagnostics]


OFF = "  - {date: 2026-01-01, name_en: New Year, name_ru: Новый год, act: law"
HEAD = "year: 2026\nstatus: confirmed\ndays_off:\n"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("year: 2025\nstatus: confirmed\ndays_off: []\n", ["calendar.other-year"]),
        ("year: 2026\nstatus: sure\ndays_off: []\n", ["source.unknown-word"]),
        ("year: 2026\ndays_off: []\n", ["source.missing-key"]),
        (HEAD + OFF + ", act2: x}\n", ["source.unknown-key"]),
        (HEAD + OFF + "}\n" + OFF + "}\n", ["calendar.listed-twice"]),
        (HEAD + OFF.replace("2026-01-01", "2025-01-01") + "}\n", ["calendar.other-year"]),
        (HEAD + OFF.replace("2026-01-01", "2026-02-30") + "}\n", ["calendar.no-such-day"]),
        (HEAD + OFF.replace("act: law", "act: lax") + "}\n", ["calendar.unknown-act"]),
        (HEAD + OFF + ", between: 2026-01-01}\n", ["calendar.not-a-span", "source.not-a-list"]),
        (HEAD + OFF + ", between: [2026-01-02, 2026-01-03]}\n", ["calendar.outside-span"]),
        (HEAD + OFF + ", instead_of: 2026-01-03}\n", ["calendar.unpaired"]),
        (HEAD + OFF + "}\nworked:\n  - {date: 2026-01-03, act: law, instead_of: 2026-01-09}\n", ["calendar.unpaired"]),
        (
            HEAD + OFF + "}\nworked:\n  - {date: 2026-01-05, act: law, instead_of: 2026-01-01}\n",
            ["calendar.unpaired", "calendar.not-a-day-off"],
        ),
    ],
)
def test_bad_files_are_told_what_is_wrong(tmp_path: Path, text: str, codes: list[str]) -> None:
    assert sorted(bad(tmp_path, text)) == sorted(codes)


def test_a_gap_between_the_years_is_an_error(tmp_path: Path) -> None:
    for year in (2024, 2026):
        (tmp_path / f"KZ-{year}.yaml").write_text(f"year: {year}\nstatus: confirmed\ndays_off: []\n", encoding="utf-8")
    with pytest.raises(Problems) as caught:
        load_calendar(tmp_path)
    (only,) = caught.value.diagnostics
    assert (only.code, only.fields["year"]) == ("calendar.missing-year", "2025")


def test_a_folder_without_years_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(Problems) as caught:
        load_calendar(tmp_path)
    assert [each.code for each in caught.value.diagnostics] == ["calendar.no-years"]


def test_a_bad_year_is_met_when_it_is_needed(tmp_path: Path) -> None:
    (tmp_path / "KZ-2025.yaml").write_text("year: 2025\nstatus: confirmed\ndays_off: []\n", encoding="utf-8")
    (tmp_path / "KZ-2026.yaml").write_text("year: 2026\n", encoding="utf-8")
    calendar = load_calendar(tmp_path)
    assert calendar.is_working(parse_iso("2025-06-02"))
    with pytest.raises(Problems):
        calendar.is_working(parse_iso("2026-06-02"))
